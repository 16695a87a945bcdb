"""Logging without an account, by a contractor's or a site's link: feature 2. It writes and reads nothing."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from filled_in import ENOUGH, NOTICED, reference_on
from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.concerns.links import end_link, link_carrying, make_link
from hearth.concerns.models import Concern
from hearth.organisation.models import User
from hearth.outbound.models import Message
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.outbound.terms import RING_ALONE
from hearth.pathway.alarms import take_alert
from hearth.web.concerns import sending
from on_duty import rota
from web.signed_in import at_a_browser, read

A_DAY = timedelta(days=1)


def follow(secret):
    """Another phone with the same link."""
    client = Client(SERVER_NAME="localhost")
    client.get(f"/r/{secret}")
    return client


def end(cast, secret, *, ago=timedelta()):
    with cast.acting("lead"):
        link = link_carrying(secret, at=now())
        end_link(link, by=cast.lead, at=now() - ago)


def test_the_secret_leaves_the_address_at_once_and_is_in_no_page(van, secret):
    assert van.answer.redirect_chain == [("/report", 302)]
    assert secret not in van.answer.content.decode()
    assert van.answer.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert van.answer.headers["Cache-Control"] == "no-store"


def test_a_contractor_tells_and_gets_a_reference(van, cast):
    receipt = van.press(**ENOUGH)
    with cast.acting("triage_officer"):
        concern = Concern.objects.select_related("link").get()
    assert reference_on(receipt) == concern.reference
    assert (concern.came_by, concern.link.name) == ("link", "Van 12")
    assert "My concerns" not in receipt


@pytest.mark.parametrize("page", ["/", "/concerns/log", "/concerns/mine", "/links"])
def test_a_link_opens_nothing_else(van, page):
    answer = van.client.get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_what_one_phone_sent_no_other_phone_sees(van, secret):
    van.press(**ENOUGH)
    other = follow(secret)
    assert NOTICED not in other.get("/report").content.decode()
    assert "We have your concern" not in other.get("/report?sent").content.decode()


def test_what_one_phone_typed_no_other_phone_of_the_same_link_sees(van, secret):
    assert van.save(noticed=NOTICED)["is_saved"]
    assert NOTICED in van.see()
    other = follow(secret)
    assert NOTICED not in other.get("/report").content.decode()
    stolen = {"form_key": van.hidden["form_key"], "act": "open"}
    assert NOTICED not in other.post("/report", stolen, follow=True).content.decode()


def test_following_the_link_again_goes_on_with_what_was_typed(van, secret):
    van.save(noticed=NOTICED)
    assert NOTICED in van.see(f"/r/{secret}")


@pytest.mark.parametrize("forged", ["x", "a" * 22, "../../report", "%00", "’; drop table concerns_concern; --"])
def test_a_forged_link_opens_nothing_and_says_whom_to_ring(cast, forged):
    client = Client(SERVER_NAME="localhost")
    assert client.get(f"/r/{forged}").status_code == 404
    assert client.get("/report").status_code == 404
    assert client.post("/report", ENOUGH).status_code == 404
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists()


def test_a_form_with_a_forged_seal_is_nobodys(cast):
    client = Client(SERVER_NAME="localhost")
    for seal in ("x", "AAAA", "’", "\0", str(uuid.uuid4())):
        assert client.post("/report", {**ENOUGH, "draft_signature": seal}).status_code == 404


def test_an_ended_link_opens_no_form_but_the_one_already_open_still_arrives(van, secret, cast):
    end(cast, secret)
    assert follow(secret).get("/report").status_code == 404
    assert reference_on(van.press(**ENOUGH))


def test_a_day_after_a_link_ended_nothing_comes_by_it(van, secret, cast):
    end(cast, secret, ago=A_DAY)
    van.press(**ENOUGH)
    assert van.answer.status_code == 404
    with cast.acting("triage_officer"):
        assert not Concern.objects.exists()


def test_a_browser_that_lost_its_cookies_still_sends_what_was_typed(van, cast):
    van.client.cookies.clear()
    van.press(**ENOUGH)
    with cast.acting("triage_officer"):
        assert Concern.objects.get().noticed == NOTICED


def test_another_sites_page_cannot_send_in_a_followers_name(secret, cast):
    """The form's seal is what a foreign page cannot know; browsers do not send our cookie along with its forms."""
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.get(f"/r/{secret}")
    assert client.cookies["hearth"]["samesite"] == "Lax"


