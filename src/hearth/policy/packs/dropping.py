"""What a pack takes out of what it inherits: each with the clause that says so and a reason. The law stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem, Table
from hearth.policy.packs.shapes import Dropped
from hearth.policy.terms import Force

DROPPABLE = ("rule", "gate", "sign", "word", "post", "route", "decision")
# What takes the place of something inherited cites its clause in these; an override of a rule always does.
CITED = frozenset({"sign", "word", "post", "route"})
SUFFIX = "-changes"

type Tables = Mapping[str, dict[str, Table]]


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Something that was inherited, as it was written, and the words that take it out."""

    said: Dropped
    was: Table


def drop(table: Table, tables: Tables) -> TakenOut | None:
    """Take one inherited thing out. What is wrong is complained of, and nothing is taken out."""
    said = Dropped(
        section=table.text("section"),
        key=table.text("key"),
        clause=table.text("clause"),
        why=table.text("why"),
        place=table.place,
    )
    table.finish()
    if said.section not in DROPPABLE:
        table.complain("section", f"“section” must be one of: {', '.join(DROPPABLE)}")
        return None
    was = tables[said.section].get(said.key)
    if was is None or was.place.pack == table.place.pack:
        table.complain("key", f"no {said.section} “{said.key}” is inherited")
        return None
    del tables[said.section][said.key]
    return TakenOut(said, was)


def check_citing(section: str, key: str, table: Table, tables: Tables) -> None:
    """What takes the place of something inherited cites the clause that says so."""
    if section in CITED and key in tables[section] and "clause" not in table.values:
        table.complain("clause", f"“{key}” is inherited: what takes its place cites its “clause”")


def check_dropped(taken: Mapping[str, TakenOut], pack: Pack) -> Iterator[Problem]:
    """Only Hearth's proposals, and what one's own policy wrote, are taken out; a clause says so."""
    own = {pack.name, pack.name.removesuffix(SUFFIX)}
    for each in taken.values():
        said, rests_on = each.said, pack.clauses.get(str(each.was.values.get("clause", "")))
        if said.clause not in pack.clauses:
            yield Problem(said.place, f"there is no clause “{said.clause}”")
        is_law = each.was.values.get("force") == Force.STATUTORY
        if is_law or (rests_on and rests_on.standing != "ours" and rests_on.place.pack not in own):
            source = rests_on.source if rests_on else "the law"
            yield Problem(said.place, f"“{said.key}” stays: it is not Hearth's proposal but rests on {source}")
