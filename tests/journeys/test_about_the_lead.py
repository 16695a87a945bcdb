"""It may be about the lead: asked on the form and at triage, and neither rung nor named to whoever told of it."""

from datetime import timedelta

from django.db import transaction
from playwright.sync_api import Page, expect

from filled_in import NOTICED
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.organisation.models import User
from hearth.organisation.operations import add_shift
from walked import raised

RING = "0161 496 0155"


def on_call(cast, name: str) -> None:
    at = now()
    with acting_as(cast.administrator), transaction.atomic():
        user = User.objects.get(pk=getattr(cast, name).id)
        add_shift(user, rung=1, phone=RING, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=8))


def answered(page: Page, *, may_be_lead: str) -> None:
    page.get_by_role("group", name="Is anyone in danger now?").get_by_label("Yes", exact=True).check()
    page.get_by_label("I don’t know where").check()
    page.get_by_label("What did you see, hear or were you told?").fill(NOTICED)
    page.get_by_label("Not sure").check()
    page.get_by_role("group", name="May it be about the safeguarding lead?").get_by_label(may_be_lead).check()
    page.get_by_label("Damp or mould").check()


def test_not_sure_may_be_the_lead_and_his_number_stands_nowhere(phone, enter, axe, shot, own_cast) -> None:
    on_call(own_cast, "lead")
    enter(phone, "reporter").goto("/concerns/log")
    answered(phone, may_be_lead="Yes")
    axe(phone)
    shot(phone, "may-be-lead-phone")
    phone.get_by_role("button", name="Send", exact=True).first.click()
    expect(phone.get_by_text("Nobody on call has answered our alert yet")).to_be_visible()
    expect(phone.get_by_text("Repairs have not been told")).to_be_visible()
    expect(phone.get_by_text(RING)).to_have_count(0)
    axe(phone)
    shot(phone, "may-be-lead-receipt-phone")
    enter(phone, "director").goto("/my-work")
    phone.get_by_role("link", name="danger").first.click()
    axe(phone)
    shot(phone, "may-be-lead-alert-phone")
    phone.get_by_role("button", name="I take this alert").click()
    expect(phone.get_by_text(NOTICED)).to_be_visible()


def test_the_allegation_route_asks_beside_its_answer(desktop, enter, axe, shot, own_cast) -> None:
    with transaction.atomic():
        concern = raised(own_cast, at=now()).public_id
    enter(desktop, "triage_officer").goto(f"/concern/{concern}/decide?step=who")
    desktop.goto(desktop.url.replace("step=who", "step=decision"))
    desktop.get_by_label("Allegation about someone who works with us").first.check()
    expect(desktop.get_by_role("group", name="Is it, or may it be, about the safeguarding lead?")).to_be_visible()
    axe(desktop)
    shot(desktop, "allegation-asks")
