"""The access log: leads and auditors see that somebody looked, and nothing of what was seen."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction

from assurance.days import on
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.operations import declare_exclusion, give, note_refusal, restrict
from hearth.access.terms import Act, Part, Refused
from hearth.assurance.access_log import (
    AlreadyDrawn,
    Asked,
    NotOver,
    Sort,
    access_log,
    draw_sample,
    people_in_log,
    samples,
)
from hearth.cases.models import Case
from hearth.concerns import queries as concerns
from hearth.concerns.terms import AboutStaff, Came, NoSuchConcern, Place, Told
from hearth.ledger.models import Entry
from hearth.ledger.operations import record_read
from hearth.pathway.emergencies import open_in_emergency
from hearth.pathway.raising import raise_concern
from hearth.people.operations import add_known_person
from hearth.people.terms import PartPlayed
from hearth.timescales.operations import happened

WORDS = "Shouting every night behind the bakery"


def raised(cast, *, staff=AboutStaff.NO):
    told = Told(danger_now=False, about_staff=staff, place=Place.NOT_KNOWN, noticed=WORDS)
    reporter, lead = cast.reporter, cast.lead
    with acting_as(reporter):
        receipt = raise_concern(told, by=reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    with acting_as(lead):
        return concerns.concern_for(lead, receipt.public_id)


def looks(somebody, concern):
    with acting_as(somebody):
        record_read("concern.read", about=concern, ids=[("concern", concern.id)], durable=False)


def log_of(somebody, **asked):
    with acting_as(somebody):
        return access_log(somebody, Asked(until=now() + timedelta(minutes=1), **asked))


@pytest.fixture
def looked(cast):
    """Triage looked at a concern, an outsider was refused it, a worker opened it in an emergency."""
    concern = raised(cast)
    looks(cast.triage_officer, concern)
    with acting_as(cast.outsider):
        note_refusal(act=Act.READ_CONCERN.value, page="concern", asked_for=str(concern.public_id), at=now())
    with acting_as(cast.worker):
        open_in_emergency("concern", concern.reference, why="She rang and he is at the door", by=cast.worker, at=now())
    return concern


def test_leads_and_the_auditor_see_that_by_whom_and_the_reference(cast, looked):
    for name in ("lead", "deputy", "auditor"):
        lines = log_of(getattr(cast, name))
        assert [(line.sort, line.by, line.act, line.reference) for line in lines] == [
            (Sort.EMERGENCY, "Worker", "access.glass_broken", looked.reference),
            (Sort.REFUSED, "Outsider", "read a concern", looked.reference),
            (Sort.LOOKED, "Triage Officer", "concern.read", looked.reference),
        ]
        assert WORDS not in repr(lines)
        assert "at the door" not in repr(lines)


def test_nobody_else_reads_the_log_and_the_database_says_so_too(cast, looked):
    for name in ("reporter", "triage_officer", "worker", "manager", "champion", "administrator", "outsider"):
        with pytest.raises(Refused):
            log_of(getattr(cast, name))
        with acting_as(getattr(cast, name)), connection.cursor() as cursor:
            for asked in ("access_log('', null, now(), now(), null, null, null, 9)", "samples(9)"):
                with pytest.raises(Exception, match="no post of yours reads the access log"), transaction.atomic():
                    cursor.execute(f"select * from hearth.{asked}")


def test_it_is_narrowed_down_by_person_kind_and_days(cast, looked):
    lead = cast.lead
    assert [line.sort for line in log_of(lead, sort=Sort.REFUSED)] == [Sort.REFUSED]
    triage = cast.triage_officer.public_id
    assert [line.by for line in log_of(lead, person=triage)] == ["Triage Officer"]
    assert log_of(lead, person=uuid.uuid4()) == []
    assert log_of(lead, since=now() + timedelta(minutes=1)) == []
    with acting_as(lead):
        assert len(access_log(lead, Asked(until=now() - timedelta(days=1)))) == 0
        assert (triage, "Triage Officer") in people_in_log(lead)


def test_pages_follow_each_other_without_gap_or_repeat(cast, looked):
    lead = cast.lead
    for _ in range(7):
        looks(cast.triage_officer, looked)
    every = [line.position for line in log_of(lead)]
    assert len(every) == 10
    found, before = [], None
    with acting_as(lead):
        while page := access_log(lead, Asked(until=now() + timedelta(minutes=1), before=before), limit=3):
            found += [line.position for line in page]
            before = found[-1]
    assert found == every


def test_a_restricted_record_is_told_to_those_in_it_and_to_no_other_lead(cast):
    hidden = raised(cast, staff=AboutStaff.YES)
    looks(cast.lead, hidden)
    with acting_as(cast.triage_officer):
        note_refusal(act=Act.READ_CONCERN.value, page="concern", asked_for=str(hidden.public_id), at=now())
    assert [line.sort for line in log_of(cast.lead)] == [Sort.REFUSED, Sort.LOOKED], "the control: he is in it"
    assert log_of(cast.deputy) == []
    assert log_of(cast.auditor) == []


def test_who_is_shut_out_learns_nothing_of_it_from_the_log(cast, looked):
    assert len(log_of(cast.deputy)) == 3
    with acting_as(cast.lead):
        role = add_known_person(looked, name="Ms D", part=PartPlayed.SUBJECT_ADULT, by=cast.lead, at=now())
        declare_exclusion(user_id=cast.deputy.id, person_id=role.person_id, why="Her brother", by=cast.lead, at=now())
    assert log_of(cast.deputy) == []


def closed(cast, many, at):
    """Cases that were closed then, by their references."""
    lead, found = cast.lead, []
    for _ in range(many):
        concern = raised(cast)
        with acting_as(lead):
            case = Case.objects.create(
                reference=f"K-{uuid.uuid4().hex[:6].upper()}", circle_id=concern.circle_id, opened_at=at,
                opened_by_id=lead.id, risk="high", subject="child", children_in_household="yes",
            )  # fmt: skip
            happened("case.opened", about=case, by=lead, at=at, facts={"risk_band": "high", "subject": "child"})
            happened("case.closed", about=case, by=lead, at=at, facts={"outcome": "risk_reduced"})
        found.append(case)
    return found


def test_the_auditor_draws_a_sample_that_the_ledger_can_show_to_be_unpicked(cast):
    cases = closed(cast, 6, on(10, 9))
    closed(cast, 1, on(10, 8))
    auditor, drawn_at = cast.auditor, on(2, 10)
    with acting_as(auditor):
        draw_sample(on(1, 9).date(), asked=3, by=auditor, at=drawn_at)
        (sample,) = samples(auditor)
        assert (sample.asked, sample.drawn_from, sample.drawn_by) == (3, 6, "Auditor")
        assert len(set(sample.references)) == 3
        assert set(sample.references) <= {case.reference for case in cases}
        assert sample.is_unpicked
        with pytest.raises(AlreadyDrawn):
            draw_sample(on(1, 9).date(), asked=3, by=auditor, at=drawn_at)
        with pytest.raises(NotOver):
            draw_sample(on(1, 10).date(), asked=3, by=auditor, at=drawn_at)
    with acting_as(cast.lead):
        assert samples(cast.lead)[0].references == sample.references
        with pytest.raises(Refused):
            draw_sample(on(1, 8).date(), asked=1, by=cast.lead, at=drawn_at)
        with pytest.raises(Exception, match="no post of yours draws a sample"), transaction.atomic():
            connection.cursor().execute("select hearth.draw_sample('2026-08-01', 1, now())")


def test_a_case_that_became_restricted_is_not_told_from_a_sample(cast):
    one, other = closed(cast, 2, on(10, 9))
    auditor = cast.auditor
    with acting_as(auditor):
        draw_sample(on(1, 9).date(), asked=5, by=auditor, at=on(2, 10))
        assert set(samples(auditor)[0].references) == {one.reference, other.reference}
    with acting_as(cast.lead):
        give(one.circle_id, to=cast.lead.id, part_in_it=Part.OWNS_IT, by=cast.lead, at=now())
        restrict(one.circle_id, by=cast.lead)
    with acting_as(auditor):
        assert list(samples(auditor)[0].references) == [other.reference]
        assert not Entry.objects.exists(), "the auditor reads no entry of the ledger itself"
        with pytest.raises(NoSuchConcern):
            concerns.concern_for(auditor, uuid.uuid4())
