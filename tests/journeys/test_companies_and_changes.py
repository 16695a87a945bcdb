"""A referral with its lawful basis, a company's own rota, and changes brought over: on a phone, on a desk, with axe."""

from datetime import timedelta

import pytest
from django.db import transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.organisation.models import User
from hearth.outbound.operations import put_on_rota
from hearth.partners import operations as partners
from hearth.pathway.adopting.changing import change, changes_of
from hearth.policy.durations import parse
from hearth.policy.packs.overlays import Overlay, change_limit, change_word
from hearth.policy.packs.shapes import Rung
from hearth.policy.terms import AppliesTo
from journeys.looking import look
from on_duty import rota
from partners.test_lawful_basis import asked
from pathway.group import founded
from walked import owned
from web.administration.test_rebasing import nine_weeks


@pytest.fixture
def referral(own_cast):
    """Made without agreement, on two bases and a ground."""
    said = asked(
        "refused", basis="public_task", special_basis="special_safeguarding", override_ground="danger_to_others",
        override_why="A blocked stair above a flat that is lived in",
    )  # fmt: skip
    owner, key = own_cast.owner, "7a0e0d5e-43a6-4b3d-8f43-7d6ce7f7c001"
    with transaction.atomic():
        case = owned(own_cast, at=now() - timedelta(days=2))
    with acting_as(owner), transaction.atomic():
        return case.public_id, partners.refer(None, case, said, by=owner, at=now(), key=key).public_id


@pytest.fixture
def company(own_cast):
    """The Welsh company has a rota of its own, with a gap now; the provider's has none."""
    with transaction.atomic():
        wales = founded(own_cast).wales.pk
    rota(own_cast, ("lead", 1), start=now() - timedelta(days=9), hours=24 * 30)
    admin, before = own_cast.administrator, now() - timedelta(hours=2)
    with acting_as(admin), transaction.atomic():
        for name, since, minutes in (("triage_officer", 0.5, 60), ("deputy", 8, 600)):
            starts_at, who = before + timedelta(hours=since), User.objects.get(pk=getattr(own_cast, name).id)
            put_on_rota(
                who, rung=1, phone="01632 960077", starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=minutes), by=admin, at=before, company=wales,
            )  # fmt: skip
    return wales


@pytest.fixture
def conflict(own_cast):
    """The lead has changed a limit and a word; newer files came into force with another limit."""

    def both(overlay: Overlay) -> Overlay:
        rule = overlay.pack.rules["case.target"]
        shorter = change_limit(
            overlay, rule.id, clause="4.1.6a", limits=[parse("6 weeks")], warn=[Rung(parse("2 weeks"), False)],
            applies_to=AppliesTo.NEW,
        )  # fmt: skip
        return change_word(shorter, "abuse_type", "neglect", label="Not cared for", local="N1", clause="4.1.6a")

    lead = own_cast.lead
    with acting_as(lead), transaction.atomic():
        change(both, version=changes_of(lead, at=now()).version, by=lead, at=now())
    with transaction.atomic():
        nine_weeks(own_cast)


def test_a_referral_its_form_and_its_page_tell_the_lawful_basis(phone, referral, enter, axe, shot):
    case, made = referral
    page = enter(phone, "owner")
    page.goto(f"/case/{case}/refer")
    look(page, "refer", axe, shot)
    page.get_by_label("It was not safe or possible to ask").check()
    page.get_by_role("button", name="Record the referral").click()
    look(page, "refer-unsaid", axe, shot)
    page.goto(f"/referral/{made}")
    look(page, "referral", axe, shot)


def test_each_rota_is_read_at_both_widths(phone, company, enter, axe, shot):
    page = enter(phone, "administrator")
    for place in ("rota", f"rota?company={company}", f"rota/new?company={company}"):
        page.goto(f"/{place}")
        look(page, place.replace("/", "-").replace("?", "-"), axe, shot)


def test_changes_are_brought_over_at_both_widths(phone, conflict, enter, axe, shot):
    page = enter(phone, "lead")
    page.goto("/policy/changes")
    look(page, "changes-stale", axe, shot)
    page.get_by_role("button", name="Bring the changes over").click()
    look(page, "over", axe, shot)
    page.get_by_role("button", name="Bring them over").click()
    look(page, "over-unchosen", axe, shot)
    page.get_by_label("Your change: 6 weeks").check()
    page.get_by_role("button", name="Bring them over").click()
    look(page, "changes-brought", axe, shot)
