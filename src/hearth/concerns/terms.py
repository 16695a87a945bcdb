"""Words for a concern: what is asked, what may be answered, and what the ledger is told of it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hearth.access.terms import NotHere
from hearth.housing.terms import HazardKind
from hearth.policy.terms import COUNT, YES_NO, FactKind, one_of, subject


class Stage(StrEnum):
    """How far a concern has come."""

    RECEIVED = "received"
    LOOKED_AT = "being_looked_at"
    DECIDED = "decided"


MAY_MOVE_TO: dict[Stage, frozenset[Stage]] = {
    Stage.RECEIVED: frozenset({Stage.LOOKED_AT, Stage.DECIDED}),
    Stage.LOOKED_AT: frozenset({Stage.DECIDED, Stage.RECEIVED}),
    Stage.DECIDED: frozenset({Stage.LOOKED_AT}),
}


class Place(StrEnum):
    """Where it is, or that only a place without a home, or nothing, is known."""

    HOME = "home"
    ELSEWHERE = "elsewhere"
    NOT_KNOWN = "not_known"


class AboutStaff(StrEnum):
    """Whether it is about somebody who works or volunteers for or with us. Never a default."""

    YES = "yes"
    NOT_SURE = "not_sure"
    NO = "no"


class Known(StrEnum):
    """An answer that may honestly be that one does not know."""

    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"


class ToldBy(StrEnum):
    """Who told, in the field's words; each maps onto the national referral source codes by the pack's word list."""

    SAW_IT = "saw_it"
    THE_PERSON = "the_person"
    FAMILY = "family"
    RESIDENT = "resident"
    NEIGHBOUR = "neighbour"
    CONTRACTOR = "contractor"
    AGENCY = "agency"
    ANONYMOUS = "anonymous"


class Knows(StrEnum):
    """Whether the person knows that we are being told."""

    YES = "yes"
    NO = "no"
    NOT_SAFE = "not_safe"
    NOT_ASKED = "not_asked"


class Agreed(StrEnum):
    """What the person said to it."""

    AGREED = "agreed"
    DID_NOT = "did_not"
    NOT_ABLE = "not_able"


class Came(StrEnum):
    """By which way a concern came in."""

    PAGE = "page"
    LINK = "link"
    API = "api"
    PAPER = "paper"


MOST_SIGNS = 12
MOST_WORDS = 20_000
MOST_SHORT = 2_000


@dataclass(frozen=True)
class Told:
    """What somebody told, as typed. Three answers and one question are needed; the rest may stay empty."""

    danger_now: bool
    about_staff: AboutStaff
    place: Place
    noticed: str
    home_id: int | None = None
    elsewhere: str = ""
    who: str = ""
    about_the_lead: bool = False
    thinks: str = ""
    did: str = ""
    wishes: str = ""
    told_by: str = ""
    may_contact: bool | None = None
    keep_name_from_family: bool | None = None
    contact: str = ""
    children_there: str = ""
    signs: tuple[str, ...] = field(default=())
    vulnerable: tuple[str, ...] = field(default=())
    something_else: str = ""
    knows: str = ""
    agreed: str = ""
    parent_told: bool | None = None
    parent_why_not: str = ""

    @property
    def is_restricted(self) -> bool:
        """Whether it is, or may be, about somebody who works for or with us."""
        return self.about_staff is not AboutStaff.NO


def as_typed(words: str) -> str:
    """Somebody's words as they are kept: NFC, line ends as one character, otherwise exactly as typed."""
    kept = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if kept.strip() else ""


class NoSuchConcern(NotHere):
    """There is no such concern for whoever asks: missing, hidden and shut answer alike."""


class NotComplete(Exception):
    """Something that was told cannot be kept as it is. `field` is where; the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NothingCalled(NotComplete):
    """What was named is not there for whoever asks, missing or hidden. `attempt` is kept as one to open it would be."""

    def __init__(self, field: str, message: str, *, attempt: NotHere, asked_for: object) -> None:
        super().__init__(field, message)
        self.attempt, self.asked_for = attempt, str(asked_for)


class AlreadyLogged(Exception):
    """The same form was sent before with other answers: these must be sent as a new concern, so neither is lost."""


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "concern.logged": {
        "danger_now": one_of("yes", "no"),
        "about_our_people": one_of(*AboutStaff),
        "children_there": one_of(*Known),
        "mentions_child": YES_NO,
        "mentions_domestic_abuse": YES_NO,
        "mentions_weapon": YES_NO,
        "immediate": YES_NO,
        "same_evening": YES_NO,
        "unsafe_home": YES_NO,
        "out_of_hours": YES_NO,
        "came_by": one_of(*Came),
        "told_by": one_of(*ToldBy),
        "signs": COUNT,
    },
    "concern.looked_at": {},
    "concern.completed": {"children_there": one_of(*Known)},
    "concern.home_set": {"ours": YES_NO, "corrected": YES_NO},
    "concern.repairs_told": {"kind": one_of(*HazardKind)},
    "concern.feedback_given": {"held": YES_NO},
    "concern.joined": {"case": subject("case")},
    "concern.split": {"case": subject("case"), "decide_again": YES_NO, "about_our_people": one_of(*AboutStaff)},
    "concern.still_worried": {},
    "concern.worry_answered": {},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "ReportingLink": (
        "house",
        "",
        "acts_as ends_at entity id made_at name public_id secret_digest",
    ),
    "Concern": (
        "record",
        "agreed came_by children_there contact elsewhere knows keep_name_from_family may_contact "
        "noticed parent_told parent_why_not place reported_by signs something_else thinks told_by "
        "vulnerable who wishes did feedback looked_at_by about_staff",
        "circle danger_now feedback_held home id idempotency_key link logged_at outcome public_id "
        "receipt_digest reference restricted stage triage_due_at version",
    ),
    "Addition": (
        "record",
        "added_by text",
        "added_at circle concern home home_before id",
    ),
    "Worry": (
        "record",
        "answer answered_by raised_by why",
        "answered_at circle concern id idempotency_key public_id raised_at restricted",
    ),
}
