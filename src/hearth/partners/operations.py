"""Asking another agency to act, chasing the answer, and watching what they do by their own law."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case
from hearth.cases.operations.recording import record
from hearth.concerns.models import Concern
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS, NotComplete
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Fact
from hearth.partners.bases import in_words, require_offered
from hearth.partners.models import Referral, StatutoryProcess
from hearth.partners.terms import (
    MADE_BY_CONFERENCE,
    NOT_THE_LAST_WORD,
    RUN_BY,
    STEPS,
    Answer,
    Asked,
    How,
    Process,
    Step,
)
from hearth.policy.durations import LOCAL, local_day
from hearth.timescales.operations import happened, require_gates
from hearth.timescales.queries import next_due
from hearth.timescales.standing import pack_for
from hearth.triage.referrers import require_referrer

if TYPE_CHECKING:
    from django.db.models import QuerySet


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
    require_referrer(about, by=by, at=at)
    if not asked.what.strip():
        raise NotComplete("what", "Write what you ask the agency to do, and why")
    if len(asked.what) > MOST_WORDS:
        raise NotComplete("what", f"Write at most {MOST_WORDS} characters here. Nothing has been cut off.")
    pack = pack_for(about, at)
    require_offered(pack, asked, at)
    facts = _facts(case, asked)
    require_gates("referral.made", about=about, facts=facts, at=at)
    referral = insert(Referral(
        circle_id=about.circle_id, concern=concern, case=case, idempotency_key=key, agency=asked.agency,
        office=asked.office, how=asked.how, asked=asked.what, consent=asked.consent,
        override_ground=asked.override_ground, override_why=asked.override_why,
        basis=asked.basis, special_basis=asked.special_basis,
        made_by_id=by.id, made_at=at, is_immediate=asked.is_immediate, subject=asked.subject,
        confirmed_at=None if asked.how is How.PHONE else at,
    ))  # fmt: skip
    words = {"asked": asked.what, **in_words(pack, asked)}
    _tell(referral, "referral.made", by=by, at=at, facts=facts, words=words)
    if case is not None:
        Case.objects.filter(pk=case.pk).update(due_at=next_due(case))
    return referral


def _facts(case: Case | None, asked: Asked) -> dict[str, Fact]:
    return {
        "to": asked.agency.value,
        "by_phone": asked.how is How.PHONE,
        "immediate": asked.is_immediate,
        "subject": asked.subject,
        "consent": asked.consent,
        "override_ground": (asked.override_ground or "given") if asked.override_why.strip() else None,
        "basis": asked.basis or None,
        "special_basis": asked.special_basis or None,
        "case": case.id if case else None,
    }


@transaction.atomic
def confirm_in_writing(referral: Referral, *, by: Viewer, at: datetime) -> None:
    """Say that a telephoned referral has been sent in writing."""
    check(by, Act.REFER, referral)
    _set(referral, "confirmed_at", at, "This referral has already been confirmed in writing")
    _tell(referral, "referral.confirmed_in_writing", by=by, at=at)


@transaction.atomic
def acknowledge(referral: Referral, *, by: Viewer, at: datetime) -> None:
    """Record that the agency said it has the referral."""
    check(by, Act.REFER, referral)
    _set(referral, "acknowledged_at", at, "The agency has already acknowledged this referral")
    _tell(referral, "referral.acknowledged", by=by, at=at)


@transaction.atomic
def chase(referral: Referral, *, by: Viewer, at: datetime, spoke_to: str = "", said: str = "") -> None:
    """Record that the agency was asked again for its answer: when, whom, and what was said."""
    check(by, Act.REFER, referral)
    require_words_fit(said=said, spoke_to=spoke_to)
    if referral.answered_at is not None or referral.withdrawn_at is not None:
        raise NotComplete("said", "Nothing waits any more: the agency has answered, or the referral was withdrawn")
    Referral.objects.filter(pk=referral.pk).update(chased_at=at, version=F("version") + 1)
    words = {name: text for name, text in (("spoke to", spoke_to), ("said", said)) if text.strip()}
    facts: dict[str, Fact] = {"to": referral.agency, "immediate": referral.is_immediate}
    _tell(referral, "referral.chased", by=by, at=at, facts=facts, words=words)


@transaction.atomic
def record_answer(referral: Referral, *, answer: Answer, why: str, by: Viewer, at: datetime) -> None:
    """Record what the agency decided, and its reason. An answer that asks for more is followed by another."""
    check(by, Act.REFER, referral)
    require_reason("why", why, "Write the agency's reason, or that it gave none")
    open_answer = Q(answered_at=None) | Q(answer__in=list(NOT_THE_LAST_WORD))
    done = Referral.objects.filter(open_answer, pk=referral.pk, withdrawn_at=None).update(
        answer=answer, answer_why=why, answered_at=at, version=F("version") + 1
    )
    if not done:
        raise NotComplete("answer", "The agency's decision has already been recorded")
    facts: dict[str, Fact] = {"to": referral.agency, "outcome": answer.value}
    _tell(referral, "referral.decided", by=by, at=at, facts=facts, words={"why": why})


@transaction.atomic
def challenge(referral: Referral, *, stage: int, why: str, by: Viewer, at: datetime) -> None:
    """Disagree with the agency, one stage after the other."""
    check(by, Act.REFER, referral)
    require_reason("why", why, "Write why you disagree")
    done = Referral.objects.filter(
        pk=referral.pk, answered_at__isnull=False, agreed_at=None, challenge_stage=stage - 1
    ).update(challenge_stage=stage, version=F("version") + 1)
    if not done:
        raise NotComplete("why", "Only an answer is challenged, one stage after the other, until you agree")
    _tell(referral, "referral.challenged", by=by, at=at, facts={"stage": stage}, words={"why": why})


@transaction.atomic
def agree(referral: Referral, *, answer: Answer, why: str, by: Viewer, at: datetime) -> None:
    """End a disagreement: the agency decides otherwise, or we accept what it decided. No further stage runs."""
    check(by, Act.REFER, referral)
    require_reason("why", why, "Write what was agreed, and who agreed it")
    done = Referral.objects.filter(pk=referral.pk, answered_at__isnull=False, agreed_at=None).update(
        answer=answer, agreed_at=at, version=F("version") + 1
    )
    if not done:
        raise NotComplete("why", "There is no disagreement to end: nothing is answered, or you have agreed already")
    _tell(referral, "referral.agreed", by=by, at=at, facts={"outcome": answer.value}, words={"why": why})


@transaction.atomic
def withdraw(referral: Referral, *, why: str, by: Viewer, at: datetime) -> None:
    """Take a referral back that was not answered. What ran for it ends."""
    check(by, Act.REFER, referral)
    require_reason("why", why, "Write why you take it back, and who was told")
    if not Referral.objects.filter(pk=referral.pk, answered_at=None, withdrawn_at=None).update(
        withdrawn_at=at, version=F("version") + 1
    ):
        raise NotComplete("why", "It was answered or taken back before")
    _tell(referral, "referral.withdrawn", by=by, at=at, words={"why": why})


@transaction.atomic
def high_risk_recognised(
    case: Case, *, score: int | None, why: str, by: Viewer, at: datetime, on: date | None = None
) -> None:
    """Record that somebody recognised high risk of domestic abuse, by a score or by judgement alone.

    The limit for the conference counts from the day `on` which it was, and not from when somebody wrote it down.
    """
    check(by, Act.WORK_CASE, case)
    day = on or local_day(at)
    if day > local_day(at):
        raise NotComplete("on", "Choose today or a day that has passed")
    happened_at = _moment_of(day, at)
    record(case, "case.high_risk_recognised", by=by, at=happened_at, facts={"score": score}, words={"why": why})


@transaction.atomic
def process_step(
    case: Case, *, process: Process, step: str, by: Viewer, at: datetime, facts: dict[str, Fact] | None = None,
    on: date | None = None, outcome: str = "", lead_practitioner: str = "",
) -> None:  # fmt: skip
    """Record a step of another agency's statutory process: `step` is the happening, such as case.conference_held.

    Its limits count from the day `on` which it was taken, and not from when somebody heard of it.
    """
    check(by, Act.WORK_CASE, case)
    require_words_fit(outcome=outcome)
    known = next((each for each in STEPS[process] if each.act == step), None)
    if known is None:
        raise NotComplete("step", "This is no step of that process")
    day = on or local_day(at)
    running = StatutoryProcess.objects.filter(case=case, process=process, ended_on=None)
    _require_day(day, running, known, at)
    if known.begins:
        if not running.exists():
            _begin(case, process, day, lead_practitioner, by=by, at=at)
    elif known.ends:
        running.update(ended_on=day, outcome=outcome or "ended")
    elif lead_practitioner:
        running.update(lead_practitioner=lead_practitioner)
    words = {"outcome": outcome} if outcome.strip() else None
    record(case, step, by=by, at=_moment_of(day, at), facts=facts, words=words)
    made = MADE_BY_CONFERENCE.get(str((facts or {}).get("outcome")))
    if made is not None and not StatutoryProcess.objects.filter(case=case, process=made, ended_on=None).exists():
        _begin(case, made, day, lead_practitioner, by=by, at=at)


def _require_day(day: date, running: "QuerySet[StatutoryProcess]", step: Step, at: datetime) -> None:
    """Refuse a day to come, and a step before its process began."""
    if day > local_day(at):
        raise NotComplete("began_on" if step.begins else "on", "Choose today or a day that has passed")
    if not step.begins and running.filter(started_on__gt=day).exists():
        raise NotComplete("on", "Choose the day on which it began, or a later one")


def _moment_of(day: date, at: datetime) -> datetime:
    """When something of that day happened: now, or at noon of an earlier day."""
    return at if day >= local_day(at) else datetime.combine(day, time(12), tzinfo=LOCAL).astimezone(UTC)


def _begin(case: Case, process: Process, day: date, lead_practitioner: str, *, by: Viewer, at: datetime) -> None:
    insert(StatutoryProcess(
        circle_id=case.circle_id, case=case, process=process, agency=RUN_BY[process], started_on=day,
        lead_practitioner=lead_practitioner, recorded_by_id=by.id, recorded_at=at,
    ))  # fmt: skip


def require_reason(field: str, text: str, message: str) -> None:
    """Refuse an empty or overlong reason. Nothing is ever cut off."""
    if not text.strip():
        raise NotComplete(field, message)
    require_words_fit(**{field: text})


def require_words_fit(**typed: str) -> None:
    """Refuse what is longer than is kept."""
    for field, text in typed.items():
        if len(text) > MOST_SHORT:
            raise NotComplete(field, f"Write at most {MOST_SHORT} characters here. Nothing has been cut off.")


def _tell(
    referral: Referral,
    act: str,
    *,
    by: Viewer,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
    words: Mapping[str, str] | None = None,
) -> None:
    """Write what happened to the referral, and keep the time of its next promise for the list."""
    happened(act, about=referral, by=by, at=at, facts=facts, words=words)
    Referral.objects.filter(pk=referral.pk).update(due_at=next_due(referral))
    referral.refresh_from_db()


def _set(referral: Referral, column: str, at: datetime, message: str) -> None:
    values = {column: at, "version": F("version") + 1}
    if not Referral.objects.filter(pk=referral.pk, **{column: None}).update(**values):
        raise NotComplete(column, message)
    referral.refresh_from_db()
