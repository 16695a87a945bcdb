"""What is judged in a case: the risk, and a manager's review."""

from datetime import datetime

from django.db import transaction

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case, Review, RiskBand
from hearth.cases.operations.recording import record
from hearth.cases.operations.working import require_open, require_words
from hearth.cases.terms import ReviewOutcome, Risk
from hearth.ledger.inserting import insert


@transaction.atomic
def set_risk(case: Case, *, risk: Risk, why: str, by: Viewer, at: datetime) -> RiskBand:
    """Judge the risk anew, with reasons. The bands of running clocks follow it."""
    check(by, Act.WORK_CASE, case)
    require_open(case)
    require_words("why", why, "Write why the risk is what you say")
    band = insert(RiskBand(circle_id=case.circle_id, case=case, band=risk, why=why, set_by_id=by.id, set_at=at))
    Case.objects.filter(pk=case.pk).update(risk=risk)
    case.risk = risk
    record(case, "case.risk_banded", by=by, at=at, facts={"risk_band": risk.value}, words={"why": why})
    return band


@transaction.atomic
def review_case(case: Case, *, outcome: ReviewOutcome, text: str, by: Viewer, at: datetime) -> Review:
    """Review a case as its manager."""
    check(by, Act.REVIEW_CASE, case)
    require_open(case)
    require_words("text", text, "Write what you found and what should happen")
    review = insert(
        Review(circle_id=case.circle_id, case=case, outcome=outcome, text=text, reviewed_by_id=by.id, reviewed_at=at)
    )
    record(
        case,
        "case.reviewed",
        by=by,
        at=at,
        facts={"outcome": outcome.value, "risk_band": case.risk},
        words={"review": text},
    )
    return review
