"""How a case ends: the answers the gates need, the second approver who agrees or not, and opening it again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case, Closure
from hearth.cases.operations.handing_over import lapse
from hearth.cases.operations.placing import bring_in_managers, let_managers_go
from hearth.cases.operations.recording import record
from hearth.cases.operations.working import require_open, require_words
from hearth.cases.terms import MAY_MOVE_TO, Ending, Stage, WishesAnswered
from hearth.concerns.terms import NotComplete
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Fact
from hearth.outbound.operations.notices import take_as_read
from hearth.outbound.operations.telling import tell_each
from hearth.outbound.terms import NoticeWords
from hearth.timescales.operations import require_gates
from hearth.timescales.terms import GateUnmet, Unmet

# What is told of a closing: that it waits for an approver, and that it was not approved.
OF_A_CLOSING = (NoticeWords.SOMETHING_WAITS, NoticeWords.CLOSING_REFUSED)
ANSWERED = {WishesAnswered.FULLY, WishesAnswered.PARTLY, WishesAnswered.NOT_MET, WishesAnswered.NONE_SAID}


@transaction.atomic
def support_in_place(case: Case, *, why: str, by: Viewer, at: datetime) -> None:
    """Say that there is a resolution and that the agencies' support is in place."""
    check(by, Act.WORK_CASE, case)
    require_open(case)
    require_words("why", why, "Write what is in place, and who gives it")
    if case.support_in_place_at is not None:
        raise NotComplete("why", "This was said before")
    Case.objects.filter(pk=case.pk).update(support_in_place_at=at)
    case.support_in_place_at = at
    record(case, "case.support_in_place", by=by, at=at, words={"why": why})


@transaction.atomic
def ask_to_close(case: Case, ending: Ending, *, by: Viewer, at: datetime) -> Closure:
    """Ask for a case to be closed. It closes at once where no second approver is needed; otherwise it waits for one.

    Raises timescales.terms.GateUnmet where something is missing that no approver could give.
    """
    check(by, Act.CLOSE_CASE, case)
    _may_close(case)
    _complete(ending)
    facts = closing_facts(case, ending, approver=by.id)
    require_gates("case.closed", about=case, facts=facts, at=at)
    waiting = Closure.objects.filter(case=case, approved_at=None, withdrawn_at=None)
    waiting.update(withdrawn_at=at)
    closure = insert(Closure(
        circle_id=case.circle_id, case=case, asked_by_id=by.id, asked_at=at, outcome=ending.outcome, why=ending.why,
        wishes_answered=ending.wishes_answered, wishes_why=ending.wishes_why, child_decision=ending.child_decision,
        child_why=ending.child_why, change_seen=ending.change_seen, breach_reason=ending.breach_reason,
        watched_reason=ending.watched_reason,
    ))  # fmt: skip
    record(case, "case.closure_asked", by=by, at=at, facts={"outcome": ending.outcome.value})
    bring_in_managers(case, of=case.owner_id or by.id, by=by, at=at)
    return closure


@transaction.atomic
def close(closure: Closure, *, by: Viewer, at: datetime, approves: bool = False) -> None:
    """Close the case. Its gates, and every clock of ours that still runs, decide whether it may close.

    Raises timescales.terms.GateUnmet with each clause and what is missing. `approves` is a second person's approval.
    """
    case = closure.case
    check(by, Act.APPROVE_CLOSURE if approves else Act.CLOSE_CASE, case)
    _may_close(case)
    if approves:
        _is_somebody_else(closure, by)
    facts = closing_facts(case, closure, approver=by.id if approves else None)
    require_gates("case.closed", about=case, facts=facts, at=at)
    _no_longer_waits(closure, approved_by_id=by.id if approves else None, approved_at=at)
    moved = (
        Case.objects.filter(pk=case.pk)
        .exclude(stage=Stage.CLOSED)
        .update(stage=Stage.CLOSED, closed_at=at, closed_by_id=by.id, outcome=closure.outcome, version=F("version") + 1)
    )
    if not moved:
        raise NotComplete("case", "This case is already closed")
    case.refresh_from_db()
    record(case, "case.closed", by=by, at=at, facts=facts, words={"why": closure.why, "breach": closure.breach_reason})
    take_as_read(case.public_id, *OF_A_CLOSING, at=at)
    lapse(case, by=by, at=at)
    let_managers_go(case, by=by, at=at)


