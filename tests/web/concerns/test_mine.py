"""What becomes of one's own concerns: feature 9."""

import uuid

from filled_in import ENOUGH, NOTICED
from hearth.access.clock import now
from hearth.concerns.models import Concern, Worry
from hearth.concerns.operations import answer_worry


def log_one(enter):
    browser = enter("reporter", second_factor=True)
    browser.see()
    browser.press(**ENOUGH)
    return browser


def change(cast, **columns):
    with cast.acting("triage_officer"):
        Concern.objects.update(**columns)
        return Concern.objects.get()


def test_a_reporter_sees_how_far_it_has_come_and_no_more(enter, cast):
    browser = log_one(enter)
    page = browser.see("/concerns/mine")
    assert "Received" in page
    assert NOTICED not in page
    change(cast, stage="being_looked_at")
    assert "Being looked at" in browser.see("/concerns/mine")
    change(cast, stage="decided", outcome="open_case", feedback="Thank you. We are acting on <it>.")
    page = browser.see("/concerns/mine")
    assert "Acted on" in page
    assert "Thank you. We are acting on <it>." in page
    assert "open_case" not in page


def test_feedback_that_would_raise_the_risk_is_held_at_received(enter, cast):
    browser = log_one(enter)
    change(cast, stage="decided", outcome="open_case", feedback="We saw her", feedback_held=True)
    page = browser.see("/concerns/mine")
    assert "Received" in page
    assert "Acted on" not in page
    assert "We saw her" not in page


def test_still_worried_is_one_tap_and_a_sentence_and_its_answer_comes_back(enter, cast):
    browser = log_one(enter)
    concern = change(cast, stage="decided", outcome="give_advice")
    address = f"/concerns/mine/{concern.public_id}/still-worried"
    assert address in browser.see("/concerns/mine")
    assert "Clause 2.14" in browser.see(address), "the clause by which it is answered in time"
    browser.address = address
    assert browser.press(why="  ").count("Write in a sentence what still worries you") == 2
    sent = dict(browser.hidden)
    assert "will read this and answer you here" in browser.press(why="The children were alone again")
    browser.press(why="The children were alone again", **sent)
    with cast.acting("deputy"):
        worry = Worry.objects.get()
        answer_worry(worry, answer="We visited today", by=cast.deputy, at=now(), decided_by=frozenset())
    page = browser.see("/concerns/mine")
    assert "The children were alone again" in page
    assert "We visited today" in page


def test_nobody_is_worried_about_anothers_concern_and_hidden_looks_like_missing(enter, cast):
    log_one(enter)
    concern = change(cast)
    for name in ("outsider", "lead", "triage_officer"):
        other = enter(name, second_factor=True)
        hidden = other.client.get(f"/concerns/mine/{concern.public_id}/still-worried")
        missing = other.client.get(f"/concerns/mine/{uuid.uuid4()}/still-worried")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert "You have not logged a concern yet" in other.see("/concerns/mine")


def test_reading_needs_a_second_factor_and_logging_does_not(enter):
    browser = enter("reporter")
    assert browser.client.get("/concerns/log").status_code == 200
    assert browser.client.get("/concerns/mine").headers["Location"].startswith("/sign-in/second-factor")


def test_looking_is_written_down_with_the_ids_that_were_shown(enter, cast, monkeypatch):
    written = []
    monkeypatch.setattr(
        "hearth.web.concerns.mine.record_read", lambda act, **facts: written.append((act, facts["ids"]))
    )
    browser = log_one(enter)
    browser.see("/concerns/mine")
    assert written == [("concern.read_own", [("concern", change(cast).id)])]
