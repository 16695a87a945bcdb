"""The words of every request and answer: texts kept as typed, days, keys, versions and positions."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from hearth.concerns.terms import MOST_SHORT, MOST_WORDS, as_typed
from hearth.policy.durations import FIRST_DAY, LAST_DAY

MOST_VERSION = 2_147_483_647


def codes(kind: type[StrEnum]) -> WithJsonSchema:
    """The codes written out in the document, where another list of codes has the same name."""
    return WithJsonSchema({"type": "string", "enum": [code.value for code in kind]})


class Shape(BaseModel):
    """What is sent or answered. A field nobody knows is refused, so that a mistyped name is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _kept(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if "\0" in value:
        raise ValueError("This holds a character that cannot be kept. Send it without it.")
    return as_typed(value)


def _written(value: Any) -> Any:
    """A day or a moment as it is written: a bare number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and value[:4].isdecimal() and value[4:5] == "-"):
        return value
    raise ValueError("Write it as text that begins with the day, such as 2026-12-03.")


def _a_day(value: date) -> date:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise ValueError(f"Send a day from {FIRST_DAY.year} to {LAST_DAY.year}.")
    return value


def _a_moment(value: datetime) -> datetime:
    _a_day(value.date())
    return value


READABLE = BeforeValidator(_kept)  # for a text that stands in the address; ninja wants its own word last
Words = Annotated[str, Field(min_length=1, max_length=MOST_WORDS), BeforeValidator(_kept)]
Short = Annotated[str, Field(min_length=1, max_length=MOST_SHORT), BeforeValidator(_kept)]
Name = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(_kept)]
MaybeWords = Annotated[str, Field(max_length=MOST_WORDS), BeforeValidator(_kept)]
MaybeShort = Annotated[str, Field(max_length=MOST_SHORT), BeforeValidator(_kept)]
MaybeName = Annotated[str, Field(max_length=200), BeforeValidator(_kept)]
Code = Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(_kept)]
MaybeCode = Annotated[str, Field(max_length=80), BeforeValidator(_kept)]
Day = Annotated[date, BeforeValidator(_written), AfterValidator(_a_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_a_moment)]
Version = Annotated[int, Field(ge=1, le=MOST_VERSION, description="The version you read. A stale one is answered 409.")]


class Keyed(Shape):
    """Something made once, however often it is sent."""

    key: uuid.UUID | None = Field(
        None, description="The idempotency key, unless it is sent as the header `Idempotency-Key`."
    )


class Who(Shape):
    """Somebody who works here."""

    id: uuid.UUID = Field(description="Their id, as in the list of colleagues.")
    name: str = Field(description="Their name.")


class Made(Shape):
    """What was made."""

    id: uuid.UUID = Field(description="Its id.")


class Reason(Shape):
    """A reason."""

    why: Words = Field(description="Why.")
