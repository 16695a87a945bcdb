"""A concern told: on a phone, without scripts, with the session gone, by a contractor's link, and at night."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from filled_in import NOTICED
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.links import make_link
from hearth.concerns.models import Concern
from hearth.organisation.models import User
from hearth.organisation.operations import add_shift
from hearth.outbound.operations.on_call import acknowledge
from hearth.outbound.queries.on_call import alerts_ringing
from housing.estate import make_home
from journeys.looking import scripts_listen

RING = "0161 496 0155"


@pytest.fixture
def estate(own_cast):
    """Homes, somebody on call and a contractor's link. Returns what the link carries."""
    for number in (12, 14):
        with transaction.atomic():
            make_home(own_cast.register_keeper, f"{number} Acacia Road")
    at = now()
    with acting_as(own_cast.administrator), transaction.atomic():
        lead = User.objects.get(pk=own_cast.lead.id)
        add_shift(lead, rung=1, phone=RING, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=8))
        return make_link("Brightgas vans", by=own_cast.administrator, at=at)[1]


def logged(cast) -> Concern:
    with acting_as(cast.lead), transaction.atomic():
        return Concern.objects.get()


def four_answers(page: Page, *, danger: str = "No") -> None:
    """The least somebody must say."""
    page.get_by_role("group", name="Is anyone in danger now?").get_by_label(danger, exact=True).check()
    page.get_by_label("I don’t know where").check()
    page.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    page.locator("#about_staff-3").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).first.click()


