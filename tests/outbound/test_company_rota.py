"""A company of a group with an on-call rota of its own: its people are rung for its records, its gaps are its own."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from api.caller import caller, telling
from hearth.access import clock
from hearth.access.identity import acting_as, as_the_house
from hearth.access.terms import Part
from hearth.concerns.terms import Came, Place
from hearth.ledger.models import Entry
from hearth.organisation.models import OnCallShift, User
from hearth.organisation.operations import add_post, add_team, appoint
from hearth.organisation.terms import NotPossible
from hearth.outbound.models import Alert, AlertStep, RotaGap
from hearth.outbound.operations import note_rota_gap, put_on_rota, swap, warn_of_gaps
from hearth.outbound.queries import notices_for, on_call
from hearth.outbound.queries.on_call import gaps_between, leads, own_rotas
from hearth.pathway.raising import raise_concern
from on_duty import as_jobs_process, rota
from pathway.group import NEW_YEAR, founded
from walked import COLD

NIGHT = NEW_YEAR + timedelta(days=3, hours=12)
SHIFT = timedelta(hours=12)


@pytest.fixture
def group(cast, monkeypatch):
    """The provider's rota has the lead, the Welsh company's own the triage officer; both on the same night."""
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    made = founded(cast)
    rota(cast, ("lead", 1), start=NIGHT - timedelta(days=9), hours=24 * 30)
    theirs(cast, made.wales, "triage_officer", NIGHT - timedelta(hours=2))
    return made


@pytest.fixture
def own_group(own_cast):
    """The same in a database of the test's own, with real commits: what the jobs process does is seen."""
    with transaction.atomic():
        made = founded(own_cast)
    rota(own_cast, ("lead", 1), start=NIGHT - timedelta(days=9), hours=24 * 30)
    theirs(own_cast, made.wales, "triage_officer", NIGHT - timedelta(hours=2))
    return made


def theirs(cast, company, name, starts_at, *, hours=12, rung=1):
    """Somebody on the company's own rota."""
    with acting_as(cast.administrator), transaction.atomic():
        who = User.objects.get(pk=getattr(cast, name).id)
        return put_on_rota(
            who, rung=rung, phone="01632 960077", starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours),
            by=cast.administrator, at=NEW_YEAR, company=company.pk,
        )  # fmt: skip


def in_danger(cast, home, at=NIGHT):
    """Who is rung for somebody in danger now at a home."""
    told = replace(COLD, danger_now=True, place=Place.HOME, home_id=home.pk, elsewhere="")
    with acting_as(cast.reporter):
        raise_concern(told, by=cast.reporter, at=at, key=uuid.uuid4(), came_by=Came.PAGE)
    with as_the_house():
        alert = Alert.objects.latest("id")
        return set(AlertStep.objects.filter(alert=alert).values_list("user__name", flat=True))


def test_the_companys_own_people_are_rung_for_its_records_and_the_providers_for_all_others(cast, group):
    assert in_danger(cast, group.home_in_wales) == {"Triage Officer"}
    assert in_danger(cast, group.home_in_england) == {"Lead"}
    over = NIGHT + SHIFT
    assert in_danger(cast, group.home_in_wales, at=over) == {"Lead"}, "its last shift is over: the provider’s answers"


def test_a_gap_is_the_companys_breach_and_the_providers_rota_is_rung_meanwhile(cast, group):
    theirs(cast, group.wales, "deputy", NIGHT + timedelta(days=1))
    gap = NIGHT + timedelta(hours=11)
    assert in_danger(cast, group.home_in_wales, at=gap) == {"Lead"}
    company = group.wales.pk
    (open_time,) = gaps_between(NIGHT, NIGHT + timedelta(days=2), company=company)
    assert (open_time.starts_at, open_time.ends_at) == (NIGHT + timedelta(hours=10), NIGHT + timedelta(days=1))
    assert gaps_between(NIGHT, NIGHT + timedelta(days=2)) == [], "the provider’s has none"
    assert own_rotas(NIGHT - timedelta(days=1)) == own_rotas(NIGHT + timedelta(days=9)) == {}


def test_a_companys_gap_is_written_down_once_as_its_own(own_group, own_cast):
    company, gap = own_group.wales.pk, NIGHT + timedelta(hours=11)
    theirs(own_cast, own_group.wales, "deputy", NIGHT + timedelta(days=1))
    with as_jobs_process():
        for _ in range(2):
            assert note_rota_gap(at=gap)
        assert not note_rota_gap(at=NIGHT + timedelta(days=1, hours=1))
    with transaction.atomic(), as_the_house():
        (kept,) = RotaGap.objects.all()
        told = Entry.objects.filter(act__startswith="rota.gap").order_by("id")
        found = [(entry.act, entry.facts) for entry in told]
    assert (kept.entity_id, kept.starts_at, kept.ended_at) == (company, gap, NIGHT + timedelta(days=1, hours=1))
    assert found == [("rota.gap_found", {"entity": company}), ("rota.gap_ended", {"entity": company})]


def test_its_gap_is_told_to_its_own_leads_and_to_all_where_it_has_none(own_group, own_cast):
    company, cast = own_group.wales.pk, own_cast
    with acting_as(cast.administrator), transaction.atomic():
        assert leads(NIGHT, company=company) == leads(NIGHT)
        team = add_team("Leads there", entity=own_group.wales)
        post = add_post("welsh_reader", "Reader there", [Part.REGISTER_READER], team=team)
        appoint(User.objects.get(pk=cast.deputy.id), post, starts_at=NEW_YEAR)
        assert [each.pk for each in leads(NIGHT, company=company)] == [cast.deputy.id]
    theirs(cast, own_group.wales, "deputy", NIGHT + timedelta(days=1))
    with as_jobs_process():
        warn_of_gaps(at=NIGHT, ahead=timedelta(days=2))
    for somebody, told in ((cast.deputy, 1), (cast.lead, 0)):
        with acting_as(somebody), transaction.atomic():
            assert len(notices_for(somebody)) == told


def test_without_a_rota_of_a_company_nobody_is_asked_whose_a_record_is(cast):
    rota(cast, ("lead", 1), start=NIGHT - timedelta(hours=1))

    def never():
        raise AssertionError("asked whose record it is")

    assert [each.name for each in on_call(NIGHT, never)] == ["Lead"]


def test_shifts_of_two_rotas_are_not_swapped_and_one_person_may_stand_on_both(cast, group):
    both = theirs(cast, group.wales, "lead", NIGHT - timedelta(hours=2), rung=2)
    with acting_as(cast.administrator):
        one = OnCallShift.objects.get(entity=None)
        with pytest.raises(NotPossible, match="different rotas"):
            swap(one.public_id, both.public_id, by=cast.administrator, at=NIGHT)
    with pytest.raises(NotPossible, match="on the rota at that time already"):
        theirs(cast, group.wales, "lead", NIGHT - timedelta(hours=1))


def test_another_system_is_given_the_number_of_the_records_company(cast, group):
    for home, number in ((group.home_in_wales, "01632 960077"), (group.home_in_england, "07000900001")):
        sent = telling(place="home", home=str(home.public_id), danger_now=True)
        receipt = caller(cast.reporter).post("/concerns", sent)
        assert receipt.status == 201, receipt.body
        assert number in str(receipt.body)
