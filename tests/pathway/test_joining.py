"""Joining a concern to a case and taking it out again: the team gains and loses its words, nobody else gains."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.access.terms import Refused
from hearth.cases import queries as cases
from hearth.cases.folder import folder
from hearth.cases.operations.opening import split_concern
from hearth.cases.terms import NoSuchCase
from hearth.concerns import queries as concerns
from hearth.concerns.terms import AboutStaff, NoSuchConcern, NotComplete
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.joining import join_by_reference
from hearth.people.models import Role
from hearth.people.operations import add_known_person
from hearth.people.queries import roles_in
from hearth.people.terms import PartPlayed
from hearth.timescales.queries import clocks_for
from hearth.triage.queries import my_watches
from hearth.triage.terms import Outcome
from walked import COLD, OPEN, TRIAGED, UNTIL, owned, raised

AT = TRIAGED + timedelta(days=8)
WATCH = replace(OPEN, outcome=Outcome.WATCH, considered=(Outcome.OPEN_CASE,), watch_until=UNTIL)


@pytest.fixture
def case(cast):
    """A case its owner has taken on."""
    return owned(cast)


def decided(cast, told=COLD):
    """A second concern about the same people, watched by a worker who has nothing to do with the case."""
    receipt, triage = raised(cast, told), cast.triage_officer
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        judgement = replace(WATCH, watch_owner_id=cast.worker.id)
        decide_concern(concern, judgement, Begin(), by=triage, at=TRIAGED, key=uuid.uuid4())
        add_known_person(concern, name="Ola Quill", part=PartPlayed.SUBJECT_CHILD, by=triage, at=TRIAGED)
        return concerns.concern_for(triage, receipt.public_id)


def test_the_case_team_reads_what_was_joined_and_its_reporter_reads_nothing_of_the_case(cast, case):
    owner, triage, reporter = cast.owner, cast.triage_officer, cast.reporter
    concern = decided(cast)
    with acting_as(owner), pytest.raises(NoSuchConcern):
        concerns.concern_for(owner, concern.public_id)
    with acting_as(triage):
        join_by_reference(case, concern.reference.lower(), why="The same two children", by=triage, at=AT)
    with acting_as(owner):
        assert concerns.concern_for(owner, concern.public_id).noticed == COLD.noticed
        assert len(folder(owner, case).concerns) == 2
    with acting_as(reporter):
        with pytest.raises((NoSuchCase, Refused)):
            cases.case_for(reporter, case.public_id)
        with pytest.raises((NoSuchConcern, Refused)):
            concerns.concern_for(reporter, concern.public_id)
        assert concerns.my_concerns(reporter), "the control: her own concerns are still hers"


def test_people_and_their_roles_are_never_copied(cast, case):
    triage, owner = cast.triage_officer, cast.owner
    concern = decided(cast)
    with acting_as(triage):
        before = Role.objects.count()
        join_by_reference(case, concern.reference, why="The same two children", by=triage, at=AT)
        assert Role.objects.count() == before
        assert len(roles_in(triage, concern)) == 1
        assert roles_in(triage, case) == []
        split_concern(case, concern, why="Another family", by=triage, at=AT)
        assert Role.objects.count() == before
    with acting_as(owner):
        assert roles_in(owner, case) == []


def test_what_is_taken_out_is_lost_to_the_team_and_back_with_triage(cast, case):
    owner, triage = cast.owner, cast.triage_officer
    concern = decided(cast)
    with acting_as(triage):
        join_by_reference(case, concern.reference, why="The same two children", by=triage, at=AT)
        split_concern(case, concerns.concern_for(triage, concern.public_id), why="Another family", by=triage, at=AT)
        (waiting,) = concerns.queue(triage)
        limits = {each.rule: each.state for each in clocks_for(triage, waiting, at=AT)}
        assert (waiting.public_id, limits["concern.triage_again"]) == (concern.public_id, "running")
    with acting_as(owner), pytest.raises(NoSuchConcern):
        concerns.concern_for(owner, concern.public_id)


def test_joining_ends_the_watch_and_the_watchers_place(cast, case):
    triage, worker = cast.triage_officer, cast.worker
    concern = decided(cast)
    with acting_as(worker):
        assert len(my_watches(worker)) == 1
    with acting_as(triage):
        join_by_reference(case, concern.reference, why="The same two children", by=triage, at=AT)
    with acting_as(worker):
        assert my_watches(worker) == []
        with pytest.raises(NoSuchConcern):
            concerns.concern_for(worker, concern.public_id)


def test_a_concern_that_still_waits_is_decided_first(cast, case):
    receipt, triage = raised(cast), cast.triage_officer
    with acting_as(triage), pytest.raises(NotComplete, match="still waits for a decision"):
        join_by_reference(case, receipt.reference, why="The same", by=triage, at=AT)


def test_hidden_missing_and_mistyped_are_told_without_telling(cast, case):
    lead, triage = cast.lead, cast.triage_officer
    hidden = raised(cast, replace(COLD, about_staff=AboutStaff.YES))
    said = set()
    with acting_as(triage):
        for reference in (hidden.reference, "C-2222-22"):
            with pytest.raises(NotComplete) as problem:
                join_by_reference(case, reference, why="The same", by=triage, at=AT)
            said.add(str(problem.value))
        assert len(said) == 1
        with pytest.raises(NotComplete, match="Check the reference"):
            join_by_reference(case, "seven", why="The same", by=triage, at=AT)
    with acting_as(lead):
        concern = concerns.concern_for(lead, hidden.public_id)
        judgement = replace(OPEN, outcome=Outcome.NO_GREATER_RISK)
        decide_concern(concern, judgement, Begin(), by=lead, at=TRIAGED, key=uuid.uuid4())
        with pytest.raises(NotComplete, match="never joined to an ordinary case"):
            join_by_reference(case, hidden.reference, why="The same", by=lead, at=AT)


def test_the_owner_of_a_case_joins_nothing_himself(cast, case):
    owner = cast.owner
    concern = decided(cast)
    with acting_as(owner), pytest.raises(NotComplete, match="no concern of this reference"):
        join_by_reference(case, concern.reference, why="The same", by=owner, at=AT)
