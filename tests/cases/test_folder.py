"""A case is read with one statement: the same records as Django reads, and no more than its reader may know of."""

import uuid
from datetime import timedelta

import pytest

from hearth.access.identity import acting_as
from hearth.cases import queries as cases
from hearth.cases.folder import folder
from hearth.cases.models import Action, CaseConcern, Closure, Contact, Note, Review, RiskBand
from hearth.cases.operations import handing_over, judging, opening, working
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, NoSuchCase, ReviewOutcome, Risk, Seen
from hearth.concerns import queries as concerns
from hearth.pathway.closing import ask_for_closing
from walked import ENDING, TRIAGED, owned, raised

LATER = TRIAGED + timedelta(days=2)


@pytest.fixture
def worked(cast):
    """A case with something on every list, and another concern joined to it."""
    owner, manager = cast.owner, cast.manager
    case = owned(cast, risk=Risk.MEDIUM)
    with acting_as(owner):
        judging.set_risk(case, risk=Risk.HIGH, why="No heating at all.", by=owner, at=LATER)
        ask_for_closing(case, ENDING, by=owner, at=LATER)
        for days, text in ((3, "Ring the school"), (1, "Find beds")):
            working.plan_action(
                case, text=text, due_on=(LATER + timedelta(days=days)).date(), owner_id=owner.id, by=owner, at=LATER,
                key=uuid.uuid4(),
            )  # fmt: skip
        seen = ContactMade(ContactKind.VISIT, ContactOutcome.SEEN, LATER, Seen.YES, Seen.NO, note="Both at home.")
        working.record_contact(case, seen, by=owner, at=LATER, key=uuid.uuid4())
        for hours in range(3):
            working.write_note(
                case, text=f"Note {hours}", by=owner, at=LATER + timedelta(hours=hours), key=uuid.uuid4()
            )
    with acting_as(manager):
        judging.review_case(case, outcome=ReviewOutcome.CONTINUE, text="Go on weekly.", by=manager, at=LATER)
    with acting_as(owner):
        handing_over.hand_over(case, to=cast.worker.id, what_matters="The children", by=owner, at=LATER)
    with acting_as(cast.triage_officer):
        other = concerns.concern_for(cast.triage_officer, raised(cast, at=LATER).public_id)
        opening.join_concern(case, other, by=cast.triage_officer, at=LATER)
    return case


def same(records, expected):
    """Every column of every record, in the same order."""
    told = [{field.attname: getattr(each, field.attname) for field in each._meta.concrete_fields} for each in records]
    assert told == list(expected.values(*[field.attname for field in expected.model._meta.concrete_fields]))
    assert told


def test_a_folder_holds_what_the_tables_hold_in_the_order_of_the_page(cast, worked):
    owner = cast.owner
    with acting_as(owner):
        held = folder(owner, cases.case_for(owner, worked.public_id))
        of = {"case_id": worked.id}
        same(held.concerns, CaseConcern.objects.filter(**of, split_at=None).order_by("id"))
        same(held.actions, Action.objects.filter(**of, done_at=None).order_by("due_on", "id"))
        same(held.contacts, Contact.objects.filter(**of).order_by("-happened_at"))
        same(held.notes, Note.objects.filter(**of).order_by("-written_at", "-id"))
        same(held.risk_bands, RiskBand.objects.filter(**of).order_by("-set_at", "-id"))
        same(held.reviews, Review.objects.filter(**of).order_by("-reviewed_at"))
        same([held.closure], Closure.objects.filter(**of))
    assert {note.written_by.name for note in held.notes} == {owner.name}
    assert held.handover.offered_to.public_id == cast.worker.public_id
    assert len({each.concern.noticed for each in held.concerns}) == 1
    assert len(held.concerns) == 2


def test_a_list_is_no_longer_than_asked_for(cast, worked):
    owner = cast.owner
    with acting_as(owner):
        held = folder(owner, cases.case_for(owner, worked.public_id), newest=1)
    assert [note.text for note in held.notes] == ["Note 2"]


def test_somebody_without_a_place_gets_no_folder(cast, worked):
    outsider = cast.outsider
    with acting_as(outsider), pytest.raises(NoSuchCase):
        folder(outsider, cases.case_for(outsider, worked.public_id))


def test_what_is_still_to_do_stands_first_however_much_is_done(cast, worked, monkeypatch):
    """Many finished actions put no open one out of sight; of the finished the newest is nearest."""
    monkeypatch.setattr("hearth.cases.folder.ACTIONS", 4)
    owner = cast.owner
    with acting_as(owner):
        for days in range(4):
            action = working.plan_action(
                worked, text=f"Done {days}", due_on=LATER.date(), owner_id=owner.id, by=owner, at=LATER,
                key=uuid.uuid4(),
            )  # fmt: skip
            working.finish_action(action, result="Bought", by=owner, at=LATER + timedelta(days=days))
        shown = folder(owner, cases.case_for(owner, worked.public_id)).actions
    assert [action.text for action in shown] == ["Find beds", "Ring the school", "Done 3", "Done 2"]
