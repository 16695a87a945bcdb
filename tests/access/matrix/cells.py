"""Every cell of the matrix, which of them an ordinary run asks, and what is found wrong with them.

The whole is route x method x person x record. An ordinary run asks, of all who must be answered alike about one record
(who may, who know of it and may not, who may not know of it, who stand at the door), one who takes a turn, and two of
those to whom the story gave a place in the record or whom it shut out. `./hearth test --long` asks all of them.
"""

import re
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

from access.matrix.answers import ANSWERS, SHOW_WHAT_CAME
from access.matrix.asking import (
    ALL_METHODS,
    NOT_HERE,
    NOT_TAKEN,
    OPEN,
    SECOND_FACTOR,
    SIGN_IN,
    Answer,
    ask,
    expected,
    knows,
    masked,
    path_of,
    routes,
    undone,
)
from access.matrix.people import AT_THE_DOOR, Column
from access.matrix.routes import Row
from access.matrix.world import World
from hearth.web.gates import Door, door_of

DONE, ERRORS = "done", "There is a problem"


@dataclass(frozen=True)
class Cell:
    """One person asks one address in one way about one record."""

    row: Row
    method: str
    who: Column
    of: str
    answer: str  # what it must be
    is_hidden: bool  # the person may not know that the record is there
    has_place: bool  # the story gave this person a place in the record, or shut them out

    def __str__(self) -> str:
        return f"{self.method} {self.row.name} {self.of} by {self.who.name}"


def cells(world: World, everybody: Mapping[str, Column], rows: Iterable[Row]) -> Iterator[Cell]:
    """All of them, but for the methods an address does not take."""
    for row in rows:
        for method in sorted(row.methods - {"HEAD"}):
            for of in row.of or ("",):
                for who in everybody.values():
                    answer = expected(world, row, method, who, of)
                    hidden = answer == NOT_HERE and bool(of) and not knows(who, world.records[of])
                    yield Cell(row, method, who, of, answer, hidden, _has_place(world, of, who))


def sampled(every: Iterable[Cell]) -> list[Cell]:
    """Those an ordinary run asks. The turn depends on the address alone, so that every run asks the same."""
    of_address: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in every:
        of_address.setdefault((cell.row.name, cell.method, cell.of), []).append(cell)
    return [cell for address, there in of_address.items() for cell in _some(zlib.crc32(repr(address).encode()), there)]


def few(every: Iterable[Cell]) -> list[Cell]:
    """One of each address for each answer, of what is hidden and of what is not: where more would take too long."""
    alike: dict[tuple[str, str, str, bool], list[Cell]] = {}
    for cell in every:
        alike.setdefault((cell.row.name, cell.method, cell.answer, cell.is_hidden), []).append(cell)
    return [these[zlib.crc32(repr(about).encode()) % len(these)] for about, these in alike.items()]


def _some(turn: int, there: list[Cell]) -> list[Cell]:
    alike: dict[tuple[str, bool, bool], list[Cell]] = {}
    for cell in there:
        answer = "at the door" if cell.who.name in AT_THE_DOOR else cell.answer
        alike.setdefault((answer, cell.is_hidden, cell.has_place), []).append(cell)
    return [
        these[(turn + step * 7) % len(these)]
        for (_, _, has_place), these in alike.items()
        for step in range(min(2 if has_place else 1, len(these)))
    ]


def rows_and_routes(rows: Iterable[Row]) -> list[str]:
    """An address without a row, a row without an address, a row that names another door than the page's."""
    named = {row.name: row for row in rows}
    there = {name: page for name, _, page in routes() if not name.startswith("api:")}
    found = [f"{name}: no row says who may open it" for name in there.keys() - named.keys()]
    found += [f"{name}: there is no such address" for name in named.keys() - there.keys()]
    for name in there.keys() & named.keys():
        if door_of(there[name]) is not named[name].door:
            found.append(f"{name}: stands behind the door “{door_of(there[name]).value}”")
    return sorted(found)


