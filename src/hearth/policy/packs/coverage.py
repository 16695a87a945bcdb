"""What keeps each clause of a pack, and the clauses that nothing keeps."""

from collections import Counter
from dataclasses import dataclass

from hearth.policy.packs.keeping import TO_COME, Keeper, KeeperKind, Standing, standing
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Clause


@dataclass(frozen=True, slots=True)
class Covered:
    """One clause with everything that keeps it."""

    clause: Clause
    keepers: tuple[Keeper, ...]

    @property
    def standing(self) -> Standing:
        return standing(self.keepers)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The parts of the house that are still to come before all of the clause is kept."""
        return tuple(dict.fromkeys(each.waits_for for each in self.keepers if each.waits_for))


def coverage(pack: Pack, *, inherited: bool = False) -> tuple[Covered, ...]:
    """Every clause of the pack in its order; with those it inherits where asked."""
    clauses = tuple(pack.clauses.values()) if inherited else pack.own_clauses()
    return tuple(Covered(clause, pack.keepers_of(clause.id)) for clause in clauses)


def counted(rows: tuple[Covered, ...]) -> dict[Standing, int]:
    """How many clauses stand how; every standing is named, also where there is none."""
    found = Counter(row.standing for row in rows)
    return {each: found[each] for each in Standing}


def named(keeper: Keeper, pack: Pack) -> str:
    """What the pack calls a keeper: a promise's sentence, a post's title; else the name it goes by in the house."""
    thing = pack.things().get(keeper.kind, {}).get(keeper.name)
    words = (getattr(thing, key, "") for key in ("promise", "sentence", "label", "title", "name", "term", "text"))
    return next(filter(None, words), keeper.name)


def in_words(keeper: Keeper, pack: Pack) -> str:
    """A keeper as somebody reads it: "clock: Reach a resolution"."""
    if keeper.kind is KeeperKind.PLANNED:
        return f"to come: {TO_COME.get(keeper.name, keeper.name)}"
    later = f" (to come: {TO_COME[keeper.waits_for]})" if keeper.waits_for else ""
    if keeper.is_idle:
        later = " (written down: nothing in Hearth acts on it)"
    return f"{keeper.kind}: {named(keeper, pack)}{later}"
