"""Tells every record's history again and compares: the clocks rebuilt from the ledger must equal those that are kept.

Works in stretches of records, each in a transaction of its own, so that it runs beside the house and stays small.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Min, Q

from hearth.access.identity import as_the_house
from hearth.access.queries import entities_of
from hearth.ledger.models import Entry
from hearth.timescales.clocks import Clock, Happening, Ref
from hearth.timescales.engine import changes, fold
from hearth.timescales.grounds import Ground
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.moving import ALWAYS, save
from hearth.timescales.rows import as_clock, as_happening
from hearth.timescales.standing import ENTRY, touching
from hearth.timescales.standing import ground as ground_now
from hearth.timescales.terms import State

STRETCH = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """A clock that is not what the ledger says: `kept` is in the table, `told` is what the ledger tells."""

    about: Ref
    rule: str
    kept: Clock | None
    told: Clock | None

    def __str__(self) -> str:
        record = f"{self.about[0]} {self.about[1]}, {self.rule}"
        if self.kept is None:
            return f"{record}: the ledger tells of a promise that is not kept"
        if self.told is None or self.told.state is State.VOID:
            return f"{record}: a promise is kept that the ledger does not tell of"
        names = (name for name in Clock.__slots__ if getattr(self.kept, name) != getattr(self.told, name))
        return f"{record}: differs in {', '.join(names)}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some records of one kind, from number `low` on."""

    kind: str
    low: int

    @property
    def rows(self) -> Q:
        """Its entries and clocks."""
        return Q(about_kind=self.kind, about_id__gte=self.low, about_id__lt=self.low + STRETCH)


def check_clocks() -> Iterator[Difference]:
    """Every difference between the clocks that are kept and those the ledger tells; none where all is well."""
    ground = ground_in_force()
    for stretch in every_stretch(ground):
        yield from check_stretch(stretch, ground)


def check_stretch(stretch: Stretch, ground: Ground) -> list[Difference]:
    """The differences of one stretch, in a transaction of its own. Several processes may check at once."""
    with transaction.atomic(), as_the_house():
        found = differences_in(stretch, rows_of(stretch), ground)
    return [each for _, _, differences in found for each in differences]


def rebuild_clocks() -> int:
    """Make the clocks what the ledger tells. Returns how many were wrong."""
    mended, ground = 0, ground_in_force()
    for stretch in every_stretch(ground):
        with transaction.atomic(), as_the_house():
            rows = rows_of(stretch)
            for circle_id, ref, differences in differences_in(stretch, rows, ground):
                changed = [each.told for each in differences if each.told]
                save(changed, {as_clock(row).key: row for row in rows.get(ref, [])}, circle_id, ground)
                mended += len(differences)
    return mended


def ground_in_force() -> Ground:
    """What the clocks stand on, read once for a whole check."""
    with transaction.atomic(), as_the_house():
        return ground_now()


def every_stretch(ground: Ground) -> list[Stretch]:
    """All records that anything is told or kept of, in stretches."""
    kinds = sorted({rule.about for pack in ground.packs.all() for rule in pack.rules.values()})
    with transaction.atomic(), as_the_house():
        numbers = {kind: bounds(kind) for kind in kinds}
    return [Stretch(kind, low) for kind, (first, last) in numbers.items() for low in range(first, last + 1, STRETCH)]


type Found = list[tuple[int, Ref, list[Difference]]]


def bounds(kind: str) -> tuple[int, int]:
    """The lowest and highest number of a kind of record that anything is told or kept of."""
    told = Entry.objects.filter(about_kind=kind).aggregate(low=Min("about_id"), high=Max("about_id"))
    kept = ClockRow.objects.filter(about_kind=kind).aggregate(low=Min("about_id"), high=Max("about_id"))
    numbers = [each for each in (told["low"], told["high"], kept["low"], kept["high"]) if each is not None]
    return (min(numbers), max(numbers)) if numbers else (0, -1)


def rows_of(stretch: Stretch) -> dict[Ref, list[ClockRow]]:
    found: dict[Ref, list[ClockRow]] = {}
    for row in ClockRow.objects.filter(stretch.rows).order_by("id"):
        found.setdefault((stretch.kind, row.about_id), []).append(row)
    return found


def differences_in(stretch: Stretch, rows: dict[Ref, list[ClockRow]], ground: Ground) -> Found:
    histories, circles = histories_of(stretch.kind, stretch.rows, ground)
    circles |= {ref: each[0].circle_id for ref, each in rows.items()}
    stands = grounds_of(circles, ground)
    found: Found = []
    for ref in sorted({*rows, *histories}):
        kept = [as_clock(row) for row in rows.get(ref, [])]
        told = fold(histories.get(ref, []), ref, stands.get(ref, ground))
        known = {clock.key: clock for clock in kept}
        differences = [Difference(ref, clock.rule, known.get(clock.key), clock) for clock in changes(kept, told)]
        if differences:
            found.append((circles[ref], ref, differences))
    return found


def grounds_of(circles: Mapping[Ref, int], ground: Ground) -> dict[Ref, Ground]:
    """What each of these records stands on, by its company. Nothing where no company has a policy of its own."""
    if ground.group is None:
        return {}
    entities = entities_of(set(circles.values()))
    by_entity = {entity: ground.for_entity(entity) for entity in {None, *entities.values()}}
    return {ref: by_entity[entities.get(circle)] for ref, circle in circles.items()}


def histories_of(
    kind: str, which: Q, ground: Ground, more: frozenset[str] = frozenset()
) -> tuple[dict[Ref, list[Happening]], dict[Ref, int]]:
    """What happened to each of these records or touched it, and the circle each is in; `more` are further acts."""
    listened = {act for pack in ground.packs.all() for rule in pack.rules.values() for act in rule.acts()}
    listened |= ALWAYS | more
    own = Entry.objects.filter(which, act__in=listened)
    found: dict[Ref, list[Happening]] = {}
    circles: dict[Ref, int] = {}
    for *entry, circle_id in own.order_by("id").values_list(*ENTRY, "circle_id"):
        happening = as_happening(*entry)
        found.setdefault(happening.about, []).append(happening)
        if circle_id is not None:
            circles.setdefault(happening.about, circle_id)
    acts = [act for act in touching(kind) if act in listened]
    if acts and circles:
        others = Entry.objects.filter(circle_id__in=set(circles.values()), act__in=acts).exclude(about_kind=kind)
        for row in others.values_list(*ENTRY):
            happening = as_happening(*row)
            for ref in happening.also:
                if ref in found:
                    found[ref].append(happening)
    return found, circles
