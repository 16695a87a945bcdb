"""Monthly counts as a story asserts and prints them: raw figures, asked under the identity of who may see them."""

from collections.abc import Sequence
from datetime import date, datetime

from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.assurance.queries import counted, measures
from hearth.assurance.terms import Cell
from hearth.cli.replay.files import Given
from hearth.cli.replay.filling import text
from hearth.cli.replay.stage import Stage, acting

EVER = date(2000, 1, 1), date(2100, 1, 1)


def check_count(stage: Stage, expected: Given) -> tuple[dict[str, object], str]:
    """One figure of one month against what the file says of it, as somebody is told it."""
    who, code, month = text(expected, "who"), text(expected, "counts"), text(expected, "month")
    part = expected.get("part")
    by = stage.person(who)
    with acting(by):
        cells = counted(by, [code], since=EVER[0], until=EVER[1])
    number = sum(each.number for each in cells if _month(each) == month and part in (None, each.part))
    told = {"who": who, "counts": code, "month": month, "part": part, "number": number}
    named = f"{code} {part or ''}".rstrip()
    wrong = f"{named} of {month} is {number}, not {expected['number']}" if number != expected["number"] else ""
    return told, wrong


def all_counts(stage: Stage, at: datetime) -> Sequence[dict[str, object]]:
    """Every figure that is not nought, where somebody in the story may see counts."""
    viewer = next((each for each in stage.people.values() if may(each.parts, Act.SEE_COUNTS)), None)
    if viewer is None:
        return []
    with acting(viewer):
        codes = [each.code for each in measures(viewer, at=at)]
        cells = counted(viewer, codes, since=EVER[0], until=EVER[1])
    return [{"counts": each.measure, "month": _month(each), "part": each.part, "number": each.number} for each in cells]


def _month(cell: Cell) -> str:
    return f"{cell.month:%Y-%m}"
