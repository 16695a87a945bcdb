"""Who is in a record, and what it says of each of them."""

import uuid
from datetime import date, datetime, time

from pydantic import Field

from hearth.api.words import Shape
from hearth.people.terms import Asked, Capacity, Channel, ContactRule, Interpreter, PartPlayed, Source, Tie


class Wish(Shape):
    """What somebody wants."""

    asked: Asked = Field(description="Whether they were asked, and what came of it.")
    words: str = Field(description="What they want in their own words, or why it is not known.")
    said_at: datetime = Field(description="When they said it.")
    told_by: Source = Field(description="Who told us.")


class SafeContact(Shape):
    """Whether one way to reach somebody is safe."""

    channel: Channel = Field(description="The way.")
    rule: ContactRule = Field(description="Whether it is safe. The strictest rule of all records holds.")
    from_time: time | None = Field(description="With `only_between`: from.")
    until_time: time | None = Field(description="With `only_between`: until.")
    code_word: str = Field(description="With `code_word`: the word.")
    value: str = Field(description="Where and how.")
    is_here: bool = Field(description="Whether this record says so; another one you may see does otherwise.")
    version: int = Field(description="The version, to write over it where this record says so.")


class Needs(Shape):
    """How somebody is spoken to."""

    interpreter: Interpreter = Field(description="Whether a trained interpreter is needed, or booked.")
    language: str = Field(description="The language they speak best.")
    needs: str = Field(description="What else helps.")
    version: int = Field(description="The version, to write over it.")


class CapacityHere(Shape):
    """Whether somebody could make one decision at one time."""

    decision: str = Field(description="Which one decision.")
    outcome: Capacity = Field(description="Whether they could make it.")
    why: str = Field(description="What shows it.")
    assessed_on: date = Field(description="On which day.")
    assessed_by: str = Field(description="By whom.")


class TieHere(Shape):
    """What somebody else is to them."""

    other: uuid.UUID = Field(description="The other's id.")
    name: str = Field(description="The other's name.")
    tie: Tie = Field(description="What the other is to them.")
    since: date | None = Field(description="Since when.")
    until: date | None = Field(description="Until when.")


class PersonHere(Shape):
    """Somebody in a record."""

    person: uuid.UUID = Field(description="Their id.")
    name: str = Field(description="Their name, or how they are known.")
    known_as: str = Field(description="Another name they go by.")
    born_on: date | None = Field(description="When they were born.")
    age_about: int | None = Field(description="About how old they seemed.")
    from_register: bool = Field(description="Whether the register knows them.")
    parts: list[PartPlayed] = Field(description="The parts they play now.")
    before: list[PartPlayed] = Field(description="The parts they played.")
    ties: list[TieHere] = Field(description="What others are to them.")
    wishes: list[Wish] = Field(description="What they want, the newest last.")
    safe_contacts: list[SafeContact] = Field(description="How to reach them, and how not.")
    needs: Needs | None = Field(description="How they are spoken to.")
    capacity: list[CapacityHere] = Field(description="What they could and could not decide, the newest first.")


class People(Shape):
    """Everybody in a record."""

    people: list[PersonHere] = Field(description="Every one.")
