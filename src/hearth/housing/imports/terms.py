"""Words for bringing in the register from files: sheets, rows, what is wrong with them, and what would change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# done, total, what is being done
type Progress = Callable[[int, int, str], None]


class SheetKind(StrEnum):
    """The four files of the register."""

    HOMES = "homes"
    TENANCIES = "tenancies"
    PEOPLE = "people"
    STAFF = "staff"


class CannotRead(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one row, said to the person who made the file."""

    sheet: SheetKind
    row: int
    column: str
    problem: str
    what_to_do: str
    cell: str = ""


class Wrong(ValueError):
    """One cell cannot be used."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.what_to_do = what_to_do


@dataclass(frozen=True)
class Cells:
    """One row as it stands in the file: its number there, and the cells by our column keys."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class HomeRow:
    row: int
    reference: str
    uprn: str
    kind: str
    block: str
    line_1: str
    line_2: str
    line_3: str
    town: str
    postcode: str
    company: str
    until: date | None

    @property
    def key(self) -> str:
        return f"ref:{self.reference}" if self.reference else f"uprn:{self.uprn}"


@dataclass(frozen=True)
class TenancyRow:
    row: int
    reference: str
    home: str
    home_uprn: str
    kind: str
    tenure: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class PersonRow:
    row: int
    reference: str
    name: str
    known_as: str
    born_on: date | None
    phone: str
    email: str
    tenancy: str
    signed: bool
    since: date | None
    until: date | None


@dataclass(frozen=True)
class StaffRow:
    row: int
    email: str
    name: str
    kind: str
    employer: str
    posts: tuple[str, ...]
    starts: date | None
    ends: date | None
    left: date | None
    person: str


@dataclass(frozen=True)
class Sheet[Row]:
    """One file, read: its usable rows and what was wrong with the others."""

    kind: SheetKind
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    digest: str = ""
    # The columns the file has. What it does not have is left as it is; an empty cell empties.
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Register:
    """The files of one import. A file that was not given is empty."""

    homes: Sheet[HomeRow] = field(default_factory=lambda: Sheet[HomeRow](SheetKind.HOMES))
    tenancies: Sheet[TenancyRow] = field(default_factory=lambda: Sheet[TenancyRow](SheetKind.TENANCIES))
    people: Sheet[PersonRow] = field(default_factory=lambda: Sheet[PersonRow](SheetKind.PEOPLE))
    staff: Sheet[StaffRow] = field(default_factory=lambda: Sheet[StaffRow](SheetKind.STAFF))


@dataclass(frozen=True)
class Count:
    """What an import would do, or did, with the rows of one file."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Preview:
    """What an import would do, before anything is written."""

    counts: Mapping[SheetKind, Count]
    faults: tuple[Fault, ...]

    @property
    def changes_something(self) -> bool:
        return any(count.new or count.changed for count in self.counts.values())
