"""Who may read a case, and what belongs to it."""

import uuid
from datetime import datetime

from pydantic import Field

from hearth.api.words import Code, Day, Name, Shape, Short, Who
from hearth.organisation.terms import Part


class PlaceHeld(Shape):
    """Somebody's place in a case."""

    id: uuid.UUID = Field(description="The place's id.")
    who: Who | None = Field(description="Whose, or nobody's where whoever holds a post has it.")
    part: Part = Field(description="As what.")
    why: str = Field(description="Why it was given.")
    since: datetime = Field(description="Since when.")
    until: datetime | None = Field(description="Until when.")


class Places(Shape):
    """Everybody who has a place in a case."""

    places: list[PlaceHeld] = Field(description="Every one, the oldest first.")


class EndingPlace(Shape):
    """A place that ends."""

    place: uuid.UUID = Field(description="The place's id.")


class Inviting(Shape):
    """A colleague who reads a case for a while."""

    email: Name = Field(description="Their e-mail address here at work, or their name where it is nobody else's.")
    why: Short = Field(description="Why they need to read it.")
    until: Day = Field(description="Until which day.")


class BringingIn(Shape):
    """A colleague who works on a case."""

    who: uuid.UUID = Field(description="The colleague.")
    why: Short = Field(description="Why they work on it.")


class Joining(Shape):
    """Another concern that belongs to a case."""

    reference: Code = Field(description="The reference of the concern, as it is said aloud.")
    why: Short = Field(description="Why it belongs there.")


class TakingOut(Shape):
    """A concern that does not belong to a case."""

    concern: uuid.UUID = Field(description="The concern's id.")
    why: Short = Field(description="Why it does not belong there.")