def test_a_flood_is_noted_and_no_concern_is_refused(in_one_hour, van, cast, monkeypatch, caplog):
    monkeypatch.setattr(sending, "MANY_AN_HOUR", 3)
    references = set()
    for _ in range(6):
        van.see()
        references.add(reference_on(van.press(**ENOUGH)))
    assert len(references) == 6
    with cast.acting("triage_officer"):
        assert Concern.objects.count() == 6
    assert caplog.text.count("many concerns by one link") == 1
    queue = read(at_a_browser(cast.triage_officer).get("/triage"))
    assert queue.count("Many from this link") == 3, "the first three came as they may"
    for somebody, times in ((cast.lead, 1), (cast.deputy, 1), (cast.triage_officer, 0)):
        page = read(at_a_browser(somebody).get("/my-work"))
        assert page.count("Very many concerns came by one link within an hour") == times


def test_what_came_among_many_can_be_left_out_so_that_the_others_are_seen(in_one_hour, van, enter, cast, monkeypatch):
    monkeypatch.setattr(sending, "MANY_AN_HOUR", 2)
    references = []
    for _ in range(4):
        van.see()
        references.append(reference_on(van.press(**ENOUGH)))
    reporter = enter("reporter")
    for _ in range(4):
        reporter.see()
        references.append(reference_on(reporter.press(**ENOUGH)))
    triage = at_a_browser(cast.triage_officer)
    whole, few = triage.get("/triage").content.decode(), triage.get("/triage?links=few").content.decode()
    assert "/triage?links=few" in whole
    assert [each for each in references if each not in whole] == []
    assert [each for each in references if each not in few] == references[2:4], "the first two came as they may"
    assert "Many from this link" not in few
    assert "is left out" in few


@pytest.fixture
def on_call(cast):
    rota(cast, ("lead", 1), ("deputy", 2), start=now() - timedelta(hours=1))


def in_danger(browser, times):
    for _ in range(times):
        browser.see()
        assert reference_on(browser.press(**{**ENOUGH, "danger_now": "yes"}))


def told_outward(cast):
    """How many texts and e-mails ring the lead."""
    lead = cast.lead.id
    with as_the_house():
        left = Message.objects.filter(user_id=lead, words="on_call_alert").values_list("channel", flat=True)
        return sorted(left).count("text"), sorted(left).count("email")


def test_a_hundred_alarms_by_one_link_ring_a_few_times_and_every_one_can_be_taken(
    in_one_hour, on_call, van, enter, cast
):
    in_danger(van, RING_ALONE + 6)
    assert told_outward(cast) == (RING_ALONE + 1, RING_ALONE + 1), "those after the first few ring as one"
    with acting_as(cast.lead):
        ringing = alerts_ringing(cast.lead)
    assert len(ringing) == RING_ALONE + 6, "each still rings inside Hearth"
    lead = at_a_browser(cast.lead)
    page = read(lead.get("/my-work"))
    assert page.count("take this alert") == 1
    assert f"{RING_ALONE + 5} more ring by the same link" in page
    assert "take the alert" not in page, "no notice says it again"
    with acting_as(cast.lead):
        take_alert(ringing[0].public_id, by=cast.lead, at=now())
    page = read(lead.get("/my-work"))
    assert f"{RING_ALONE + 4} more ring by the same link" in page, "the next one stands there"

    before = told_outward(cast)
    in_danger(enter("reporter"), 2)
    assert told_outward(cast) == (before[0] + 2, before[1] + 2), "somebody else is rung for as ever"
    assert read(lead.get("/my-work")).count("take this alert") == 3


