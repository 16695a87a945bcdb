"""Everything that is wrong with a pack in a folder: by itself, against the house, and in its worked dates."""

from pathlib import Path

from hearth.access.terms import Act
from hearth.organisation.terms import Part
from hearth.policy.packs import BadPack, Problem, check_declared, check_whole, load, wrong_dates
from hearth.timescales.declarations import declared


def check_pack(folder: Path) -> list[Problem]:
    """Every problem with its file and line; none where the pack may be adopted."""
    try:
        pack = load(folder)
    except BadPack as bad:
        return list(bad.problems)
    acts = {act.name.lower() for act in Act}
    against_the_house = check_declared(pack, declared(), {str(part) for part in Part}, acts)
    return [*against_the_house, *check_whole(pack), *wrong_dates(pack)]
