"""What happened in a case, and who has looked, read from the ledger.

What a note or a contact says stands once, in its own row; the chronology reads it there, beside the entry.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.cases.kinds import Kind, kind_of
from hearth.cases.models import Case, CaseConcern, Contact, Note
from hearth.cases.telling import happened, looked_at
from hearth.cases.terms import Stage
from hearth.ledger.paging import Paged, Place
from hearth.ledger.queries import entries_in, entries_of, looks_in
from hearth.ledger.terms import Recorded
from hearth.organisation.models import User
from hearth.timescales.terms import ACTION_GIVEN, STOPPED

NOTED, IN_TOUCH, HOW_IT_WAS = "case.note_added", "case.contact_made", "case.experience_asked"
LINES = 50


@dataclass(frozen=True)
class Event:
    """One line of a chronology."""

    at: datetime
    recorded_at: datetime
    title: str
    by: str
    words: str
    clause: str


@dataclass(frozen=True)
class Look:
    """Somebody looked."""

    at: datetime
    by: str
    what: str


def chronology(viewer: Viewer, case: Case, *, what: Kind | None = None) -> Sequence[Event]:
    """What happened in the case and in the concerns joined to it, the oldest first. `what` narrows it to one kind."""
    visible(Case.objects.none(), to=viewer, act=Act.READ_CHRONOLOGY, about=case)
    circles = _circles(case)
    entries = [entry for entry in entries_in(circles) if not (entry.act.endswith(".read") or entry.act == STOPPED)]
    told = [entry for entry in entries if what is None or kind_of(entry.act) is what]
    return events(_with_what_was_said(told, circles))


def how_it_was(viewer: Viewer, case: Case) -> Sequence[Event]:
    """What those it was about said of a closed case, or why they could not be asked, the oldest first."""
    visible(Case.objects.none(), to=viewer, act=Act.READ_CASE, about=case)
    return events(entries_of(case, HOW_IT_WAS)) if case.stage == Stage.CLOSED else []


def events(kept: Sequence[Recorded]) -> Sequence[Event]:
    """Entries of the ledger as lines of a chronology, the oldest first."""
    names = _names({entry.by_id for entry in kept} | {_given_to(entry) for entry in kept})
    return [
        Event(
            entry.happened_at, entry.recorded_at, _title(entry, names), names.get(entry.by_id, ""),
            "\n".join((entry.words or {}).values()), entry.clause,
        )
        for entry in sorted(kept, key=lambda entry: (entry.happened_at, entry.id))
    ]  # fmt: skip


def who_looked(viewer: Viewer, case: Case, *, place: Place | None = None, limit: int = LINES) -> Paged[Look]:
    """Who looked at any page of the case or of the concerns joined to it, the newest first: a page of it."""
    visible(Case.objects.none(), to=viewer, act=Act.SEE_WHO_LOOKED, about=case)
    looks = looks_in(_circles(case), place=place, limit=limit)
    names = _names({look.by_id for look in looks})
    return looks.told(lambda look: Look(look.recorded_at, names.get(look.by_id, ""), looked_at(look.act)))


def _with_what_was_said(entries: Sequence[Recorded], circles: Sequence[int]) -> Sequence[Recorded]:
    """The same entries, those of notes and contacts with the words of their rows.

    An entry names no row: its row is by the same person of the same moment, the first by the first.
    """
    said: dict[tuple[str, int | None, datetime], deque[Mapping[str, str]]] = defaultdict(deque)
    for note in Note.objects.filter(circle_id__in=circles).order_by("id"):
        said[NOTED, note.written_by_id, note.written_at].append({"note": note.text})
    for contact in Contact.objects.filter(circle_id__in=circles).order_by("id"):
        said[IN_TOUCH, contact.recorded_by_id, contact.happened_at].append(_of_a_contact(contact))
    told = []
    for entry in sorted(entries, key=lambda entry: entry.id):
        rows = said.get((entry.act, entry.by_id, entry.happened_at))
        told.append(replace(entry, words={**(entry.words or {}), **rows.popleft()}) if rows else entry)
    return told


def _of_a_contact(contact: Contact) -> Mapping[str, str]:
    """What happened, what they said and what they want."""
    told = {"note": contact.note}
    if contact.their_words:
        told["their words"] = f"In their own words: {contact.their_words}"
    if contact.wishes:
        told["wishes"] = f"What they want: {contact.wishes}"
    return told


def _title(entry: Recorded, names: Mapping[int | None, str]) -> str:
    """The heading of a line; of an action that was given on, with who does it now."""
    to = _given_to(entry)
    return f"Action given to {names[to]}" if to in names and to is not None else happened(entry.act, entry.facts)


def _given_to(entry: Recorded) -> int | None:
    """Who does an action from then on, where the entry says that it was given to somebody."""
    owner = entry.facts.get("owner") if entry.act == ACTION_GIVEN else None
    return owner if isinstance(owner, int) else None


def _circles(case: Case) -> Sequence[int]:
    """Where everything of the case stands: its own circle, and those of the concerns joined to it."""
    rows = CaseConcern.objects.filter(case=case, split_at=None).select_related("concern")
    return sorted({case.circle_id, *(row.concern.circle_id for row in rows)})


def _names(ids: set[int | None]) -> dict[int | None, str]:
    wanted = [each for each in ids if each is not None]
    return {None: "Hearth", **dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))}
