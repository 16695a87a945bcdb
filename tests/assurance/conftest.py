"""Acts that count, in a database of their own, and what is counted of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import psycopg
import pytest
from django.db import connection, transaction

from hearth.access.identity import acting_as
from hearth.access.operations import give, make_circle, restrict
from hearth.access.queries import SignedIn
from hearth.access.terms import CircleKind, Part
from hearth.assurance.queries import counted, counted_by_company
from hearth.assurance.terms import COUNTED
from hearth.ledger.terms import Fact, Subject
from hearth.timescales.moving import record_of
from hearth.timescales.operations import happened


@dataclass
class Books:
    """A lead who does things that count, and an owner who looks at what is stored."""

    lead: SignedIn
    owner: psycopg.Connection
    circles: list[int] = field(default_factory=list)

    def concern(self, *, restricted: bool = False, at: datetime, entity: int | None = None) -> Subject:
        """A record in a circle of its own, in which the lead has a place of his own."""
        with acting_as(self.lead), transaction.atomic():
            circle = make_circle(CircleKind.CONCERN, by=self.lead, at=at, restricted=restricted, entity=entity)
            give(circle, to=self.lead.id, part_in_it=Part.WORKS_ON_IT, by=self.lead, at=at)
        self.circles.append(circle)
        return record_of("concern", circle, circle)

    def case(self, about: Subject) -> Subject:
        """The case opened from it, in the same circle."""
        return record_of("case", about.id, about.circle_id)

    def says(self, act: str, about: Subject, at: datetime, **facts: Fact) -> int:
        """Something happened; the entry it is."""
        with acting_as(self.lead), transaction.atomic():
            return happened(act, about=about, by=self.lead, at=at, facts=facts).seq

    def restrict(self, about: Subject) -> None:
        with acting_as(self.lead), transaction.atomic():
            restrict(about.circle_id, by=self.lead)

    def open_again(self, about: Subject) -> None:
        """No act of the house does this yet; the database would count it all the same."""
        self.owner.execute("alter table access_circle no force row level security")
        self.owner.execute("update access_circle set restricted = false where id = %s", [about.circle_id])
        self.owner.execute("alter table access_circle force row level security")

    def fold(self, most: int = 1000) -> int:
        return self.owner.execute("select hearth.fold_counts(%s)", [most]).fetchone()[0]

    def differs(self) -> Sequence[tuple[object, ...]]:
        """What is stored and is not what the ledger tells."""
        return self.owner.execute(
            "select measure, month, part, stored, told from hearth.counts_that_differ()"
        ).fetchall()

    def counts(self, *codes: str) -> dict[tuple[str, str, str], int]:
        """Raw figures by measure, month and part, as the lead would be told them."""
        with acting_as(self.lead), transaction.atomic():
            cells = counted(self.lead, codes or [*COUNTED], since=date(2020, 1, 1), until=date(2030, 1, 1))
        return {(cell.measure, f"{cell.month:%Y-%m}", cell.part): cell.number for cell in cells}

    def by_company(self, *codes: str) -> dict[tuple[str, str, int | None], int]:
        """The same by measure, part and company, all months together."""
        with acting_as(self.lead), transaction.atomic():
            cells = counted_by_company(self.lead, codes, since=date(2020, 1, 1), until=date(2030, 1, 1))
        return {(cell.measure, cell.part, cell.entity): cell.number for cell in cells}


@pytest.fixture
def books(own_database: str, own_cast, owner_of: Callable[[str], psycopg.Connection]):
    with owner_of(connection.settings_dict["NAME"]) as owner:
        yield Books(own_cast.lead, owner)
