"""The ledger's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Protocol
from uuid import UUID

type Fact = str | int | bool | date | None
"""A code, a number or a date. Never a sentence: what people type goes into words, which can be disposed of."""

SHOWN = "shown"
DISPOSED = "disposed"
FACTS_OF_OUR_OWN = frozenset({SHOWN, DISPOSED})
LONGEST_CODE = 100
SEAL_EVERY = timedelta(seconds=10)

_CODE = re.compile(rf"\S{{0,{LONGEST_CODE}}}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Subject(Protocol):
    """What an entry can be about: a concern, a case, a home."""

    ledger_kind: ClassVar[str]

    @property
    def id(self) -> int: ...

    @property
    def circle_id(self) -> int | None: ...


class NobodySignedIn(Exception):
    """Something was to be written, and nobody is signed in to answer for it."""


class NotAFact(Exception):
    """A fact that is not a code, a number or a date, or has no proper name."""


@dataclass(frozen=True)
class Recorded:
    """One entry as it is read back."""

    id: int
    act: str
    about_kind: str | None
    about_id: int | None
    circle_id: int | None
    by_id: int | None
    happened_at: datetime
    recorded_at: datetime
    clause: str
    request: UUID | None
    facts: Mapping[str, object]
    words: Mapping[str, str] | None
    """None where nothing was typed, where it was disposed of, or where the reader may not see it."""


@dataclass(frozen=True)
class RowChange:
    """One changed row; `old` and `new` hold only the columns that changed, and None once disposed of."""

    id: int
    table: str
    row_id: int
    what: str
    by_id: int | None
    recorded_at: datetime
    request: UUID | None
    old: Mapping[str, object] | None
    new: Mapping[str, object] | None


@dataclass(frozen=True)
class Lag:
    """How far sealing is behind."""

    unsealed: int
    oldest: datetime | None


@dataclass(frozen=True)
class Alarm:
    """Something the partitions need."""

    table: str
    what: str


def as_fact(name: str, value: object) -> str | int | bool | None:
    """A fact in the form it is kept in, or NotAFact."""
    if not _NAME.fullmatch(name) or name in FACTS_OF_OUR_OWN:
        raise NotAFact(f"“{name}” cannot name a fact.")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _CODE.fullmatch(value):
        return str(value)
    raise NotAFact(f"The fact “{name}” must be a code without spaces, a number or a date. Typed text goes into words.")


# Retention rule, personal fields, plain fields. Codes and digests stay; words are disposed of.
PERSONAL = {
    "Entry": (
        "ledger",
        "by_id",
        "id act about_kind about_id circle_id happened_at recorded_at clause request facts",
    ),
    "Words": ("record", "body", "entry_id circle_id"),
    "Change": ("ledger", "by_id", "id table_name row_id circle_id what recorded_at request"),
    "ChangedRow": ("record", "body", "change_id circle_id"),
}
