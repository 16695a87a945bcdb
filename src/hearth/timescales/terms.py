"""Words for promises that are running. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hearth.ledger.terms import Subject
from hearth.policy.calendars import Nation
from hearth.policy.terms import CODE, COUNT, DAY, YES_NO, FactKind, one_of

PAUSED = "clock.paused"
RESUMED = "clock.resumed"
EXTENDED = "clock.extended"
EXPLAINED = "clock.explained"
STOPPED = "gate.stopped"
MARKED_WRONG = "entry.marked_wrong"
CALENDAR_CORRECTED = "calendar.corrected"
OWNER_CHANGED = "case.owner_changed"
ACTION_GIVEN = "action.given"
CAME_INTO_FORCE = "policy.came_into_force"

WHICH: Mapping[str, FactKind] = {"rule": CODE, "clock": COUNT}

HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    PAUSED: {**WHICH, "ground": CODE},
    RESUMED: WHICH,
    EXTENDED: {**WHICH, "to": DAY},
    EXPLAINED: {**WHICH, "ground": CODE},
    STOPPED: {"gate": CODE, "act": CODE},
    MARKED_WRONG: {"entry": COUNT},
    CALENDAR_CORRECTED: {"nation": one_of(*Nation), "day": DAY, "working": YES_NO},
    CAME_INTO_FORCE: {"pack": CODE, "digest": CODE},
}


class State(StrEnum):
    """How a clock stands. Warned and over are never stored: they follow from the due time."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    ENDED = "ended"
    VOID = "void"


GOING = frozenset({State.RUNNING, State.PAUSED})
MAY_MOVE_TO: dict[State, frozenset[State]] = {
    State.RUNNING: frozenset({State.PAUSED, State.MET, State.ENDED, State.VOID}),
    State.PAUSED: frozenset({State.RUNNING, State.MET, State.ENDED, State.VOID}),
    # A late entry may show that a clock stopped at another time, or not at all.
    State.MET: frozenset({State.RUNNING, State.PAUSED, State.ENDED, State.VOID}),
    State.ENDED: frozenset({State.RUNNING, State.PAUSED, State.MET, State.VOID}),
    State.VOID: frozenset({State.RUNNING, State.PAUSED, State.MET, State.ENDED}),
}


class TrialState(StrEnum):
    """How far a policy is that is tried on what has happened."""

    ASKED = "asked"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class NotThisClock(Exception):
    """The clock cannot be paused, resumed or extended like that. The message says why and is shown."""


class WrongRecord(Exception):
    """A happening would start a clock about a kind of record it is neither about nor touches: a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One gate that is not open: its clause, the sentence that says what is missing, and the facts it asks for."""

    gate: str
    clause: str
    sentence: str
    asks: tuple[str, ...] = ()
    entity: int | None = None
    """The company in whose own policy the clause is read."""


@dataclass(frozen=True, slots=True)
class Need:
    """An answer a gate asks for before an act: certainly, or depending on answers that are still to come."""

    fact: str
    clause: str
    sentence: str
    is_certain: bool
    entity: int | None = None
    """As of what is unmet."""


class GateUnmet(Exception):
    """The act may not happen yet. Carries every gate that is not open, the act and what it would have been about."""

    def __init__(self, unmet: list[Unmet], act: str = "", about: Subject | None = None) -> None:
        super().__init__("; ".join(f"{each.sentence} ({each.clause})" for each in unmet))
        self.unmet = tuple(unmet)
        self.act, self.about = act, about


# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Clock": (
        "record",
        "owner",
        "id public_id circle restricted about_kind about_id rule digest clause force whose owner_part started_by_entry"
        " started_at counted_from limit on_day facts state stopped_by_entry stopped_at pauses extended_to due_at"
        " due_day next_notice_at changed_by_late_entry",
    ),
    "Notice": ("record", "", "id clock circle rung given_at"),
    "Trial": (
        "house",
        "asked_by",
        "id public_id digest title version entity since until asked_at state began_at step done steps records"
        " happenings left_out figures named",
    ),
    "CalendarCorrection": ("house", "", "id entry nation day working"),
    "Turn": ("house", "", "id entry digest at entity upto finished_at"),
}
