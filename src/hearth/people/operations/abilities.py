"""What people record about how somebody is spoken to, and what he could decide for himself."""

import uuid
from datetime import date, datetime

from django.db import transaction

from hearth.access.operations import check
from hearth.access.terms import Act, InACircle, Viewer
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.people.models import CapacityDecision, Communication, Person
from hearth.people.operations.records import circle_of
from hearth.people.terms import Capacity, Interpreter


@transaction.atomic
def record_needs(
    about: InACircle,
    person: Person,
    *,
    language: str,
    interpreter: Interpreter,
    needs: str,
    replaces: int | None,
    by: Viewer,
    at: datetime,
) -> Communication:
    """Say in which language and with what help a person is spoken to. `replaces` is the version it was written over."""
    check(by, Act.KEEP_PEOPLE, about)
    if interpreter is not Interpreter.NOT_NEEDED and not language.strip():
        raise NotPossible("Enter the language the interpreter speaks with the person.")
    before = Communication.objects.select_for_update().filter(circle_id=circle_of(about), person=person, ended_at=None)
    last = before.first()
    if (last.version if last else None) != replaces:
        yours = {"language": language, "interpreter": interpreter.value, "needs": needs}
        theirs = {name: getattr(last, name) for name in yours} if last else {}
        raise ChangedMeanwhile(theirs=theirs, yours=yours, version=last.version if last else None)
    before.update(ended_at=at)
    return Communication.objects.create(
        circle_id=circle_of(about), person=person, language=language, interpreter=interpreter.value, needs=needs,
        recorded_by_id=by.id, recorded_at=at, version=(last.version + 1 if last else 1),
    )  # fmt: skip


def record_capacity(
    about: InACircle,
    person: Person,
    *,
    decision: str,
    outcome: Capacity,
    why: str,
    assessed_on: date,
    assessed_by: str,
    by: Viewer,
    at: datetime,
    help_given: str = "",
    best_interests: str = "",
    key: uuid.UUID | None = None,
) -> CapacityDecision:
    """Record whether a person could make one decision at one time. Sent twice with one key, it is recorded once."""
    check(by, Act.KEEP_PEOPLE, about)
    if not decision.strip() or not why.strip():
        raise NotPossible("Enter which decision it is about, and why.")
    if outcome is Capacity.LACKS and not best_interests.strip():
        raise NotPossible("Enter what was decided in the person’s best interests, and what they wanted.")
    if assessed_on > at.date():
        raise NotPossible("The day you entered lies in the future.")
    if key and (before := CapacityDecision.objects.filter(recorded_by_id=by.id, idempotency_key=key).first()):
        return before
    return CapacityDecision.objects.create(
        circle_id=circle_of(about), about_kind=about.ledger_kind, about_id=about.id, person=person, decision=decision,
        outcome=outcome.value, help_given=help_given, why=why, best_interests=best_interests, assessed_on=assessed_on,
        assessed_by=assessed_by, recorded_by_id=by.id, recorded_at=at, idempotency_key=key,
    )  # fmt: skip