def fits(page: Page) -> None:
    """Nothing sticks out of a phone 360 pixels wide."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_caretaker_tells_what_he_saw_on_his_phone(phone, enter, axe, shot, estate, own_cast) -> None:
    enter(phone, "reporter").goto("/concerns/log")
    axe(phone)
    fits(phone)
    shot(phone, "log-empty-phone")
    send(phone)
    expect(phone.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(phone)
    shot(phone, "log-errors-phone")

    phone.get_by_role("group", name="Is anyone in danger now?").get_by_label("No", exact=True).check()
    phone.get_by_label("At one of our homes").check()
    phone.get_by_label("Address, postcode or UPRN").fill("12 acasia rd")
    phone.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    phone.get_by_role("button", name="Find the home").click()
    phone.get_by_label("12 Acacia Road").check()
    assert phone.get_by_label("What did you see, hear or were you told?").input_value() == NOTICED
    phone.locator("#about_staff").check()
    phone.get_by_role("group", name="Is it about the safeguarding lead?").get_by_label("No", exact=True).check()
    phone.get_by_label("Money, bank cards or papers").check()
    above, beside = phone.get_by_text("Do not ask to see accounts or papers.").all()
    expect(above).to_be_visible()
    expect(beside).to_be_visible()
    assert above.evaluate("line => line.closest('form') === null"), "it stands above the form"
    phone.get_by_label("Money, bank cards or papers").uncheck()
    expect(above).to_be_hidden()
    phone.get_by_label("Money, bank cards or papers").check()
    axe(phone)
    fits(phone)
    shot(phone, "log-filled-phone")
    send(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("We have your concern")
    axe(phone)
    fits(phone)
    shot(phone, "receipt-phone")
    concern = logged(own_cast)
    assert concern.restricted
    assert concern.home_id is not None
    expect(phone.get_by_text(concern.reference)).to_be_visible()

    phone.get_by_role("link", name="My concerns", exact=True).last.click()
    axe(phone)
    shot(phone, "mine-phone")
    phone.get_by_role("button", name="I’m still worried").click()
    send(phone)
    axe(phone)
    phone.get_by_label("What still worries you?").fill("The heating is off again")
    shot(phone, "still-worried-phone")
    send(phone)
    expect(phone.get_by_text("The heating is off again")).to_be_visible()
    axe(phone)
    fits(phone)


def test_the_form_reads_as_well_on_a_desk(desktop, enter, axe, shot, estate) -> None:
    enter(desktop, "lead").goto("/concerns/log")
    axe(desktop)
    shot(desktop, "log-empty-desk")
    four_answers(desktop, danger="Yes")
    expect(desktop.get_by_text("Come back here afterwards: what you typed stays.")).to_be_visible()
    send(desktop)
    axe(desktop)
    shot(desktop, "receipt-desk")


def test_without_scripts_everything_can_be_told(no_scripts, enter, shot, estate, own_cast) -> None:
    enter(no_scripts, "reporter").goto("/concerns/log")
    no_scripts.get_by_label("At one of our homes").check()
    no_scripts.get_by_label("Address, postcode or UPRN").fill("M14 4AA")
    no_scripts.get_by_label("Address, postcode or UPRN").press("Enter")
    no_scripts.get_by_label("14 Acacia Road").check()
    no_scripts.get_by_label("Money, bank cards or papers").check()
    above, beside = no_scripts.get_by_text("Do not ask to see accounts or papers.").all()
    expect(beside).to_be_visible()
    expect(above).to_be_hidden()
    no_scripts.get_by_role("group", name="Is anyone in danger now?").get_by_label("No", exact=True).check()
    no_scripts.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    no_scripts.get_by_role("button", name="Save and go on later").click()
    expect(no_scripts.get_by_text("Not sent yet").first).to_be_visible()
    expect(above).to_be_visible()
    no_scripts.goto("/concerns/log")
    assert no_scripts.get_by_label("What did you see, hear or were you told?").input_value() == NOTICED
    no_scripts.locator("#about_staff-3").check()
    shot(no_scripts, "log-no-scripts")
    send(no_scripts)
    expect(no_scripts.get_by_role("heading", level=1)).to_have_text("We have your concern")
    assert logged(own_cast).home_id is not None


def test_what_is_typed_before_the_scripts_have_come_is_saved_too(phone, enter, estate) -> None:
    waiting = []
    phone.route("**/keep.js", lambda asked: waiting.append(asked))
    with phone.expect_request("**/keep.js"):
        enter(phone, "reporter").goto("/concerns/log")
    phone.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    expect(phone.locator("body.hearth-ready")).to_have_count(0)
    waiting.pop().continue_()
    expect(phone.locator("[data-kept-words]").first).to_contain_text("Saved at")
    phone.goto("/concerns/log")
    assert phone.get_by_label("What did you see, hear or were you told?").input_value() == NOTICED


def test_an_untouched_form_saves_nothing_by_itself(phone, enter, estate) -> None:
    saved = []
    phone.on("request", lambda asked: saved.append(asked) if asked.method == "POST" else None)
    enter(phone, "reporter").goto("/concerns/log")
    scripts_listen(phone)
    phone.wait_for_timeout(3_000)  # longer than the moment after which a form saves itself
    assert saved == []


def test_what_is_typed_is_saved_by_itself_and_survives_a_closed_browser(phone, enter, axe, shot, estate) -> None:
    enter(phone, "reporter").goto("/concerns/log")
    scripts_listen(phone)
    phone.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    expect(phone.get_by_text("Not sent yet").first).to_be_visible()
    phone.context.clear_cookies()
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0, "nothing stays in the browser"
    enter(phone, "reporter").goto("/concerns/log")
    assert phone.get_by_label("What did you see, hear or were you told?").input_value() == NOTICED
    expect(phone.get_by_text("It has not been sent")).to_be_visible()
    axe(phone)
    shot(phone, "log-draft-phone")
    phone.get_by_role("button", name="Delete it and start again").click()
    expect(phone.get_by_label("What did you see, hear or were you told?")).to_have_value("")


def test_a_session_that_ended_mid_form_costs_no_word(phone, enter, shot, estate, own_cast) -> None:
    enter(phone, "reporter").goto("/concerns/log")
    scripts_listen(phone)
    four_answers(phone)
    phone.context.clear_cookies(name="hearth")
    phone.get_by_label("What have you done so far?").fill("Rang the office")
    expect(phone.get_by_text("You were signed out.").first).to_be_visible()
    send(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(phone.get_by_text("What you typed is kept")).to_be_visible()
    assert NOTICED not in phone.content()
    shot(phone, "log-signed-out-phone")
    enter(phone, "reporter").goto("/concerns/log")
    assert phone.get_by_label("What did you see, hear or were you told?").input_value() == NOTICED
    send(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("We have your concern")
    assert logged(own_cast).did == "Rang the office"


def test_a_plasterer_scans_the_code_on_his_job_sheet(phone, axe, shot, estate, own_cast) -> None:
    phone.goto(f"/r/{estate}")
    assert phone.url.endswith("/report")
    assert estate not in phone.content()
    axe(phone)
    fits(phone)
    shot(phone, "report-phone")
    four_answers(phone)
    send(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("We have your concern")
    axe(phone)
    expect(phone.get_by_text(logged(own_cast).reference)).to_be_visible()
    phone.goto("/r/a-link-that-was-ended")
    axe(phone)
    shot(phone, "no-link-phone")


def test_a_lead_hangs_up_a_code_that_works(desktop, phone, enter, axe, shot, estate) -> None:
    enter(desktop, "lead").goto("/links")
    axe(desktop)
    shot(desktop, "links-desk")
    desktop.get_by_label("Who is it for?").fill("Mill Lane site")
    desktop.get_by_role("button", name="Make the link").click()
    axe(desktop)
    shot(desktop, "link-sheet-desk")
    phone.goto(desktop.locator(".hearth-secret").inner_text())
    expect(phone.get_by_role("heading", level=1)).to_have_text("Log a concern")
    desktop.get_by_role("button", name="back to the links").click()
    desktop.get_by_role("button", name="End it Mill Lane site").click()
    expect(desktop.get_by_text("The link is switched off.")).to_be_visible()
    axe(desktop)


def test_at_night_the_receipt_says_ring_until_somebody_answered(phone, axe, shot, estate, own_cast) -> None:
    phone.goto(f"/r/{estate}")
    four_answers(phone, danger="Yes")
    expect(phone.get_by_role("link", name=RING).last).to_be_visible()
    send(phone)
    expect(phone.get_by_text("Ring this number now:")).to_be_visible()
    expect(phone.get_by_text("We have told the on-call lead.")).to_have_count(0)
    axe(phone)
    shot(phone, "receipt-ringing-phone")
    with acting_as(own_cast.lead), transaction.atomic():
        (alert,) = alerts_ringing(own_cast.lead)
        acknowledge(alert.public_id, by=own_cast.lead, at=now())
    phone.get_by_role("link", name="Look again").click()
    expect(phone.get_by_text("We have told the on-call lead.")).to_be_visible()
    shot(phone, "receipt-told-phone")


def test_one_press_leaves_the_page_and_clears_what_the_browser_held(phone, estate) -> None:
    phone.route("**/leave", lambda way_out: way_out.fulfill(status=200, body="elsewhere"))
    phone.goto(f"/r/{estate}")
    phone.get_by_role("button", name="Exit this page").click()
    phone.wait_for_url("**/leave")
    answer = phone.context.request.get("/leave", max_redirects=0)
    assert "cookies" in answer.headers["clear-site-data"]
