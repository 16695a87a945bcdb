"""From the queue to the closing, as triage, the case's owner and the lead see it on a desk and on a phone."""

import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.models import Refusal
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.organisation.models import User
from hearth.pathway.raising import raise_concern

if TYPE_CHECKING:
    from company import Cast

TOLD = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.ELSEWHERE,
    elsewhere="The flat over the bakery, Mill Street",
    noticed="Two children on bare mattresses. Black mould on the wall. “I am always cold,” said the older one.",
    children_there="yes",
    signs=("damp_or_mould", "child_not_looked_after"),
    told_by="saw_it",
)


@pytest.fixture
def concern(own_cast: "Cast") -> str:
    """A concern somebody logged an hour ago."""
    reporter = own_cast.reporter
    with acting_as(reporter):
        at = clock.now() - timedelta(hours=1)
        return str(raise_concern(TOLD, by=reporter, at=at, key=uuid.uuid4(), came_by=Came.PAGE).public_id)


def decide(page: Page, axe, shot) -> None:
    """Every step of the decision but the reasons."""
    page.get_by_role("button", name="Decide on this concern").click()
    axe(page)
    shot(page, "decide-1-who")
    page.get_by_label("A child", exact=True).check()
    page.get_by_role("group", name="Do children live there or visit?").get_by_label("Yes").check()
    page.get_by_role("group", name="Is domestic abuse part of it").get_by_label("No").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("group", name="What should happen?").get_by_label("Open a case").check()
    page.get_by_role("group", name="How high is the risk?").get_by_label("Medium").check()
    page.get_by_label("Why is the risk what you say?").fill("An infant sleeps in mould")
    page.get_by_label("Who is offered the case?").select_option(label="Owner, Support officer")
    page.get_by_label("What matters most").fill("Warm beds this week")
    page.get_by_role("group", name="What else did you consider?").get_by_label("Watch").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="There is a problem"), "whether to refer was not said").to_be_visible()
    axe(page)
    shot(page, "decide-2-errors")
    assert page.get_by_label("Why is the risk what you say?").input_value() == "An infant sleeps in mould"
    page.get_by_role("group", name="Do you refer to another agency now?").get_by_label("No").check()
    page.get_by_role("button", name="Back").click()
    assert page.get_by_label("A child", exact=True).is_checked()
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_label("Why is the risk what you say?").input_value() == "An infant sleeps in mould"
    page.get_by_role("button", name="Continue").click()


def test_from_the_queue_to_the_closing(concern, desktop, phone, enter, axe, shot):
    """Features 11, 12, 13, 25, 28, 29 and 31 on screen."""
    triage = enter(desktop, "triage_officer")
    triage.goto("/triage")
    axe(triage)
    shot(triage, "triage-queue")
    triage.get_by_role("link", name="C-").first.click()
    axe(triage)
    shot(triage, "concern")
    decide(triage, axe, shot)
    triage.get_by_role("group", name="rest only on what the adults wish").get_by_label("No").check()
    triage.get_by_label("Why did you decide this?").fill("Two small children without warm bedding, in mould.")
    triage.get_by_label("Which clause does it rest on?").select_option(index=3)
    triage.get_by_label("What may we tell the person who raised it?").fill("Thank you. We are acting on it.")
    axe(triage)
    shot(triage, "decide-3-reasons")
    triage.get_by_role("button", name="Continue").click()
    expect(triage.get_by_role("heading", name="Check your answers")).to_be_visible()
    axe(triage)
    shot(triage, "decide-4-check")
    triage.get_by_role("button", name="Record the decision").click()
    expect(triage).to_have_url(re.compile("/case/"))
    axe(triage)
    shot(triage, "case-new")
    case = triage.url

    owner = enter(phone, "owner")
    owner.goto("/cases")
    axe(owner)
    shot(owner, "phone-cases-offered")
    owner.get_by_role("link", name="offers you case").click()
    owner.get_by_label("Yes, I take it on").check()
    shot(owner, "phone-offered")
    owner.get_by_role("button", name="Answer").click()
    owner.goto(case)
    axe(owner)
    owner.get_by_role("link", name="Record a contact").click()
    axe(owner)
    shot(owner, "phone-contact")
    owner.get_by_label("A visit").check()
    owner.get_by_label("I saw them").check()
    today = clock.now()
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        owner.locator(f"#day-{part}").fill(str(value))
    owner.get_by_label("At what time?").fill("00:00")
    owner.get_by_role("group", name="Did you see every child?").get_by_label("Yes").check()
    owner.get_by_role("group", name="Did you see a child alone?").get_by_label("No", exact=True).check()
    owner.get_by_label("What happened?").fill("Both in bed, warm.")
    owner.get_by_role("button", name="Record").click()
    shot(owner, "phone-case")
    owner.get_by_role("link", name="Judge the risk anew").click()
    owner.get_by_label("High").check()
    owner.get_by_label("Why?").fill("No heating at all.")
    owner.get_by_role("button", name="Record the risk").click()
    owner.get_by_role("link", name="Close the case").click()
    axe(owner)
    owner.get_by_label("The risk is lower").check()
    owner.get_by_label("How did it end").fill("Dry and warm, support runs.")
    owner.get_by_label("Fully").check()
    owner.get_by_label("Others support them now").check()
    shot(owner, "phone-close")
    owner.get_by_role("button", name="Ask for approval").click()
    changed = owner.get_by_label("What has changed that you saw yourself?")
    expect(owner.locator("#change_seen-error")).to_contain_text("Say what has changed that you saw")
    expect(owner.get_by_label("How did it end")).to_have_value("Dry and warm, support runs.")
    axe(owner)
    shot(owner, "phone-close-refused")
    changed.fill("Both in warm beds.")
    owner.get_by_role("button", name="Ask for approval").click()
    expect(owner.get_by_text("The case cannot close yet"), "what changed was not said").to_be_visible()
    expect(owner.get_by_text("Closing waits for a second approver")).to_be_visible()
    shot(owner, "phone-gates")
    axe(owner)
    lead = enter(phone, "lead")
    lead.goto(f"{owner.url}/approve")
    expect(lead.get_by_role("heading", name="What the policy wants your approval for")).to_be_visible()
    axe(lead)
    shot(lead, "phone-approve")
    lead.get_by_role("button", name="Do not approve").click()
    axe(lead)
    shot(lead, "phone-do-not-approve")
    lead.get_by_label("Why should the case not close yet?").fill("See the little one’s bed yourself.")
    lead.get_by_role("button", name="Do not approve").click()
    expect(lead.get_by_text("Not approved. The case stays open")).to_be_visible()
    shot(lead, "phone-not-approved")
    axe(lead)
    lead.goto(f"{lead.url}/close")
    expect(lead.get_by_text("See the little one’s bed yourself.")).to_be_visible()
    expect(lead.get_by_label("How did it end")).to_have_value("Dry and warm, support runs.")
    axe(lead)
    shot(lead, "phone-close-again")


def test_an_outsider_finds_no_such_page_and_the_attempt_is_kept(concern, desktop, enter, own_cast):
    outsider = enter(desktop, "outsider")
    found = outsider.goto(f"/concern/{concern}")
    missing = outsider.goto(f"/concern/{uuid.uuid4()}")
    assert (found.status, missing.status) == (404, 404)
    assert outsider.goto("/triage").status == 404
    lead = own_cast.lead
    with acting_as(lead), transaction.atomic():
        kept = Refusal.objects.filter(user=User.objects.get(email="outsider@ashgrove.example"))
        assert kept.filter(circle__isnull=False).count() == 1
        assert kept.count() == 3
