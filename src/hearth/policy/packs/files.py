"""Cuts one TOML file of a pack into its tables, each with the line it stands on."""

import re
import tomllib
from collections.abc import Iterator, Mapping

from hearth.policy.packs.places import Path, lines_of
from hearth.policy.packs.reading import Problem, Table
from hearth.policy.packs.shapes import Place

KEYED_BY = {
    "clause": "id",
    "rule": "id",
    "gate": "id",
    "sign": "code",
    "word": "list code",
    "post": "id",
    "route": "id",
    "decision": "code",
    "threshold": "id",
    "pause": "code",
    "opening": "id",
    "date": "what",
    "training": "id",
    "vetting": "id",
    "statement": "id",
    "metric": "id",
    "report": "id",
    "audit": "id",
    "standard": "id",
    "document": "id",
    "entity": "id",
    "definition": "id",
    "slip": "id",
    "basis": "id",
    "wording": "id",
    "retention": "id",
    "referring": "id",
    "policy": "id",
    "register": "id",
}
# Tables that change what is inherited and are no things themselves.
CHANGING = frozenset({"override", "dropped"})
SINGLE = frozenset({"pack", "on_call", "hears", "reading", "kept_late", "small_numbers", "triage"})
LINE_IN_MESSAGE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


def tables_of(pack: str, file: str, body: bytes, problems: list[Problem]) -> list[tuple[str, Table]]:
    """Every table of one file with its section. What is no table of a pack is a problem."""
    try:
        text = body.decode()
    except UnicodeDecodeError as problem:
        line = body[: problem.start].count(b"\n") + 1
        problems.append(Problem(Place(pack, file, line), "this is not UTF-8 text"))
        return []
    whole = parsed(text, Place(pack, file, 1), problems)
    lines = lines_of(text)
    found: list[tuple[str, Table]] = []
    for section, value in whole.items():
        place = Place(pack, file, lines.get((section,), lines.get((section, 0), 1)))
        for path, values in rows_of(section, value, place, problems):
            found.append((section, table_at(path, values, place, lines, problems)))
    return found


def parsed(text: str, place: Place, problems: list[Problem]) -> dict[str, object]:
    """The file as TOML, or nothing and a problem that names the line."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        found = LINE_IN_MESSAGE.search(str(problem))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        said = LINE_IN_MESSAGE.sub("", str(problem)).strip() or "this is nested too deeply"
        problems.append(Problem(Place(place.pack, place.file, line), f"this is not TOML: {said}"))
        return {}


def rows_of(
    section: str, value: object, place: Place, problems: list[Problem]
) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """The tables of one section with their paths in the file."""
    if section in SINGLE:
        if isinstance(value, dict):
            yield (section,), value
        else:
            problems.append(Problem(place, f"write [{section}] once"))
    elif section not in KEYED_BY and section not in CHANGING:
        problems.append(Problem(place, f"a pack has no “{section}”"))
    elif isinstance(value, list) and all(isinstance(each, dict) for each in value):
        yield from (((section, number), each) for number, each in enumerate(value))
    else:
        problems.append(Problem(place, f"write [[{section}]] for each"))


def table_at(
    path: Path, values: Mapping[str, object], file: Place, lines: Mapping[Path, int], problems: list[Problem]
) -> Table:
    place = Place(file.pack, file.file, lines.get(path, file.line))
    places = {key: Place(file.pack, file.file, lines.get((*path, key), place.line)) for key in values}
    return Table(values, place, places, problems)
