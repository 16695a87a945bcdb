"""What nobody types and somebody sends: no page and no operation falls over it, whoever may use it sends it.

An ordinary run spoils one answer of every fourth form, `--long` every answer in every way, and what addresses ask for.
"""

import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

import pytest

from access.matrix.asking import OPEN, ask, path_of, undone
from access.matrix.cells import Cell, cells, filled, id_in
from access.matrix.routes import EVERY_ROW

LONG_NUMBER = "9" * 5000  # more digits than Python reads at once
ODD = {
    "a NUL": "7\0",
    "a long number": LONG_NUMBER,
    "a number too big for a row": "9" * 18,
    "digits of another script": "٧٧٧",
    "a superscript": "²",
    "below nothing": "-1",
    "half a character": "\ud83d",
    "an id in capitals": "8C1C0F5E-6C3D-4C58-9F0E-0D4F3A1B2C3D",
    "an id in braces": "{8c1c0f5e-6c3d-4c58-9f0e-0d4f3a1b2c3d}",
    "much": "x" * 30_000,
    "not a number": "nan",
}
# What addresses of ours ask for behind the question mark: asked for together, but for what is answered before the rest.
ASKED_FOR = (
    "next after before rule whose week who post named measure months step then what since-day person sort reference"
    " clause print place page sent from",
    "company", "month",
)  # fmt: skip
Spoilt = tuple[Cell, str, str]  # the cell, the answer that is spoilt, and how


@pytest.fixture(scope="module")
def let(world, everybody) -> list[Cell]:
    """Of each address, in each way, somebody who may use it."""
    found: dict[tuple[str, str], Cell] = {}
    for cell in cells(world, everybody, EVERY_ROW):
        if cell.answer == OPEN:
            found.setdefault((cell.row.name, cell.method), cell)
    return list(found.values())


def spoilt(world, let: Iterable[Cell]) -> Iterator[Spoilt]:
    for cell in let:
        names = sorted(filled(world, cell) or {}) if cell.method == "POST" else ASKED_FOR
        yield from ((cell, name, how) for name in names for how in ODD)


def fallen(world, these: Iterable[Spoilt]) -> list[str]:
    """Where an answer was no answer."""
    found = []
    for cell, name, how in these:
        path, odd = path_of(cell.row, world, id_in(world, cell)), ODD[how]
        with undone():
            if cell.method == "POST":
                answer = ask(
                    cell.who, "POST", path, {**(filled(world, cell) or {}), name: odd.encode("utf-8", "surrogatepass")}
                )
            else:
                answer = ask(
                    cell.who, "GET", f"{path}?{urlencode(dict.fromkeys(name.split(), odd), errors='surrogatepass')}"
                )
        if answer.status >= 500:
            found.append(f"{cell}: {how} as {name}: {answer.status}")
    return found


def test_no_page_falls_over_one_odd_answer(world, let):
    by_cell: dict[str, list[Spoilt]] = {}
    for each in spoilt(world, let):
        by_cell.setdefault(str(each[0]), []).append(each)
    turns = [these[zlib.crc32(cell.encode()) % len(these)] for cell, these in list(by_cell.items())[::4]]
    found = fallen(world, turns)
    assert not found, "\n".join(found)
    assert len(turns) > 60


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_no_page_falls_over_any_odd_answer(world, let):
    found = fallen(world, spoilt(world, let))
    assert not found, "\n".join(found)
