"""Whatever is sent, who may not is answered as if nothing were there: by pages and by the API.

Nothing, nonsense, what is stale, what names nobody; and an id that is there, and is of something else. Each refused act
is asked in one way in an ordinary run, in every way with `--long`. What is whole is asked in test_matrix and test_api.
"""

import uuid
import zlib

import pytest

from access.matrix.asking import NOT_HERE, Answer, ask, masked, path_of, undone
from access.matrix.bodies import Bodies
from access.matrix.calling import EVERY, bodies_in, called, refusals, rows_of, systems_of
from access.matrix.cells import Cell, between, cells, few, filled, id_in
from access.matrix.people import SIGNED_IN
from access.matrix.routes import EVERY_ROW
from access.matrix.sent import BESIDE_WHOLE, Change

# Records of the story that one kind of address is of, whichever of them a row names.
OF_A_KIND = (
    {"concern", "waiting", "staff", "watched"}, {"case", "offered_case", "ending_case", "closed_case", "quiet_case"},
    {"alert", "ringing"}, {"limit", "paused", "late"}, {"referral", "answered"}, {"person", "known_person"},
    {"user", "leaver"}, {"concern_marker", "case_marker"},
)  # fmt: skip
ASKING = ("lead", "owner", "worker", "guest", "triage_officer", "surveyor", "reporter", "relative_in_triage")


@pytest.fixture(scope="module")
def on_pages(world, everybody):
    return [cell for cell in cells(world, everybody, EVERY_ROW) if cell.method == "POST" and cell.of]


@pytest.fixture(scope="module")
def systems(world, everybody):
    return systems_of({name: everybody[name] for name in ASKING})


@pytest.fixture(scope="module")
def bodies(world, systems):
    return bodies_in(world, systems)


@pytest.fixture(scope="module")
def by_systems(world, systems):
    return [cell for cell in cells(world, systems, rows_of(EVERY.values())) if cell.method == "POST" and cell.of]


def test_a_page_refuses_alike_whatever_is_sent(world, on_pages):
    refused = [cell for cell in few(on_pages) if cell.answer == NOT_HERE]
    found = [each for cell in refused for each in wrong_on_page(world, cell, one_way(cell))]
    assert not found, "\n".join(found)
    assert {one_way(cell) for cell in refused} == set(BESIDE_WHOLE)


def test_an_operation_refuses_alike_whatever_is_sent(world, by_systems, bodies: Bodies):
    refused = [cell for cell in few(by_systems) if cell.answer == NOT_HERE]
    found = [each for cell in refused for each in refusals(world, [cell], bodies, one_way(cell))]
    assert not found, "\n".join(found)
    assert {one_way(cell) for cell in refused} == set(BESIDE_WHOLE)


def test_what_is_of_another_kind_is_not_there(world, everybody, systems, bodies: Bodies):
    """Asked by the lead, who may know of nearly everything: a case is no concern, and its id opens none."""
    assert [each for cell, other in of_other_kinds(world, everybody, EVERY_ROW, some=True)
            if (each := unlike_on_page(world, cell, other))] == []  # fmt: skip
    assert [each for cell, other in of_other_kinds(world, systems, rows_of(EVERY.values()), some=True)
            if (each := unlike_in_api(world, cell, bodies, other))] == []  # fmt: skip


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_every_refused_act_is_asked_in_every_way(world, on_pages, by_systems, bodies: Bodies):
    found = []
    for way in BESIDE_WHOLE:
        for cell in on_pages:
            if cell.answer == NOT_HERE:
                found += wrong_on_page(world, cell, way)
        found += refusals(world, [cell for cell in by_systems if cell.answer == NOT_HERE], bodies, way)
    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_no_id_of_any_record_opens_what_is_of_another_kind(world, everybody, systems, bodies: Bodies):
    pages = of_other_kinds(world, everybody, EVERY_ROW)
    found = [each for cell, other in pages if (each := unlike_on_page(world, cell, other))]
    operations = of_other_kinds(world, systems, rows_of(EVERY.values()))
    found += [each for cell, other in operations if (each := unlike_in_api(world, cell, bodies, other))]
    assert not found, "\n".join(found)


def test_a_page_that_judges_before_it_asks_who_sends_would_be_found(world, on_pages):
    """The control: somebody who may is told what is missing, and that is no refusal."""
    assert set(ASKING) <= set(SIGNED_IN)
    let = next(cell for cell in on_pages if cell.row.name == "write_note" and cell.answer != NOT_HERE)
    assert [each.endswith(": 200") for each in wrong_on_page(world, let, BESIDE_WHOLE[0])] == [True]


def one_way(cell: Cell) -> Change:
    """The way in which an ordinary run asks a cell: it depends on the cell alone."""
    return BESIDE_WHOLE[zlib.crc32(str(cell).encode()) % len(BESIDE_WHOLE)]


def sent_to_page(world, cell: Cell, change: Change, which: uuid.UUID | None) -> Answer:
    with undone():
        return ask(cell.who, cell.method, path_of(cell.row, world, which), change(filled(world, cell) or {}))


def wrong_on_page(world, cell: Cell, change: Change) -> list[str]:
    """What is wrong with a refusal: that it is none, or that hidden is not missing."""
    hidden, missing = id_in(world, cell), uuid.uuid4()
    there = sent_to_page(world, cell, change, hidden)
    if there.status != 404:
        return [f"{change.__name__} {cell}: {there.status}"]
    if not cell.is_hidden:
        return []
    not_there = sent_to_page(world, cell, change, missing)
    return [f"{change.__name__} {cell}: {each}" for each in between({hidden: there, missing: not_there})]


def of_other_kinds(world, people, rows, *, some=False):
    """What the lead asks about a record, and the id of another kind of record; one such of every third address, where
    `some` are enough."""
    for row in rows:
        if not row.of or row.own_answer:
            continue
        same = {*row.of}.union(*(kind for kind in OF_A_KIND if not kind.isdisjoint(row.of)))
        others = [each.public_id for name, each in world.records.items() if name not in same]
        turn = zlib.crc32(row.name.encode())
        if some and turn % 3:
            continue
        for method in sorted(row.methods - {"HEAD"}):
            cell = Cell(row, method, people["lead"], row.of[0], "", is_hidden=False, has_place=False)
            yield from ((cell, other) for other in ([others[turn % len(others)]] if some else others))


def unlike_on_page(world, cell: Cell, other: uuid.UUID) -> str:
    missing = uuid.uuid4()
    answers = [sent_to_page(world, cell, dict, which) for which in (other, missing)]
    return unlike(cell, other, missing, answers)


def unlike_in_api(world, cell: Cell, bodies: Bodies, other: uuid.UUID) -> str:
    missing = uuid.uuid4()
    return unlike(cell, other, missing, [called(world, cell, bodies, which=which) for which in (other, missing)])


def unlike(cell: Cell, other: uuid.UUID, missing: uuid.UUID, answers: list[Answer]) -> str:
    there, not_there = masked(answers[0], str(other)), masked(answers[1], str(missing))
    return "" if there == not_there else f"{cell} with {other}: {there!r} and {not_there!r}"[:800]
