"""Words for what leaves Hearth, what is told inside it, and who is on call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol
from uuid import UUID

from hearth.access.terms import NotHere
from hearth.policy.terms import CODE, COUNT, WHO, FactKind, one_of


class Channel(StrEnum):
    """How a message leaves."""

    EMAIL = "email"
    TEXT = "text"


class DecisionKind(StrEnum):
    """Why a message may leave at all. `people` and `partners` decide for the people they know."""

    STAFF_NOTICE = "staff_notice"
    OWN_ACCOUNT = "own_account"
    SAFE_CONTACT = "safe_contact"
    SHARING = "sharing"


class Words(StrEnum):
    """Every message that can leave, by the name of its fixed text."""

    ON_CALL_ALERT = "on_call_alert"
    ON_CALL_PASSED_ON = "on_call_passed_on"
    NOBODY_ON_CALL = "nobody_on_call"
    FIRST_LOOK = "first_look"
    FIRST_LOOK_PASSED_ON = "first_look_passed_on"
    ROTA_GAP = "rota_gap"
    SOMETHING_WAITS = "something_waits"
    WELCOME = "welcome"
    FORGOTTEN = "forgotten"
    ANCHOR = "anchor"


# What carries a link of its own, for the one it is sent to.
WITH_A_LINK = frozenset({Words.WELCOME, Words.FORGOTTEN})

# What carries anything of its own: gone as soon as the message has ended, so it is made anew and not tried again.
ENCLOSING = WITH_A_LINK | {Words.ANCHOR}

# What may go to staff on the ground that it has no content.
WITHOUT_CONTENT = frozenset(Words) - WITH_A_LINK


class State(StrEnum):
    """Where a message is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"
    SWITCHED_OFF = "switched_off"
    TOLD = "told"


class NoticeWords(StrEnum):
    """What somebody is told inside Hearth. The page turns the code into a sentence; no name stands here."""

    ON_CALL_ALERT = "on_call_alert"
    ON_CALL_PASSED_ON = "on_call_passed_on"
    NOBODY_ON_CALL = "nobody_on_call"
    FIRST_LOOK = "first_look"
    FIRST_LOOK_PASSED_ON = "first_look_passed_on"
    ROTA_GAP = "rota_gap"
    CLOCK_WARNING = "clock_warning"
    CLOCK_BREACH = "clock_breach"
    SOMETHING_WAITS = "something_waits"
    STILL_WORRIED = "still_worried"
    HANDOVER = "handover"
    ACTION_GIVEN = "action_given"
    CLOSING_REFUSED = "closing_refused"
    FEEDBACK = "feedback"
    BREAK_GLASS = "break_glass"
    HAZARD = "hazard"
    RECORD_RESTRICTED = "record_restricted"
    CONFLICT_DECLARED = "conflict_declared"
    SHUT_OUT_TRIED = "shut_out_tried"
    DECIDED_TOGETHER = "decided_together"


# What an alert tells inside Hearth, of either kind: done as soon as one of those who were rung has taken it.
OF_AN_ALERT = (
    NoticeWords.ON_CALL_ALERT, NoticeWords.ON_CALL_PASSED_ON, NoticeWords.NOBODY_ON_CALL, NoticeWords.FIRST_LOOK,
    NoticeWords.FIRST_LOOK_PASSED_ON,
)  # fmt: skip


class AlertKind(StrEnum):
    """Why somebody on call is rung: for danger now, or for a first look the same evening. Each has its own pace."""

    DANGER = "danger"
    FIRST_LOOK = "first_look"


class Acknowledgement(StrEnum):
    """What a reporter may be told about the on-call lead. It ends where triage decides before anybody takes it."""

    NOT_ALERTED = "not_alerted"
    RINGING = "ringing"
    ACKNOWLEDGED = "acknowledged"
    ENDED = "ended"


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "oncall.alerted": {"kind": one_of(*AlertKind), "rung": COUNT, "told": COUNT},
    "oncall.passed_on": {"kind": one_of(*AlertKind), "rung": COUNT, "told": COUNT, "round": COUNT},
    "oncall.acknowledged": {"rung": COUNT, "round": COUNT},
    "oncall.opened": {"rung": COUNT},
    "rota.gap_found": {"entity": COUNT},
    "rota.gap_ended": {"entity": COUNT},
    "rota.put_on": {"rung": COUNT, "who": WHO, "entity": COUNT},
    "rota.covered": {"rung": COUNT, "who": WHO},
    "rota.swapped": {"who": WHO, "with_whom": WHO},
    "message.tried_again": {"words": CODE, "who": WHO},
    "message.told_by_telephone": {"words": CODE, "who": WHO},
}


class Alarming(Protocol):
    """A record that somebody on call must see now."""

    ledger_kind: ClassVar[str]

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> UUID: ...
    @property
    def circle_id(self) -> int: ...


@dataclass(frozen=True)
class OnCall:
    """Somebody who is on call, and in which order he is rung."""

    shift_id: int
    user_id: int
    name: str
    rung: int
    phone: str
    email: str


@dataclass(frozen=True)
class Gap:
    """A time when nobody is on call."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class DeadLetter:
    """A message that did not leave and will not be tried again by itself."""

    id: UUID
    words: str
    channel: str
    user_id: int | None
    made_at: datetime
    ended_at: datetime | None
    tries: int
    state: str
    problem: str
    to: str = ""


# So many alarms by one reporting link ring alone within an hour; those after them ring together.
RING_ALONE = 5


@dataclass(frozen=True)
class Told:
    """A notice to somebody, as he reads it."""

    public_id: UUID
    words: NoticeWords
    about_kind: str
    about: UUID | None
    at: datetime
    read_at: datetime | None


class NoSuchNotice(NotHere):
    """There is none, or it is not the viewer's."""


class NoSuchShift(NotHere):
    """There is none."""


class NoSuchAlert(NotHere):
    """There is none, or it is not the viewer's to know."""


class AlreadyAcknowledged(Exception):
    """Somebody on call has taken it."""


# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Decision": (
        "record",
        "user address_digest made_by",
        "id kind channel words is_allowed why rests_on_kind rests_on_id made_at withdrawn_at",
    ),
    "Message": (
        "short",
        "user address address_digest made_by",
        "id decision key channel words enclosed is_urgent made_at state tries next_try_at ended_at problem",
    ),
    "Attempt": ("short", "", "id message at was_sent problem"),
    "Notice": ("short", "user", "id public_id key words about_kind about circle at read_at"),
    "Alert": (
        "record",
        "raised_by acknowledged_by not_to_ring",
        "id public_id circle restricted kind about_kind about_id about passes_on_after raised_at rung round rung_at"
        " acknowledged_at",
    ),
    "AlertStep": ("record", "user", "id alert circle rung round told_at"),
    "RotaGap": ("house", "", "id entity starts_at ended_at"),
}
