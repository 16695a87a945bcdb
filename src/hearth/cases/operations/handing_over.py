"""Handing a case over: it is offered, and accepted or given back with a reason, against a clock."""

from datetime import datetime

from django.db import transaction

from hearth.access.operations import check, end_grant, give
from hearth.access.queries import who_is_in
from hearth.access.terms import Act, Part, Refused, Viewer
from hearth.cases.models import Case, Handover
from hearth.cases.operations.placing import bring_in_managers
from hearth.cases.operations.recording import record
from hearth.cases.terms import HandoverState, Stage
from hearth.concerns.terms import NotComplete
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Fact
from hearth.ledger.transactions import all_or_nothing
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.terms import NoticeWords


@all_or_nothing
def hand_over(case: Case, *, to: int, what_matters: str, by: Viewer, at: datetime) -> Handover:
    """Offer a case to somebody, with what matters most. They may read it at once, so that they can answer."""
    if case.owner_id is None:
        check(by, Act.TRIAGE_CONCERN, case)
    else:
        check(by, Act.HAND_OVER_CASE, case)
    if case.stage == Stage.CLOSED:
        raise NotComplete("to", "This case is closed")
    if not what_matters.strip():
        raise NotComplete("what_matters", "Write what matters most for whoever takes this on")
    before = set(Handover.objects.filter(case=case).values_list("state", flat=True))
    if HandoverState.OFFERED in before:
        raise NotComplete("to", "This case has already been offered to somebody who has not answered yet")
    grant = give(case.circle_id, to=to, part_in_it=Part.OFFERED_IT, why="offered the case", by=by, at=at)
    handover = insert(Handover(
        circle_id=case.circle_id, case=case, offered_by_id=by.id, offered_at=at, offered_to_id=to, grant_id=grant,
        what_matters=what_matters,
    ))  # fmt: skip
    if HandoverState.RETURNED in before and case.owner_id is None:  # whoever got it back was to find somebody else
        take_as_read(case.public_id, NoticeWords.SOMETHING_WAITS, at=at)
    record(case, "case.handed_over", by=by, at=at, words={"what matters": what_matters})
    bring_in_managers(case, of=to, by=by, at=at)
    notify(
        to, NoticeWords.HANDOVER, key=f"handover:{handover.pk}", at=at, about_kind=case.ledger_kind,
        about=case.public_id, circle=case.circle_id,
    )  # fmt: skip
    return handover


@transaction.atomic
def accept(handover: Handover, *, by: Viewer, at: datetime) -> None:
    """Take a case on. Whoever had it before stays in the team unless a lead ends that."""
    _answer(handover, HandoverState.ACCEPTED, why="", by=by, at=at)
    case = handover.case
    before = case.owner_id
    give(case.circle_id, to=by.id, part_in_it=Part.OWNS_IT, why="took the case on", by=by, at=at)
    for grant in who_is_in(by, case.circle_id):
        if before is not None and grant.user_id == before and grant.part_in_it == Part.OWNS_IT:
            give(case.circle_id, to=before, part_in_it=Part.WORKS_ON_IT, why="had the case before", by=by, at=at)
            end_grant(grant.id, by=by, at=at)
    Case.objects.filter(pk=case.pk).update(owner_id=by.id)
    case.owner_id = by.id
    record(case, "case.handover_answered", by=by, at=at, facts={"answer": "accepted"})
    record(case, "case.owner_changed", by=by, at=at, facts={"owner": by.id})
    bring_in_managers(case, of=by.id, by=by, at=at)
    end_grant(handover.grant_id, by=by, at=at)


@transaction.atomic
def give_back(handover: Handover, *, why: str, by: Viewer, at: datetime) -> None:
    """Give a case back with a reason. What one could read while deciding ends with it.

    Whoever offered it is told. Where nobody has the case, the limit for finding somebody begins anew.
    """
    if not why.strip():
        raise NotComplete("why", "Write why you give the case back")
    _answer(handover, HandoverState.RETURNED, why=why, by=by, at=at)
    case = handover.case
    facts: dict[str, Fact] = {"answer": "returned", "has_holder": case.owner_id is not None}
    record(case, "case.handover_answered", by=by, at=at, facts=facts, words={"why": why})
    notify(
        handover.offered_by_id, NoticeWords.SOMETHING_WAITS, key=f"given-back:{handover.pk}", at=at,
        about_kind=case.ledger_kind, about=case.public_id, circle=case.circle_id,
    )  # fmt: skip
    end_grant(handover.grant_id, by=by, at=at)


def _answer(handover: Handover, state: HandoverState, *, why: str, by: Viewer, at: datetime) -> None:
    check(by, Act.ANSWER_HANDOVER, handover)
    if handover.offered_to_id != by.id:
        raise Refused(Act.ANSWER_HANDOVER, by.parts)
    done = Handover.objects.filter(pk=handover.pk, state=HandoverState.OFFERED).update(
        state=state, answered_at=at, answer_why=why
    )
    if not done:
        raise NotComplete("why", "This has already been answered")
    take_as_read(handover.case.public_id, NoticeWords.HANDOVER, at=at)


def lapse(case: Case, *, by: Viewer, at: datetime) -> None:
    """An offer that nobody answered ends with the case: there is nothing left to take on."""
    for handover in Handover.objects.filter(case=case, state=HandoverState.OFFERED):
        Handover.objects.filter(pk=handover.pk).update(state=HandoverState.LAPSED, answered_at=at)
        record(case, "case.handover_answered", by=by, at=at, facts={"answer": "lapsed"})
        take_as_read(case.public_id, NoticeWords.HANDOVER, at=at)
        end_grant(handover.grant_id, by=by, at=at)
