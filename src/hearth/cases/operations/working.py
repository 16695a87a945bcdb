"""What is done in a case: the plan, contacts, notes and the summary."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Action, Case, Contact, Note
from hearth.cases.operations.recording import record
from hearth.cases.planned import CANNOT_WORK_ON_IT, who_may_work_on
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, Seen, Stage
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS, NotComplete
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Fact
from hearth.organisation.terms import ChangedMeanwhile
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.terms import NoticeWords
from hearth.timescales.operations import happened


def require_open(case: Case) -> None:
    """Refuse to change a closed case."""
    if case.stage == Stage.CLOSED:
        raise NotComplete("case", "This case is closed. Reopen it first.")


def require_words(field: str, text: str, message: str, most: int = MOST_WORDS) -> None:
    """Refuse an empty or overlong text. Nothing is ever cut off."""
    if not text.strip():
        raise NotComplete(field, message)
    if len(text) > most:
        raise NotComplete(field, f"Write at most {most} characters here. Nothing has been cut off.")


@transaction.atomic
def plan_action(
    case: Case, *, text: str, owner_id: int, due_on: date, by: Viewer, at: datetime, key: uuid.UUID, for_whom: str = ""
) -> Action:
    """Put an action on the plan: what, who and by when."""
    check(by, Act.WORK_CASE, case)
    require_open(case)
    require_words("text", text, "Write what will be done", MOST_SHORT)
    require_may_do(case, owner_id, at)
    earlier = Action.objects.filter(added_by_id=by.id, idempotency_key=key).first()
    if earlier is not None:
        return earlier
    action = insert(Action(
        circle_id=case.circle_id, case=case, idempotency_key=key, text=text, for_whom=for_whom, owner_id=owner_id,
        due_on=due_on, added_by_id=by.id, added_at=at,
    ))  # fmt: skip
    facts: dict[str, Fact] = {"due_on": due_on, "owner": owner_id, "case": case.id}
    happened("action.planned", about=action, by=by, at=at, facts=facts)
    tell_owner(action, by=by, at=at)
    return action


def require_may_do(case: Case, user_id: int, at: datetime) -> None:
    """Refuse somebody who could not see the action, or could not say that it is done."""
    if user_id not in who_may_work_on(case, at=at):
        raise NotComplete("owner", CANNOT_WORK_ON_IT)


def tell_owner(action: Action, *, by: Viewer, at: datetime) -> None:
    """Tell whoever is to do it, unless he gave it to himself."""
    if action.owner_id == by.id:
        return
    notify(
        action.owner_id, NoticeWords.ACTION_GIVEN, key=f"action:{action.pk}:{action.version}", at=at,
        about_kind=action.ledger_kind, about=action.public_id, circle=action.circle_id,
    )  # fmt: skip


def still_to_do(action: Action) -> "QuerySet[Action]":
    """The row of an action, as long as it is neither done nor dropped."""
    return Action.objects.filter(pk=action.pk, done_at=None, dropped_at=None)


def require_to_do(action: Action, field: str) -> None:
    """Refuse an action that is done or dropped."""
    if action.done_at is not None:
        raise NotComplete(field, "This action is already done")
    if action.dropped_at is not None:
        raise NotComplete(field, "This action was dropped: it is no longer needed")


@transaction.atomic
def change_action(action: Action, *, version: int, text: str, due_on: date, by: Viewer, at: datetime) -> None:
    """Change what an action says or when it is due. A stale save shows both texts."""
    check(by, Act.WORK_CASE, action)
    require_open(action.case)
    require_words("text", text, "Write what will be done", MOST_SHORT)
    require_to_do(action, "text")
    saved = still_to_do(action).filter(version=version).update(text=text, due_on=due_on, version=F("version") + 1)
    if not saved:
        now = Action.objects.get(pk=action.pk)
        raise ChangedMeanwhile(
            theirs={"text": now.text, "due_on": now.due_on.isoformat()},
            yours={"text": text, "due_on": due_on.isoformat()},
            version=now.version,
        )
    if due_on != action.due_on:
        happened("action.moved", about=action, by=by, at=at, facts={"due_on": due_on, "case": action.case_id})
    action.refresh_from_db()


@transaction.atomic
def finish_action(action: Action, *, result: str, by: Viewer, at: datetime) -> None:
    """Say that an action is done and what came of it."""
    check(by, Act.WORK_CASE, action)
    require_words("result", result, "Write what came of it", MOST_SHORT)
    require_to_do(action, "result")
    done = still_to_do(action).update(done_at=at, done_by_id=by.id, result=result, version=F("version") + 1)
    if not done:
        raise NotComplete("result", "Somebody has already finished or dropped this action")
    take_as_read(action.public_id, NoticeWords.ACTION_GIVEN, at=at)
    happened("action.done", about=action, by=by, at=at, facts={"case": action.case_id}, words={"result": result})


@transaction.atomic
def record_contact(case: Case, contact: ContactMade, *, by: Viewer, at: datetime, key: uuid.UUID) -> Contact:
    """Record a contact or the attempt at one. No access and refusal are recorded and stop nothing."""
    check(by, Act.WORK_CASE, case)
    require_open(case)
    require_words("note", contact.note, "Write what happened")
    if contact.happened_at > at:
        raise NotComplete("happened_at", "Choose a time that has passed")
    _require_agreement(contact)
    earlier = Contact.objects.filter(recorded_by_id=by.id, idempotency_key=key).first()
    if earlier is not None:
        return earlier
    kept = insert(Contact(
        circle_id=case.circle_id, case=case, idempotency_key=key, recorded_by_id=by.id, kind=contact.kind,
        outcome=contact.outcome, happened_at=contact.happened_at, child_seen=contact.child_seen,
        child_alone=contact.child_alone, their_words=contact.their_words, wishes=contact.wishes,
        told_afterwards=contact.told_afterwards, note=contact.note,
    ))  # fmt: skip
    record(
        case, "case.contact_made", by=by, at=contact.happened_at,
        facts={
            "kind": contact.kind.value, "outcome": contact.outcome.value, "child_seen": contact.child_seen.value,
            "child_alone": contact.child_alone.value, "told_afterwards": contact.told_afterwards,
            "risk_band": case.risk,
        },
    )  # fmt: skip
    return kept


def _require_agreement(contact: ContactMade) -> None:
    """Refuse two answers that cannot both be true.

    A child may be seen where nobody let us in, and one child alone where not every child was seen: these stand.
    """
    if (contact.child_seen is Seen.NO_CHILD) is not (contact.child_alone is Seen.NO_CHILD):
        raise NotComplete(
            "child_alone", "One answer says that there is no child and the other that there is one. Change one of them."
        )
    if contact.kind is not ContactKind.MESSAGE:
        return
    if contact.outcome is ContactOutcome.SEEN:
        raise NotComplete("outcome", "Nobody is seen in a message. Choose what came of it, or how you were in touch.")
    for field in ("child_seen", "child_alone"):
        if getattr(contact, field) is Seen.YES:
            raise NotComplete(field, "No child is seen in a message. Change this, or how you were in touch.")


@transaction.atomic
def write_note(
    case: Case, *, text: str, by: Viewer, at: datetime, key: uuid.UUID, corrects: Note | None = None
) -> Note:
    """Write a note. It is never changed; a correction is a new note beside it."""
    check(by, Act.WORK_CASE, case)
    require_words("text", text, "Write the note")
    earlier = Note.objects.filter(written_by_id=by.id, idempotency_key=key).first()
    if earlier is not None:
        return earlier
    note = insert(
        Note(
            circle_id=case.circle_id,
            case=case,
            idempotency_key=key,
            text=text,
            written_by_id=by.id,
            written_at=at,
            corrects=corrects,
        )
    )
    record(case, "case.note_added", by=by, at=at)
    return note


@transaction.atomic
def change_summary(case: Case, *, version: int, text: str, by: Viewer, at: datetime) -> None:
    """Change the summary on top of the case. A stale save shows both texts and overwrites neither."""
    check(by, Act.WORK_CASE, case)
    require_open(case)
    require_words("summary", text, "Write the summary")
    saved = Case.objects.filter(pk=case.pk, version=version).update(summary=text, version=F("version") + 1)
    if not saved:
        now = Case.objects.get(pk=case.pk)
        raise ChangedMeanwhile(theirs={"summary": now.summary}, yours={"summary": text}, version=now.version)
    case.refresh_from_db()
    record(case, "case.summary_changed", by=by, at=at, facts={"version": case.version})