def test_somebody_with_an_account_rings_each_time_however_many_he_tells(in_one_hour, on_call, enter, cast):
    """The control: an adviser at the telephone passes on what many people told him."""
    in_danger(enter("reporter"), RING_ALONE + 3)
    assert told_outward(cast) == (RING_ALONE + 3, RING_ALONE + 3)
    assert read(at_a_browser(cast.lead).get("/my-work")).count("take this alert") == RING_ALONE + 3


def test_somebody_signed_in_who_scans_the_code_sends_by_the_link(enter, secret, cast):
    browser = enter("lead", address="/report", second_factor=True)
    page = browser.see(f"/r/{secret}")
    assert "Sign out" not in page
    browser.press(**ENOUGH)
    with cast.acting("triage_officer"):
        assert Concern.objects.get().came_by == "link"


def test_a_form_of_somebody_with_an_account_is_not_taken_as_a_links(enter, cast):
    browser = enter("reporter")
    browser.see()
    client = Client(SERVER_NAME="localhost")
    assert client.post("/report", {**ENOUGH, **browser.hidden}).status_code == 404


def test_a_lead_makes_a_link_that_is_shown_once_and_works(enter, cast):
    browser = enter("lead", address="/links", second_factor=True)
    browser.see()
    made = {"name": "Site <4>", "form_key": browser.hidden["form_key"]}
    sheet = browser.client.post("/links", made).content.decode()
    assert "data:image/svg+xml" in sheet
    assert "Site &lt;4&gt;" in sheet
    secret = sheet.split("/r/")[1].split("<")[0]
    assert follow(secret).get("/report").status_code == 200
    again = browser.client.post("/links", made, follow=True).content.decode()
    assert "was made already" in again
    assert secret not in again
    assert User.objects.filter(name="Site <4>").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Enter who the link is for"),
        ({"name": "Van", "last_day-day": "1", "last_day-month": "1", "last_day-year": "2020"}, "today or later"),
        ({"name": "Van", "last_day-day": "40", "last_day-month": "1", "last_day-year": "2030"}, "Enter a real date"),
    ],
)
def test_what_is_wrong_with_a_new_link_is_said(enter, typed, said):
    browser = enter("lead", address="/links", second_factor=True)
    browser.see()
    assert browser.press(**typed).count(said) == 2


def test_a_link_can_be_made_for_a_while(enter, cast):
    browser = enter("administrator", address="/links", second_factor=True)
    browser.see()
    browser.press(name="Lift works", **{"last_day-day": "3", "last_day-month": "March", "last_day-year": "2099"})
    assert "It can be used until the end of 3 March 2099." in browser.see("/links")


def test_a_lead_ends_a_link(enter, secret, cast):
    browser = enter("lead", address="/links", second_factor=True)
    with cast.acting("lead"):
        link = link_carrying(secret, at=now())
    ended = browser.client.post(f"/links/{link.public_id}/end", follow=True).content.decode()
    assert "Ended on" in ended
    assert follow(secret).get("/report").status_code == 404


def test_links_are_for_leads_and_administrators_and_a_second_factor(enter, cast, secret):
    with cast.acting("lead"):
        link = link_carrying(secret, at=now())
    for name in ("reporter", "triage_officer", "auditor", "outsider"):
        browser = enter(name, second_factor=True)
        assert browser.client.get("/links").status_code == 404
        assert browser.client.post("/links", {"name": "Mine", "form_key": str(uuid.uuid4())}).status_code == 404
        assert browser.client.post(f"/links/{link.public_id}/end").status_code == 404
        assert browser.client.post(f"/links/{uuid.uuid4()}/end").status_code == 404
    assert enter("lead").client.get("/links").status_code == 302
    with acting_as(cast.lead):
        assert make_link("Control", by=cast.lead, at=now())
