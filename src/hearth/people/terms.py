"""Words for the people Hearth keeps safe, and for those around them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from hearth.access.terms import NotHere


class NoSuchPerson(NotHere):
    """There is no such person for whoever asks: missing, hidden and shut answer alike."""


class NotPossible(Exception):
    """The change cannot be made; the message says why and what to do."""


class ChangedMeanwhile(Exception):
    """Somebody else changed it since it was read. Both texts are shown; nothing is overwritten."""


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
        "id circle restricted about_kind about_id recorded_at wrong_since",
    ),
    "Relationship": (
        "record",
        "person other tie since until recorded_by",
        "id circle restricted recorded_at wrong_since version",
    ),
    "Wish": (
        "record",
        "person words told_by recorded_by",
        "id circle about_kind about_id said_at recorded_at idempotency_key",
    ),
    "SafeContact": (
        "record",
        "person channel rule from_time until_time value code_word recorded_by",
        "id circle restricted public_id recorded_at ended_at version",
    ),
}