@transaction.atomic
def refuse(closure: Closure, *, why: str, by: Viewer, at: datetime) -> None:
    """Do not approve, with a reason. The case stays open; whoever asked is told, and can ask again."""
    case = closure.case
    check(by, Act.APPROVE_CLOSURE, case)
    _is_somebody_else(closure, by)
    require_words("why", why, "Write why the case should not close yet")
    _no_longer_waits(closure, refused_by_id=by.id, refused_why=why, withdrawn_at=at)
    record(case, "case.closure_refused", by=by, at=at, words={"why": why})
    take_as_read(case.public_id, NoticeWords.SOMETHING_WAITS, at=at)
    tell_each(
        [closure.asked_by], NoticeWords.CLOSING_REFUSED, key=f"closure-refused:{closure.public_id}", at=at,
        about_kind=case.ledger_kind, about=case.public_id, circle=case.circle_id,
    )  # fmt: skip


def _is_somebody_else(closure: Closure, by: Viewer) -> None:
    if closure.asked_by_id == by.id:
        raise NotComplete("approve", "Somebody else must approve what you asked for")
    if closure.case.owner_id == by.id:
        raise NotComplete("approve", "Somebody other than the owner must approve")


def _no_longer_waits(closure: Closure, **answer: object) -> None:
    """Keep the answer, unless somebody else has answered meanwhile."""
    waiting = Closure.objects.filter(pk=closure.pk, approved_at=None, withdrawn_at=None)
    if not waiting.update(**answer, version=F("version") + 1):
        raise NotComplete("approve", "This has already been answered")


@dataclass(frozen=True)
class Wanted:
    """What the policy wants before a case closes: what an approval answers, and what it does not."""

    approval: tuple[Unmet, ...]
    more: tuple[Unmet, ...]


def wanted(closure: Closure, *, by: Viewer, at: datetime) -> Wanted:
    """For whoever approves: something may have come to be missing since the closure was asked for."""
    check(by, Act.APPROVE_CLOSURE, closure.case)
    alone, approved = (_unmet(closure, approver, at) for approver in (None, by.id))
    missing = {gate.gate for gate in approved}
    return Wanted(tuple(gate for gate in alone if gate.gate not in missing), approved)


def _unmet(closure: Closure, approver: int | None, at: datetime) -> tuple[Unmet, ...]:
    try:
        facts = closing_facts(closure.case, closure, approver=approver)
        require_gates("case.closed", about=closure.case, facts=facts, at=at)
    except GateUnmet as problem:
        return problem.unmet
    return ()


@transaction.atomic
def reopen(case: Case, *, why: str, by: Viewer, at: datetime) -> None:
    """Open a closed case again. Its clocks start anew."""
    check(by, Act.REOPEN_CASE, case)
    if Stage.OPEN not in MAY_MOVE_TO[Stage(case.stage)] or case.stage != Stage.CLOSED:
        raise NotComplete("why", "This case is not closed")
    require_words("why", why, "Write why the case is opened again")
    Case.objects.filter(pk=case.pk).update(
        stage=Stage.OPEN, closed_at=None, closed_by=None, outcome="", support_in_place_at=None, version=F("version") + 1
    )
    case.refresh_from_db()
    facts = {"risk_band": case.risk, "subject": case.subject}
    record(case, "case.reopened", by=by, at=at, facts=facts, words={"why": why})
    if case.owner_id is not None:
        bring_in_managers(case, of=case.owner_id, by=by, at=at)


def closing_facts(case: Case, closure: Closure | Ending, *, approver: int | None) -> dict[str, Fact]:
    """What the gates may ask about an ending."""
    return {
        "outcome": closure.outcome,
        "wishes_answered": closure.wishes_answered in ANSWERED or bool(closure.wishes_why),
        "change_seen": bool(closure.change_seen.strip()),
        "child_decision": closure.child_decision,
        **known_before(case),
        "second_approver": approver,
        "breach_reason": "given" if closure.breach_reason.strip() else None,
        "watched_reason_given": bool(closure.watched_reason.strip()),
    }


def known_before(case: Case) -> dict[str, Fact]:
    """What the gates may ask that the case itself answers."""
    return {"children_in_household": case.children_in_household, "subject": case.subject, "risk_band": case.risk}


def _may_close(case: Case) -> None:
    if Stage.CLOSED not in MAY_MOVE_TO[Stage(case.stage)]:
        raise NotComplete("case", "This case is already closed")


def _complete(ending: Ending) -> None:
    require_words("why", ending.why, "Write how the case ended and why it may be closed")
    if ending.wishes_answered is WishesAnswered.NOT_ASKED and not ending.wishes_why.strip():
        raise NotComplete("wishes_why", "Write why nobody asked what the person wanted")
