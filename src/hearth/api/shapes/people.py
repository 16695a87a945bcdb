"""What is said about people in a record, and what others see before they act."""

import uuid
from datetime import date, time
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from hearth.api.words import Code, Day, Keyed, MaybeName, MaybeShort, MaybeWords, Moment, Name, Shape, Version, Words
from hearth.housing.terms import MarkerKind
from hearth.people.rules import OLDEST
from hearth.people.terms import Asked, Capacity, Channel, ContactRule, Interpreter, PartPlayed, Source, Tie
from hearth.triage.terms import WatchOutcome


class PuttingIn(Keyed):
    """Somebody in a record: found in the register, or known only from it."""

    part: PartPlayed = Field(description="The part they play here. It says nothing about any other record.")
    person: uuid.UUID | None = Field(None, description="Their id in the register; or send `name`.")
    name: MaybeName = Field("", description="Their name, or how you would know them: older boy, about 12.")
    known_as: MaybeName = Field("", description="Another name they go by.")
    age: int | None = Field(None, ge=0, le=OLDEST, description="About how old they seem.")


class PutIn(Shape):
    """Somebody is in the record."""

    person: uuid.UUID = Field(description="Their id.")
    is_restricted: bool = Field(description="Whether the record is now for the leads and its own team alone.")


class ChangingPart(Shape):
    """Another part for somebody, or that a part was never theirs."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    part: PartPlayed = Field(description="The part they play now.")
    becomes: PartPlayed | None = Field(None, description="The part they play from now on; or send `why`.")
    why: MaybeShort = Field("", description="Without `becomes`: why the part was put down for the wrong person.")


class Tying(Shape):
    """What somebody is to somebody else."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    tie: Tie = Field(description="What they are to the other.")
    other: uuid.UUID = Field(description="Somebody else in this record.")
    since: Day | None = Field(None, description="Since when.")


class Tied(Shape):
    """What they are to each other is kept."""

    is_restricted: bool = Field(description="Whether the record is now for the leads and its own team alone.")


class EndingTie(Shape):
    """Somebody is no longer that to somebody else."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    tie: Tie = Field(description="What the other was to them, as `people` shows it.")
    other: uuid.UUID = Field(description="The other.")
    until: Day = Field(description="Since when no longer.")


class Placing(Shape):
    """Somebody at the record's home."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    visits_only: bool = Field(description="Whether they visit and do not live there.")
    since: Day | None = Field(None, description="Since when.")


class Knowing(Shape):
    """The token's owner knows somebody."""

    person: uuid.UUID | None = Field(
        None, description="Somebody in this record. Left out only where it names nobody yet: then the leads are told."
    )
    why: MaybeWords = Field("", description="How they know them, in a few words. The leads read this.")


class Wishing(Keyed):
    """What somebody wants, word for word, or why nobody knows."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    asked: Asked = Field(description="Whether they were asked, and what came of it.")
    words: Words = Field(description="What they want in their own words, or why it is not known.")
    said_at: Moment = Field(description="When they said it, with its offset.")
    told_by: Source = Field(description="Who told us.")


class ReachingSafely(Shape):
    """Whether one way to reach somebody is safe."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    channel: Channel = Field(description="The way.")
    rule: ContactRule = Field(description="Whether it is safe. The strictest rule of all records holds.")
    from_time: time | None = Field(None, description="With `only_between`: from.")
    until_time: time | None = Field(None, description="With `only_between`: until.")
    code_word: MaybeName = Field("", description="With `code_word`: the word. Kept encrypted.")
    value: MaybeWords = Field("", description="Where and how. Kept encrypted.")
    version: Version | None = Field(None, description="The version it is written over, none where nothing was said.")


class Speaking(Shape):
    """How somebody is spoken to."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    interpreter: Interpreter = Field(description="Whether a trained interpreter is needed, or booked.")
    language: Annotated[MaybeName, Field(max_length=80)] = Field("", description="The language they speak best.")
    needs: MaybeShort = Field("", description="What else helps them understand and be understood.")
    version: Version | None = Field(None, description="The version it is written over, none where nothing was said.")


class DecidingCapacity(Keyed):
    """Whether somebody could make one decision at one time."""

    person: uuid.UUID = Field(description="Somebody in this record.")
    decision: Name = Field(description="Which one decision.")
    outcome: Capacity = Field(description="Whether they could make it.")
    why: Words = Field(description="What shows it.")
    help_given: MaybeName = Field("", description="What was done to help them decide for themselves.")
    best_interests: MaybeWords = Field("", description="Where they could not: what was decided, and what they wanted.")
    assessed_on: Day = Field(description="On which day.")
    assessed_by: Name = Field(description="By whom.")


class Reader(StrEnum):
    """The parts whose holders may be shown a marker."""

    REGISTER_READER = "register_reader"
    REPAIRS_DESK = "repairs_desk"
    REPAIRS_COMPETENT = "repairs_competent"
    INTAKE = "intake"
    INCOME = "income"
    ON_CALL = "on_call"


class PuttingMarker(Keyed):
    """Words somebody must see before acting, without the reason."""

    person: uuid.UUID | None = Field(None, description="Somebody in this record; without it the record's home.")
    kind: MarkerKind = Field(description="What it is about.")
    words: Name = Field(description="What to do. Never why.")
    until: Day = Field(description="Until which day, when it is looked at again.")
    shown_to: list[Reader] = Field(min_length=1, max_length=len(Reader), description="The parts whose holders see it.")


class Marker(Shape):
    """A marker that a record has put."""

    id: uuid.UUID = Field(description="The marker's id.")
    version: int = Field(description="Its version.")
    kind: MarkerKind = Field(description="What it is about.")
    words: str = Field(description="What to do.")
    until: date = Field(description="Until which day.")
    is_off: bool = Field(description="Whether it was taken off.")


class Markers(Shape):
    """The markers a record has put."""

    markers: list[Marker] = Field(description="Every one.")


class MarkerForMe(Shape):
    """What somebody must mind before acting."""

    kind: MarkerKind = Field(description="What it is about.")
    words: str = Field(description="What to do.")
    until: date = Field(description="Until which day.")


class MarkersForMe(Shape):
    """What the token's owner must mind at a home."""

    markers: list[MarkerForMe] = Field(description="Every one meant for them.")


class ChangingMarker(Shape):
    """Other words or another day for a marker."""

    marker: uuid.UUID = Field(description="The marker's id.")
    words: Name = Field(description="What to do. Never why.")
    until: Day = Field(description="Until which day.")
    version: Version


class TakingOff(Shape):
    """Taking a marker off."""

    marker: uuid.UUID = Field(description="The marker's id.")
    version: Version


class OpeningInEmergency(Shape):
    """A record opened in an emergency."""

    reference: Code = Field(description="The reference of the concern or case, as it is said aloud.")
    why: Words = Field(description="Why you must see it now. The leads read this.")


class OpenedInEmergency(Shape):
    """Where the record is."""

    kind: str = Field(description="Concern or case.")
    id: uuid.UUID = Field(description="Its id.")
    called: str = Field(description="Its reference.")


class LookingAgain(Shape):
    """What came of looking again at what was watched."""

    outcome: WatchOutcome = Field(description="What you decide.")
    text: Words = Field(description="What you found, and why you decide so.")
    keep_until: Day | None = Field(None, description="With `keep_watching`: until which day.")
