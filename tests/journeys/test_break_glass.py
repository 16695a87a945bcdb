"""A record is opened in an emergency: with a reason, for a while, with the leads told and the look kept."""

from django.db import transaction
from playwright.sync_api import Page, expect

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.models import Grant
from hearth.cases.models import Case
from journeys.world import told

WHY = "His sister rang from the hospital and the case worker does not answer"


def test_an_emergency_opening_needs_a_reason_ends_and_is_told(
    desktop: Page, phone: Page, enter, axe, shot, own_cast
) -> None:
    case_id = told(own_cast).case
    with acting_as(own_cast.lead), transaction.atomic():
        case = Case.objects.get(public_id=case_id)

    colleague = enter(phone, "owner")
    missing = colleague.goto(f"/case/{case_id}")
    assert missing is not None
    assert missing.status == 404
    colleague.goto("/emergency")
    colleague.get_by_label("Reference of the concern or case").fill(case.reference)
    colleague.get_by_role("button", name="Open the record").click()
    expect(colleague.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(colleague)
    shot(colleague, "emergency-errors-phone")
    colleague.get_by_label("Why must you see it now?").fill(WHY)
    colleague.get_by_role("button", name="Open the record").click()
    expect(colleague.get_by_text("The leads have been told.")).to_be_visible()
    expect(colleague.get_by_text(case.reference).first).to_be_visible()
    axe(colleague)
    shot(colleague, "emergency-open-phone")

    with acting_as(own_cast.lead), transaction.atomic():
        grant = Grant.objects.get(circle_id=case.circle_id, user_id=own_cast.owner.id)
        assert grant.ends_at is not None
        assert grant.ends_at > clock.now(), "it ends by itself"

    lead = enter(desktop, "lead")
    lead.goto("/my-work")
    expect(lead.get_by_text("Somebody opened a record in an emergency")).to_be_visible()
    shot(lead, "emergency-lead-told-desk")
    lead.goto(f"/case/{case_id}/who-looked")
    axe(lead)
    shot(lead, "emergency-who-looked-desk")
    expect(lead.get_by_role("listitem").filter(has_text="Owner. Looked at the case")).to_have_count(1)
