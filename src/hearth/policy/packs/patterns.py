"""Patterns: how many of what, in how long, about the same person, home, source or service, are looked at together."""

from dataclasses import dataclass

from hearth.policy.durations import Duration
from hearth.policy.packs.conditions import Condition
from hearth.policy.packs.reading import Table
from hearth.policy.packs.shapes import Place

# What several happenings may have in common, and what must differ between them.
THE_SAME = frozenset({"person", "home", "block", "person_of_concern", "worker", "provider"})
DIFFERENT = frozenset({"person", "home", "reporter"})


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many of what, in how long, make a pattern. The window's last day counts where it is inclusive."""

    id: str
    counts: str
    by: tuple[str, ...]
    number: int
    window: Duration
    inclusive: bool
    distinct: str
    when: Condition | None
    clause: str
    place: Place


def threshold(table: Table) -> Threshold:
    return Threshold(
        id=table.text("id"),
        counts=table.text("counts"),
        by=table.texts("by"),
        number=table.number("number"),
        window=table.duration("window"),
        inclusive=table.flag("inclusive"),
        distinct=table.text("distinct", ""),
        when=table.condition("when"),
        clause=table.text("clause"),
        place=table.place,
    )
