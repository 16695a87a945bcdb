"""Draws docs/map.md from the code: floors, states and who may do what. `python -m hearth.site.map` writes it."""

import importlib
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from hearth.access.rules import WHO_MAY
from hearth.organisation.terms import PARTS_IN_A_RECORD

ROOT = Path(__file__).resolve().parents[3]
MAP = ROOT / "docs" / "map.md"
HEAD = """# The map of the house

Drawn from the code by `python -m hearth.site.map`. Do not edit it: a test compares.
"""


def drawn() -> str:
    """The whole map as Markdown."""
    return "\n".join([HEAD, *floors(), *states(), *who_may()]) + "\n"


def floors() -> Iterator[str]:
    """The packages from the top of the house to the ground, as the import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    yield "## Floors\n\nA floor may use those below it, never those above.\n"
    for number, layer in enumerate(layers):
        yield f"{number + 1}. {' · '.join(f'`{name.strip(" ()")}`' for name in layer.split('|'))}"
    yield ""


def states() -> Iterator[str]:
    """Every table of allowed moves, as a diagram."""
    yield "## States\n"
    for file in sorted((ROOT / "src" / "hearth").glob("*/terms.py")):
        terms = importlib.import_module(f"hearth.{file.parent.name}.terms")
        for name, table in vars(terms).items():
            if name.endswith("MAY_MOVE_TO"):
                what = name.removesuffix("MAY_MOVE_TO").strip("_").replace("_", " ").lower()
                yield f"### {file.parent.name}{f': {what}' if what else ''}\n"
                yield from diagram(table)


def diagram(table: Mapping[StrEnum, frozenset[StrEnum]]) -> Iterator[str]:
    """One table of moves in Mermaid's words."""
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {next(iter(table)).value}"
    for state, others in table.items():
        yield from (f"    {state.value} --> {other.value}" for other in sorted(others))
        if not others:
            yield f"    {state.value} --> [*]"
    yield "```\n"


def who_may() -> Iterator[str]:
    """Each act with the parts that may do it: by post, and by a place in the one record."""
    yield "## Who may\n"
    yield "By post wherever it reaches; by a place in the record only there. Row security decides which rows.\n"
    yield "| act | by post | by a place in the record |\n|---|---|---|"
    for act, parts in WHO_MAY.items():
        posts = sorted(part.value for part in parts - PARTS_IN_A_RECORD)
        places = sorted(part.value for part in parts & PARTS_IN_A_RECORD)
        yield f"| {act.value} | {', '.join(posts)} | {', '.join(places)} |"


if __name__ == "__main__":
    MAP.write_text(drawn())
