"""How a case ends, and its row."""

from datetime import datetime, timedelta

from hearth.cli.filling.cases import ENDINGS, TWO_HOURS, Case
from hearth.cli.filling.language import one_of, sentence, text
from hearth.cli.filling.story import Desk

EXPERIENCE = 50  # days within which most adults are asked how it was


def close(desk: Desk, case: Case) -> None:
    """Asked for by its worker and approved by the manager, unless that lies in the future."""
    if case.ends_at > desk.now:
        return
    by, manager, at = case.worker, desk.team.manager, case.ends_at
    asked_at, outcome = at - timedelta(hours=1), one_of(desk.rng, ENDINGS)
    if desk.rng.random() < 0.5:
        case.row["support_in_place_at"] = in_place = at - TWO_HOURS
        why = sentence(desk.rng, "ending")
        case.story.happened("case.support_in_place", case.ref, by=by, at=in_place, words={"why": why})
    case.story.happened("case.closure_asked", case.ref, by=by, at=asked_at, outcome=outcome)
    _write_closure(desk, case, outcome, asked_at)
    case.row |= {"stage": "closed", "closed_at": at, "closed_by_id": manager, "outcome": outcome, "version": 2}
    asked = at + timedelta(days=2 + int(desk.rng.random() * EXPERIENCE))
    if case.concern.subject != "child" and asked <= desk.now and desk.rng.random() < 0.8:
        case.story.happened("case.experience_asked", case.ref, by=by, at=asked, was_asked=True)


def _write_closure(desk: Desk, case: Case, outcome: str, asked_at: datetime) -> None:
    manager, why = desk.team.manager, text(desk.rng, "ending", 1, 2)
    child = "no_child" if case.concern.children == "no" else one_of(desk.rng, ("safe", "supported_elsewhere"))
    late = "" if (case.ends_at - case.opened_at).days < 80 else text(desk.rng, "why", 1, 1)
    desk.sheets.add(
        "cases_closure", case.worker, id=desk.numbers.new("cases_closure"), public_id=desk.key(), asked_at=asked_at,
        outcome=outcome, why=why, child_decision=child, change_seen=sentence(desk.rng, "ending"), breach_reason=late,
        approved_at=case.ends_at, approved_by_id=manager, asked_by_id=case.worker, **case.place,
    )  # fmt: skip
    words = {"why": why, "breach": late} if late else {"why": why}
    case.story.happened(
        "case.closed", case.ref, by=manager, at=case.ends_at, words=words, outcome=outcome, wishes_answered=True,
        change_seen=True, child_decision=child, children_in_household=case.concern.children,
        subject=case.concern.subject, risk_band=case.risk, second_approver=manager,
        breach_reason="given" if late else None, watched_reason_given=False,
    )  # fmt: skip


def finish(desk: Desk, case: Case) -> None:
    """The case's row, when its promises are known."""
    desk.sheets.add(
        "cases_case", case.concern.decider, **case.row, risk=case.risk, due_at=case.story.next_due(case.ref)
    )
