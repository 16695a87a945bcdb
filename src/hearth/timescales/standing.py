"""What clocks stand on, read from the database: adopted packs, calendar corrections, and a record's history."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Q, QuerySet

from hearth.access.queries import entities_of_these, entity_of, my_entity
from hearth.ledger.models import Entry
from hearth.ledger.terms import Subject
from hearth.ledger.transactions import once
from hearth.policy.calendars import Correction, Nation
from hearth.policy.packs import Pack
from hearth.policy.queries import Adopted, binding, pack_of, with_own_policy
from hearth.policy.terms import NoPolicy, Sort
from hearth.timescales.clocks import Happening, Ref, Turn
from hearth.timescales.declarations import declared
from hearth.timescales.grounds import Ground
from hearth.timescales.rows import as_happening

ENTRY = ("id", "act", "about_kind", "about_id", "happened_at", "facts")


@dataclass(frozen=True, slots=True)
class Kept:
    """Every adopted pack, and those among them that bind one company's records, or the organisation's: newest first."""

    every: tuple[Adopted, ...]
    bind: tuple[Adopted, ...]

    def in_force(self, at: datetime) -> Pack | None:
        return next((pack_of(each.digest) for each in self.bind if each.in_force_from <= at), None)

    def of(self, digest: str) -> Pack:
        return pack_of(digest)

    def all(self) -> list[Pack]:
        return [pack_of(digest) for digest in {each.digest for each in self.every}]

    def for_entity(self, entity: int | None) -> "Kept":
        return Kept(self.every, binding(self.every, entity))

    def has(self, turn: Turn) -> bool:
        return any((each.in_force_from, each.entity_id) == (turn.at, turn.entity) for each in self.bind)


def ground() -> Ground:
    """The packs and corrections as they are known now. Every happening asks, and a transaction asks once.

    Of a group it is the organisation's; `ground_of` says what one record stands on.
    """
    return once("ground", _ground)


def ground_of(circle_id: int | None) -> Ground:
    """What one record stands on: the policies of its company, where that has its own."""
    known = ground()
    if known.group is None:
        return known
    return known.for_entity(entity_of(circle_id) if circle_id is not None else None)


def pack_for(about: Subject, at: datetime) -> Pack:
    """The pack in force for a record: its company's own, else the organisation's. Raises NoPolicy where none was."""
    return _in_force(ground_of(about.circle_id), at)


def company_of_new(named: Callable[[], int | None]) -> int | None:
    """Whose record one that is about to be made is: the company that is named, else that of the team of whoever acts.

    Asked only where it makes a difference.
    """
    return None if ground().group is None else named() or my_entity()


def is_group() -> bool:
    """Whether a company has a policy of its own, so that it matters whose a record is."""
    return ground().group is not None


def companies_with_policies(circles: Iterable[int | None], at: datetime) -> Mapping[int, int]:
    """The companies of these records that have a policy of their own, by circle: where their clauses are read.

    Asked in one question, and only of a group.
    """
    known = ground()
    if known.group is None or not (asked := {*circles} - {None}):
        return {}
    own = with_own_policy(at)
    return {circle: company for circle, company in entities_of_these(asked).items() if company in own}


def company_with_policy_of(about: Subject, at: datetime) -> int | None:
    """The same of one record."""
    return companies_with_policies([about.circle_id], at).get(about.circle_id or 0)


def pack_for_me(at: datetime) -> Pack:
    """The pack in force for whoever acts, where there is no record yet. Raises NoPolicy where none was."""
    return pack_of_company(company_of_new(lambda: None), at)


def packs_for(records: Iterable[Subject], at: datetime) -> Callable[[Subject], Pack]:
    """The pack in force for each record of a list, in one question: every row has the words of its own company."""
    known = ground()
    entities = entities_of_these({each.circle_id for each in records}) if known.group else {}
    return lambda each: _in_force(known.for_entity(entities.get(each.circle_id or 0)), at)


def pack_of_company(entity: int | None, at: datetime) -> Pack:
    """The pack in force for a company's records: its own, else the organisation's. Raises NoPolicy where none was."""
    return _in_force(ground().for_entity(entity), at)


def _in_force(known: Ground, at: datetime) -> Pack:
    found = known.packs.in_force(at)
    if found is None:
        raise NoPolicy("No policy has been adopted yet")
    return found


def _ground() -> Ground:
    with connection.cursor() as cursor:
        cursor.execute(GROUND)
        rows = cursor.fetchall()
    adopted, corrections, turns = [], [], []
    for place, entry, digest, pack, version, at, nation, day, working, entity in rows:
        if place == ADOPTED:
            adopted.append(Adopted(digest, pack, version, at, entity))
        elif place == CORRECTED:
            corrections.append((entry, Correction(Nation(nation), day, working)))
        else:
            turns.append(Turn(entry, at, digest, entity))
    packs = Kept(tuple(adopted), binding(adopted, None))
    is_group = any(each.entity_id is not None for each in adopted)
    return Ground(packs, tuple(corrections), tuple(turns), packs if is_group else None)


ADOPTED, CORRECTED, TURNED = range(3)  # the places below
GROUND = """
select 0 as place, null::bigint as entry, digest, pack, version, in_force_from, null, null::date, null::boolean,
    entity_id
  from policy_adoption
union all
select 1, entry, null, null, null, null, nation, day, working, null from timescales_calendarcorrection
union all
select 2, entry, digest, null, null, at, null, null, null, entity_id from timescales_turn
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
