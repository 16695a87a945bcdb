"""What was answered is shown in the words it was answered by, and nothing is shown that nobody was asked."""

import re
import uuid
from datetime import timedelta

import pytest

from adopted import adopted
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.operations import judging, working
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, ReviewOutcome, Risk, Seen
from hearth.housing.operations import On, put_marker
from hearth.housing.terms import MarkerKind
from hearth.organisation.terms import Part
from hearth.pathway.closing import ask_for_closing
from hearth.pathway.people_in_records import put_known_person
from hearth.people.terms import Birth, PartPlayed
from walked import ENDING, owned
from web.signed_in import at_a_browser, read


@pytest.fixture
def case(cast):
    return owned(cast, at=now() - timedelta(days=2), risk=Risk.HIGH)


def contact(cast, case, **more):
    told = {
        "kind": ContactKind.VISIT, "outcome": ContactOutcome.NO_ACCESS, "happened_at": now() - timedelta(hours=1),
        "child_seen": Seen.NO, "child_alone": Seen.NO, "note": "Nobody opened",
    }  # fmt: skip
    with acting_as(cast.owner):
        made = ContactMade(**(told | more))
        working.record_contact(case, made, by=cast.owner, at=now(), key=uuid.uuid4())
    return read(at_a_browser(cast.owner).get(f"/case/{case.public_id}"))


def test_a_contact_is_told_in_words(cast, case):
    page = contact(cast, case)
    assert "A visit" in page
    assert "Every child seen: No. A child seen alone: No." in page
    assert "told afterwards" not in page, "nobody said"
    none = {"child_seen": Seen.NO_CHILD, "child_alone": Seen.NO_CHILD, "told_afterwards": True}
    page = contact(cast, case, kind=ContactKind.CALL, outcome=ContactOutcome.SPOKEN_TO, **none)
    assert "There is no child. They were told afterwards what we do next." in page
    assert "I spoke to them" in page


def test_a_review_is_told_in_words(cast, case):
    with acting_as(cast.lead):
        judging.review_case(case, outcome=ReviewOutcome.CONTINUE, text="Well done", by=cast.lead, at=now())
    assert "Review: Carry on as planned" in read(at_a_browser(cast.owner).get(f"/case/{case.public_id}"))


RED = """
[[clause]]
id = "P2"
text = "We speak of red, amber and green."
source = "Ashgrove policy"
kept_by = ["words:risk_band"]

[[word]]
list = "risk_band"
code = "high"
label = "Red"
clause = "P2"
"""


def test_how_high_a_risk_is_stands_in_the_words_of_the_policy_wherever_it_is_shown(cast, case):
    with acting_as(cast.owner):
        ask_for_closing(case, ENDING, by=cast.owner, at=now())
    shown_to = {
        "/cases": cast.owner, f"/case/{case.public_id}": cast.owner, f"/case/{case.public_id}/risks": cast.owner,
        f"/case/{case.public_id}/risk": cast.owner, "/approvals": cast.lead,
    }  # fmt: skip
    for page, who in shown_to.items():
        assert re.search(r"Risk: High|High ?,", read(at_a_browser(who).get(page))), f"nothing is said on {page}"
    adopted(cast, RED)
    for page, who in shown_to.items():
        said = read(at_a_browser(who).get(page))
        assert re.search(r"Risk: Red|Red ?,", said), page
        assert not re.search(r"Risk: High|High ?,", said), page


def test_whoever_approves_reads_no_answers_that_were_not_asked_for(cast, case):
    with acting_as(cast.owner):
        ask_for_closing(case, ENDING, by=cast.owner, at=now())
    page = read(at_a_browser(cast.lead).get(f"/case/{case.public_id}/approve"))
    assert ENDING.change_seen in page
    assert "Why it ran past its target" not in page
    assert "another agency’s process" not in page


def test_who_is_in_a_case_is_called_as_his_part_is(cast, case):
    """A place given to a part names it as posts are named, and every day has its year."""
    page = read(at_a_browser(cast.owner).get(f"/case/{case.public_id}/who-is-in"))
    assert "_" not in page.partition("Who is in this case")[2].partition("Hearth: safeguarding")[0]


def test_a_marker_does_not_put_anyone_into_the_case(cast, case):
    with acting_as(cast.owner):
        person = put_known_person(
            case, name="Ada Heath", known_as="", birth=Birth(), part=PartPlayed.SUBJECT_ADULT, by=cast.owner, at=now(),
            key=uuid.uuid4(),
        ).role.person  # fmt: skip
        put_marker(
            case, On(person=person), kind=MarkerKind.ACCESS, words="Ring first", shown_to=(Part.REPAIRS_DESK,),
            until=(now() + timedelta(days=9)).date(), by=cast.owner, at=now(),
        )  # fmt: skip
    page = read(at_a_browser(cast.owner).get(f"/case/{case.public_id}/who-is-in"))
    assert "Repairs desk Sees a marker this record has put, and nothing else of it" in page
    assert "anyone." not in page


ACTS = ("contact", "note", "action", "risk", "summary", "support-in-place", "hand-over", "close")


@pytest.mark.parametrize("act", ACTS)
def test_the_page_of_an_act_is_headed_as_the_way_to_it_and_says_which_case(cast, case, act):
    browser = at_a_browser(cast.owner)
    folder = browser.get(f"/case/{case.public_id}").content.decode()
    way = re.search(rf'href="/case/{case.public_id}/{act}">([^<]+)</a>', folder)
    assert way, f"no way to {act}"
    page = browser.get(f"/case/{case.public_id}/{act}").content.decode()
    heading = re.search(r'<span class="govuk-caption-l">([^<]+)</span>\s*<h1[^>]*>([^<]+)</h1>', page)
    assert heading, "no caption above the heading"
    assert heading[1] == case.reference
    assert heading[2].startswith(way[1].removesuffix("the case")), (heading[2], way[1])


def test_two_texts_beside_each_other_are_told_in_words(cast, case):
    """Somebody else’s day stands as people write days, never as the database does."""
    with acting_as(cast.owner):
        day = (now() + timedelta(days=3)).date()
        action = working.plan_action(
            case, text="Buy two beds", owner_id=cast.owner.id, due_on=day, by=cast.owner, at=now(), key=uuid.uuid4()
        )
    browser, page = at_a_browser(cast.owner), f"/action/{action.public_id}"
    on_that_day = {"due_on-day": day.day, "due_on-month": day.month, "due_on-year": day.year}
    told = {"version": 1, "text": "Buy three beds", **on_that_day}
    assert browser.post(page, told).status_code == 302
    stale = read(browser.post(page, {**told, "text": "Buy four beds"}))
    assert "What somebody else saved while you were writing" in stale
    assert f"{day.day} {day:%B} {day.year}" in stale
    assert day.isoformat() not in stale


def test_a_day_of_the_rota_has_its_year(cast):
    page = read(at_a_browser(cast.lead).get("/rota"))
    today = now().date()
    monday = today - timedelta(days=today.weekday())
    assert f"Monday {monday.day} {monday:%B} {monday.year}" in page
