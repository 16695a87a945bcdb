"""What clocks stand on, read from the database: adopted packs, calendar corrections, and a record's history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Q, QuerySet

from hearth.ledger.models import Entry
from hearth.ledger.transactions import once
from hearth.policy.calendars import Correction, Nation
from hearth.policy.packs import Pack
from hearth.policy.queries import Adopted, pack_of
from hearth.policy.terms import Sort
from hearth.timescales.clocks import Happening, Ref, Turn
from hearth.timescales.declarations import declared
from hearth.timescales.engine import Ground
from hearth.timescales.rows import as_happening

ENTRY = ("id", "act", "about_kind", "about_id", "happened_at", "facts")


@dataclass(frozen=True, slots=True)
class Kept:
    """The adopted packs, newest first."""

    adopted: tuple[Adopted, ...]

    def in_force(self, at: datetime) -> Pack | None:
        return next((pack_of(each.digest) for each in self.adopted if each.in_force_from <= at), None)

    def of(self, digest: str) -> Pack:
        return pack_of(digest)

    def all(self) -> list[Pack]:
        return [pack_of(digest) for digest in {each.digest for each in self.adopted}]


def ground() -> Ground:
    """The packs and corrections as they are known now. Every happening asks, and a transaction asks once."""
    return once("ground", _ground)


def _ground() -> Ground:
    with connection.cursor() as cursor:
        cursor.execute(GROUND)
        rows = cursor.fetchall()
    adopted, corrections, turns = [], [], []
    for place, entry, digest, pack, version, at, nation, day, working in rows:
        if place == ADOPTED:
            adopted.append(Adopted(digest, pack, version, at))
        elif place == CORRECTED:
            corrections.append((entry, Correction(Nation(nation), day, working)))
        else:
            turns.append(Turn(entry, at, digest))
    return Ground(Kept(tuple(adopted)), tuple(corrections), tuple(turns))


ADOPTED, CORRECTED, TURNED = range(3)  # the places below
GROUND = """
select 0 as place, null::bigint as entry, digest, pack, version, in_force_from, null, null::date, null::boolean
  from policy_adoption
union all
select 1, entry, null, null, null, null, nation, day, working from timescales_calendarcorrection
union all
select 2, entry, digest, null, null, at, null, null, null from timescales_turn
order by place, entry, in_force_from desc
"""


def lock(about: Ref) -> None:
    """Let one transaction at a time move a record's clocks, and read what the one before it left."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"{about[0]}:{about[1]}"])


def is_late(happening: Happening, about: Ref, circle_id: int | None) -> bool:
    """Whether something that happened later was recorded earlier, about the record or touching it."""
    acts = touching(about[0])
    values: dict[str, int | str | datetime | list[str] | None] = {
        "kind": about[0],
        "number": about[1],
        "at": happening.at,
        "entry": happening.seq,
    }
    values |= {"circle": circle_id, "acts": acts}
    question = f"{LATE} union all {LATE_IN_CIRCLE}" if acts else LATE
    with connection.cursor() as cursor:
        cursor.execute(f"{question} limit 1", values)
        return cursor.fetchone() is not None


LATE = """
select 1 from ledger_entry
  where about_kind = %(kind)s and about_id = %(number)s and happened_at > %(at)s and id <> %(entry)s
"""
LATE_IN_CIRCLE = """
select 1 from ledger_entry
  where circle_id = %(circle)s and happened_at > %(at)s and id <> %(entry)s and act = any(%(acts)s)
"""


def history(about: Ref, circle_id: int | None) -> Iterator[Happening]:
    """Everything that happened to a record or touched it, as the engine sees it."""
    for row in entries(about, circle_id).values_list(*ENTRY):
        happening = as_happening(*row)
        if happening.touches(about):
            yield happening


def entries(about: Ref, circle_id: int | None) -> "QuerySet[Entry]":
    """The record's own entries, and those of its circle that may touch it."""
    own = Q(about_kind=about[0], about_id=about[1])
    acts = touching(about[0])
    return Entry.objects.filter(own | Q(circle_id=circle_id, act__in=acts) if acts and circle_id else own)


@lru_cache(maxsize=64)
def touching(kind: str) -> list[str]:
    """The happenings that carry the id of a record of this kind."""
    return sorted(
        act
        for act, kinds in declared().items()
        if any(each.sort == Sort.SUBJECT and each.subject == kind for each in kinds.values())
    )


def touched_since(kind: str, since: datetime) -> frozenset[int]:
    """The records of a kind that something told of another record has touched since a moment."""
    found: set[int] = set()
    for act in touching(kind):
        for name, each in declared()[act].items():
            if each.sort == Sort.SUBJECT and each.subject == kind:
                told = Entry.objects.filter(act=act, happened_at__gte=since).values_list(f"facts__{name}", flat=True)
                found |= {number for number in told.distinct() if number is not None}
    return frozenset(found)
