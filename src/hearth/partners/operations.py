"""Asking another agency to act, chasing the answer, and watching what they do by their own law."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case
from hearth.cases.operations.recording import record
from hearth.concerns.models import Concern
from hearth.concerns.terms import MOST_WORDS, NotComplete
from hearth.ledger.terms import Fact
from hearth.partners.models import Referral, StatutoryProcess
from hearth.partners.terms import Answer, Asked, How, Process
from hearth.timescales.operations import happened, require_gates


@transaction.atomic
def refer(
    concern: Concern | None, case: Case | None, asked: Asked, *, by: Viewer, at: datetime, key: uuid.UUID
) -> Referral:
    """Make a referral, from a concern or from its case. The same key twice refers once."""
    about = case or concern
    if about is None:
        raise ValueError("a referral hangs on a concern or on a case")
    check(by, Act.REFER, about)
    earlier = Referral.objects.filter(made_by_id=by.id, idempotency_key=key).first()
    if earlier is not None:
        return earlier
    if not asked.what.strip():
        raise NotComplete("what", "Write what you ask the agency to do, and why")
    if len(asked.what) > MOST_WORDS:
        raise NotComplete("what", f"Write at most {MOST_WORDS} characters here. Nothing has been cut off.")
    facts = _facts(case, asked)
    require_gates("referral.made", about=about, facts=facts, at=at)
    referral = Referral.objects.create(
        circle_id=about.circle_id, concern=concern, case=case, idempotency_key=key, agency=asked.agency,
        office=asked.office, how=asked.how, asked=asked.what, consent=asked.consent, override_why=asked.override_why,
        made_by_id=by.id, made_at=at, is_immediate=asked.is_immediate, subject=asked.subject,
        confirmed_at=None if asked.how is How.PHONE else at,
    )  # fmt: skip
    happened("referral.made", about=referral, by=by, at=at, facts=facts, words={"asked": asked.what})
    return referral


def _facts(case: Case | None, asked: Asked) -> dict[str, Fact]:
    return {
        "to": asked.agency.value,
        "by_phone": asked.how is How.PHONE,
        "immediate": asked.is_immediate,
        "subject": asked.subject,
        "consent": asked.consent,
        "override_ground": "given" if asked.override_why.strip() else None,
        "case": case.id if case else None,
    }


@transaction.atomic
def confirm_in_writing(referral: Referral, *, by: Viewer, at: datetime) -> None:
    """Say that a telephoned referral has been sent in writing."""
    check(by, Act.REFER, referral)
    _set(referral, "confirmed_at", at, "This referral has already been confirmed in writing")
    happened("referral.confirmed_in_writing", about=referral, by=by, at=at)


@transaction.atomic
def acknowledge(referral: Referral, *, by: Viewer, at: datetime) -> None:
    """Record that the agency said it has the referral."""
    check(by, Act.REFER, referral)
    _set(referral, "acknowledged_at", at, "The agency has already acknowledged this referral")
    happened("referral.acknowledged", about=referral, by=by, at=at)


@transaction.atomic
def chase(referral: Referral, *, by: Viewer, at: datetime) -> None:
    """Record that the agency was asked again for its answer."""
    check(by, Act.REFER, referral)
    Referral.objects.filter(pk=referral.pk).update(chased_at=at, version=F("version") + 1)
    happened("referral.chased", about=referral, by=by, at=at)


@transaction.atomic
def record_answer(referral: Referral, *, answer: Answer, why: str, by: Viewer, at: datetime) -> None:
    """Record what the agency decided, and its reason."""
    check(by, Act.REFER, referral)
    if not why.strip():
        raise NotComplete("why", "Write the agency's reason, or that it gave none")
    done = Referral.objects.filter(pk=referral.pk, answered_at=None).update(
        answer=answer, answer_why=why, answered_at=at, version=F("version") + 1
    )
    if not done:
        raise NotComplete("answer", "The agency's decision has already been recorded")
    facts: dict[str, Fact] = {"to": referral.agency, "outcome": answer.value}
    happened("referral.decided", about=referral, by=by, at=at, facts=facts, words={"why": why})


@transaction.atomic
def challenge(referral: Referral, *, stage: int, why: str, by: Viewer, at: datetime) -> None:
    """Disagree with the agency, one stage after the other."""
    check(by, Act.REFER, referral)
    if not why.strip():
        raise NotComplete("why", "Write why you disagree")
    happened("referral.challenged", about=referral, by=by, at=at, facts={"stage": stage}, words={"why": why})


@transaction.atomic
def high_risk_recognised(case: Case, *, score: int | None, why: str, by: Viewer, at: datetime) -> None:
    """Record that somebody recognised high risk of domestic abuse, by a score or by judgement alone."""
    check(by, Act.WORK_CASE, case)
    record(case, "case.high_risk_recognised", by=by, at=at, facts={"score": score}, words={"why": why})


@transaction.atomic
def process_step(
    case: Case, *, process: Process, step: str, by: Viewer, at: datetime, facts: dict[str, Fact] | None = None,
    on: date | None = None, outcome: str = "", lead_practitioner: str = "",
) -> None:  # fmt: skip
    """Record a step of another agency's statutory process: `step` is the happening, such as case.conference_held."""
    check(by, Act.WORK_CASE, case)
    day = on or at.date()
    running = StatutoryProcess.objects.filter(case=case, process=process, ended_on=None)
    if step.endswith("_started") and not running.exists():
        StatutoryProcess.objects.create(
            circle_id=case.circle_id, case=case, process=process, agency="council_children", started_on=day,
            lead_practitioner=lead_practitioner, recorded_by_id=by.id, recorded_at=at,
        )  # fmt: skip
    elif step.endswith("_ended"):
        running.update(ended_on=day, outcome=outcome or "ended")
    elif lead_practitioner:
        running.update(lead_practitioner=lead_practitioner)
    record(case, step, by=by, at=at, facts=facts)


def _set(referral: Referral, column: str, at: datetime, message: str) -> None:
    values = {column: at, "version": F("version") + 1}
    if not Referral.objects.filter(pk=referral.pk, **{column: None}).update(**values):
        raise NotComplete(column, message)
    referral.refresh_from_db()