def wrong_answers(world: World, these: Iterable[Cell], *, stays: bool = False) -> list[str]:
    """Cells that answer otherwise than they must. Whatever they do is undone, unless it `stays`."""
    found = []
    for cell in these:
        with nullcontext() if stays else undone():
            answer = ask(cell.who, cell.method, path_of(cell.row, world, id_in(world, cell)), filled(world, cell))
        if not _fits(cell, answer):
            found.append(f"{cell}: answers “{answer.kind}”, must be “{cell.answer}”")
    return found


def differences(world: World, these: Iterable[Cell]) -> list[str]:
    """Cells in which a hidden record's id is answered otherwise than an id that never was. They are not undone."""
    found = []
    for cell in these:
        hidden, missing = id_in(world, cell), uuid.uuid4()
        answers = {
            asked: ask(cell.who, cell.method, path_of(cell.row, world, asked), filled(world, cell))
            for asked in (hidden, missing)
        }
        if not _fits(cell, answers[hidden]):
            found.append(f"{cell}: answers “{answers[hidden].kind}”, must be “{cell.answer}”")
        found += [f"{cell}: {difference}" for difference in between(answers)]
    return found


def not_done(world: World, these: Iterable[Cell]) -> dict[str, str]:
    """Addresses whose form, as it is filled in, does nothing for anybody who may send it, with what they read."""
    told: dict[str, str] = {}
    for cell in these:
        name = cell.row.name
        if cell.method != "POST" or cell.row.own_answer or told.get(name) == DONE:
            continue
        with undone():
            answer = ask(cell.who, "POST", path_of(cell.row, world, id_in(world, cell)), filled(world, cell))
        told[name] = DONE if _is_done(cell, answer) else _complaint(answer, cell)
    return {name: what for name, what in told.items() if what != DONE}


def _is_done(cell: Cell, answer: Answer) -> bool:
    if cell.row.name in SHOW_WHAT_CAME:
        return answer.status == 200 and ERRORS not in answer.body
    return answer.status == 302


def _complaint(answer: Answer, cell: Cell) -> str:
    summary = answer.body.partition(ERRORS)[2].partition("</ul>")[0]
    return f"{answer.status} for {cell.who.name} about {cell.of}: {' '.join(re.sub('<[^>]+>', ' ', summary).split())}"


def methods_taken(everybody: Mapping[str, Column], rows: Iterable[Row], world: World) -> list[str]:
    """Methods that an address does not take and answers to all the same."""
    found = []
    for row in rows:
        who = everybody["lead"] if row.door is not Door.ANYONE else everybody[AT_THE_DOOR[0]]
        path = path_of(row, world, world.records[row.of[0]].public_id if row.of else None)
        for method in ALL_METHODS:
            if method in row.methods:
                continue
            with undone():
                answer = ask(who, method, path, {} if method == "POST" else None)
            if answer.kind not in (NOT_TAKEN, SIGN_IN, SECOND_FACTOR):
                found.append(f"{method} {row.name}: answers “{answer.kind}”")
    return found


def between(answers: Mapping[uuid.UUID, Answer]) -> Iterator[str]:
    (hidden_id, hidden), (missing_id, missing) = answers.items()
    pairs = zip(masked(hidden, str(hidden_id)), masked(missing, str(missing_id)), strict=True)
    for what, (there, not_there) in zip(("status", "headers", "body", "queries"), pairs, strict=True):
        if there != not_there:
            yield f"hidden and missing differ in {what}: {there!r} and {not_there!r}"[:1000]


def _has_place(world: World, of: str, who: Column) -> bool:
    if not of:
        return False
    record = world.records[of]
    return who.name in record.parts or who.name in record.own or who.name in record.shut_to


def _fits(cell: Cell, answer: Answer) -> bool:
    if cell.row.own_answer and cell.answer == OPEN:
        return answer.status < 500
    return answer.kind == cell.answer


def id_in(world: World, cell: Cell) -> uuid.UUID | None:
    return world.records[cell.of].public_id if cell.of else None


def filled(world: World, cell: Cell) -> Mapping[str, object] | None:
    if cell.method != "POST":
        return None
    more = cell.row.fill or ANSWERS.get(cell.row.name)
    return {**world.forms.get((cell.row.name, cell.of), {}), **(more(world) if more else {})}
