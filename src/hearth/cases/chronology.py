"""What happened in a case, and who has looked, read from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case, CaseConcern
from hearth.ledger.paging import Paged, Place
from hearth.ledger.queries import entries_in, looks_at
from hearth.ledger.terms import Recorded
from hearth.organisation.models import User

LOOKS = frozenset({"case.read", "concern.read", "chronology.read"})
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


def chronology(viewer: Viewer, case: Case, *, what: str = "") -> Sequence[Event]:
    """What happened in the case and in the concerns joined to it, the oldest first. `what` narrows it to one kind."""
    visible(Case.objects.none(), to=viewer, act=Act.READ_CHRONOLOGY, about=case)
    circles = {case.circle_id, *_joined(case)}
    entries = [entry for entry in entries_in(sorted(circles)) if not entry.act.endswith(".read")]
    return events([entry for entry in entries if not what or entry.act.split(".")[0] == what])


def events(kept: Sequence[Recorded]) -> Sequence[Event]:
    """Entries of the ledger as lines of a chronology, the oldest first."""
    names = _names({entry.by_id for entry in kept})
    return [
        Event(
            entry.happened_at, entry.recorded_at, _title(entry.act, entry.facts), names.get(entry.by_id, ""),
            "\n".join((entry.words or {}).values()), entry.clause,
        )
        for entry in sorted(kept, key=lambda entry: (entry.happened_at, entry.id))
    ]  # fmt: skip


def who_looked(viewer: Viewer, case: Case, *, place: Place | None = None, limit: int = LINES) -> Paged[Look]:
    """Who looked at the case, the newest first: a page of it."""
    visible(Case.objects.none(), to=viewer, act=Act.SEE_WHO_LOOKED, about=case)
    looks = looks_at(case, acts=LOOKS, place=place, limit=limit)
    names = _names({look.by_id for look in looks})
    return looks.told(lambda look: Look(look.recorded_at, names.get(look.by_id, ""), _title(look.act, {})))


def _joined(case: Case) -> Sequence[int]:
    rows = CaseConcern.objects.filter(case=case, split_at=None).select_related("concern")
    return [row.concern.circle_id for row in rows]


def _names(ids: set[int | None]) -> dict[int | None, str]:
    wanted = [each for each in ids if each is not None]
    return {None: "Hearth", **dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))}


def _title(act: str, facts: object) -> str:
    subject, _, happening = act.partition(".")
    words = f"{subject} {happening}".replace("_", " ").capitalize()
    outcome = facts.get("outcome") if isinstance(facts, dict) else None
    return f"{words}: {str(outcome).replace('_', ' ')}" if outcome else words
