"""Words for the people Hearth keeps safe, and for those around them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from hearth.access.terms import NotHere
from hearth.policy.terms import YES_NO, FactKind, one_of


class NoSuchPerson(NotHere):
    """There is no such person for whoever asks: missing, hidden and shut answer alike."""


class PartPlayed(StrEnum):
    """The part a person plays in one concern or case. It says nothing about any other."""

    SUBJECT_CHILD = "subject_child"
    SUBJECT_ADULT = "subject_adult"
    CARER = "carer"
    HOUSEHOLD_MEMBER = "household_member"
    SOURCE_OF_HARM = "source_of_harm"
    WITNESS = "witness"
    REPORTER = "reporter"
    OTHER = "other"


PART_PLAYED_WORDS: dict[PartPlayed, str] = {
    PartPlayed.SUBJECT_CHILD: "Child we are worried about",
    PartPlayed.SUBJECT_ADULT: "Adult we are worried about",
    PartPlayed.CARER: "Cares for the person",
    PartPlayed.HOUSEHOLD_MEMBER: "Lives in the household",
    PartPlayed.SOURCE_OF_HARM: "Said to be the source of harm",
    PartPlayed.WITNESS: "Saw or heard it",
    PartPlayed.REPORTER: "Told us",
    PartPlayed.OTHER: "Somebody else",
}


class Tie(StrEnum):
    """What one person is to another."""

    PARENT = "parent"
    CHILD = "child"
    STEP_PARENT = "step_parent"
    STEP_CHILD = "step_child"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    PARTNER = "partner"
    FORMER_PARTNER = "former_partner"
    RELATIVE = "relative"
    GUARDIAN = "guardian"
    WARD = "ward"
    CARER = "carer"
    CARED_FOR = "cared_for"
    FRIEND = "friend"
    LIVES_WITH = "lives_with"
    NEIGHBOUR = "neighbour"
    HELPS_AT_WORK = "helps_at_work"
    HELPED_AT_WORK = "helped_at_work"


class Source(StrEnum):
    """Who told us what somebody wishes."""

    THE_PERSON = "the_person"
    ADVOCATE = "advocate"
    FAMILY = "family"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Asked(StrEnum):
    """Whether somebody was asked what he wishes, and what came of it."""

    SAID = "said"
    ASKED_NO_ANSWER = "asked_no_answer"
    NOT_ABLE = "not_able"
    NOT_SAFE = "not_safe"
    NOT_ASKED = "not_asked"


class Interpreter(StrEnum):
    """Whether somebody is spoken to through an interpreter. Family, friends and children never interpret."""

    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    BOOKED = "booked"


class Capacity(StrEnum):
    """Whether somebody could make one decision at one time. Until shown otherwise, he can."""

    HAS = "has"
    LACKS = "lacks"
    NOT_YET = "not_yet"


class Channel(StrEnum):
    """A way to reach somebody."""

    POST = "post"
    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    VISIT = "visit"
    PORTAL = "portal"


class ContactRule(StrEnum):
    """Whether a way to reach somebody is safe. The order of severity is in `rules.STRICTEST_FIRST`."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    ONLY_BETWEEN = "only_between"
    CODE_WORD = "code_word"
    LEAVE_NO_MESSAGE = "leave_no_message"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Birth:
    """When somebody was born, or how old they seem."""

    born_on: date | None = None
    age_about: int | None = None
    age_seen_on: date | None = None


@dataclass(frozen=True)
class Hours:
    """The only hours of the day at which contact is safe. They may run through midnight."""

    start: time
    end: time


@dataclass(frozen=True)
class KnownTie:
    """One relationship seen from one person's side: `other` is `tie` to that person."""

    id: int
    other_id: int
    tie: Tie
    since: date | None
    until: date | None


@dataclass(frozen=True)
class SafeToContact:
    """One rule about one way to reach somebody, opened for a viewer in its circle."""

    id: int
    channel: Channel
    rule: ContactRule
    hours: Hours | None
    value: str
    code_word: str
    recorded_at: datetime
    recorded_by: str
    ended_at: datetime | None
    version: int
    circle_id: int

    @property
    def texts(self) -> dict[str, str]:
        """It in words, as it stands beside what somebody else typed."""
        return self.text_of(self.rule, self.hours, self.value, self.code_word)

    @staticmethod
    def text_of(rule: ContactRule, hours: Hours | None, value: str, code_word: str) -> dict[str, str]:
        """A rule in words, before it is kept."""
        said = {"rule": rule.value, "value": value, "code_word": code_word}
        if hours:
            said |= {"from_time": f"{hours.start:%H:%M}", "until_time": f"{hours.end:%H:%M}"}
        return said


@dataclass(frozen=True)
class Playing:
    """Somebody and the parts he plays, or played, in one record."""

    id: int
    public_id: UUID
    name: str
    known_as: str
    birth: Birth
    from_register: bool
    parts: tuple[PartPlayed, ...]
    before: tuple[PartPlayed, ...]


HAPPENINGS: Mapping[str, Mapping[str, FactKind]] = {
    "person.added": {"part": one_of(*PartPlayed), "from_register": YES_NO},
    "person.part_changed": {"part": one_of(*PartPlayed), "before": one_of(*PartPlayed)},
    "person.part_wrong": {"part": one_of(*PartPlayed)},
    "person.related": {"tie": one_of(*Tie)},
    "person.tie_ended": {"tie": one_of(*Tie)},
    "person.placed": {"visits_only": YES_NO},
    "person.wish_recorded": {"asked": one_of(*Asked), "told_by": one_of(*Source)},
    "person.safe_contact_set": {"channel": one_of(*Channel), "rule": one_of(*ContactRule)},
    "person.needs_recorded": {"interpreter": one_of(*Interpreter)},
    "person.capacity_recorded": {"outcome": one_of(*Capacity)},
    "person.conflict_declared": {},
    "person.record_restricted": {},
    "exclusion.ended": {},
}

# Retention rule, personal fields, plain fields: see hearth.access.personal.
PERSONAL = {
    "Person": (
        "person",
        "reference name known_as name_plain name_sounds born_on age_about age_seen_on phone email",
        "id public_id from_register version",
    ),
    "Household": ("person", "", "id public_id"),
    "HouseholdMember": ("person", "household person since until", "id"),
    "SaidToLiveThere": (
        "record",
        "household person visits_only since until recorded_by",
        "id circle restricted recorded_at",
    ),
    "Role": (
        "record",
        "person part recorded_by",
        "id circle restricted about_kind about_id recorded_at ended_at wrong_since",
    ),
    "Relationship": (
        "record",
        "person other tie since until recorded_by",
        "id circle restricted recorded_at wrong_since version",
    ),
    "Wish": (
        "record",
        "person words asked told_by recorded_by",
        "id circle about_kind about_id said_at recorded_at idempotency_key",
    ),
    "Communication": (
        "record",
        "person language needs interpreter recorded_by",
        "id circle restricted recorded_at ended_at version",
    ),
    "CapacityDecision": (
        "record",
        "person decision outcome help_given why best_interests assessed_on assessed_by recorded_by",
        "id circle about_kind about_id recorded_at idempotency_key",
    ),
    "SafeContact": (
        "record",
        "person channel rule from_time until_time value code_word recorded_by",
        "id circle restricted public_id recorded_at ended_at version",
    ),
}
