"""A record with a circle, for stories that need no concern or case behind it."""

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from hearth.access.identity import acting_as
from hearth.access.operations import give, make_circle
from hearth.access.terms import CircleKind, Part
from hearth.people.models import Person
from hearth.people.operations import search_words

MONDAY = datetime(2027, 1, 11, 9, 20, tzinfo=UTC)
_ids = itertools.count(1)


@dataclass(frozen=True)
class Record:
    """What a concern or case is to the floors below it."""

    ledger_kind: ClassVar[str] = "concern"
    id: int
    circle_id: int


def make_record(by, *, restricted=False, team=()):
    """A record made by somebody, with a team that works on it."""
    with acting_as(by):
        circle = make_circle(CircleKind.CONCERN, by=by, at=MONDAY, restricted=restricted)
        for member in team:
            give(circle, by=by, at=MONDAY, to=member.id, part_in_it=Part.WORKS_ON_IT)
    return Record(next(_ids), circle)


def tenant(keeper, name, reference=None, **fields):
    """Somebody of the register, as an import leaves them."""
    plain, sounds = search_words(name, fields.get("known_as", ""))
    reference = reference or f"P{next(_ids):06}"
    with acting_as(keeper):
        return Person.objects.create(
            from_register=True, reference=reference, name=name, name_plain=plain, name_sounds=sounds, **fields
        )
