"""Each operation of the API, from its own list: who may by WHO_MAY and the story, and hidden is missing there too.

What is sent is whole and valid: it is taken from somebody who may, and answered as missing to who may not. See cells.py
for what an ordinary run leaves to `--long`.
"""

from dataclasses import replace

import pytest

from access.matrix.asking import NOT_HERE, OPEN, Answer, masked
from access.matrix.bodies import Bodies
from access.matrix.calling import ACTS, EVERY, OF_RECORDS, bodies_in, called, refusals, rows_of, systems_of
from access.matrix.cells import cells, few
from access.matrix.counterparts import OF, argument
from access.matrix.people import SIGNED_IN
from access.matrix.sent import whole

ASKING = (
    "lead", "owner", "worker", "guest", "manager", "triage_officer", "surveyor", "repairs", "reporter", "outsider",
    "relative_in_triage",
)  # fmt: skip


@pytest.fixture(scope="module")
def systems(world, everybody):
    """A system for each of them, with a token for everything. A cookie opens nothing here, so none is sent."""
    return systems_of({name: everybody[name] for name in ASKING})


@pytest.fixture(scope="module")
def bodies(world, systems):
    return bodies_in(world, systems)


@pytest.fixture(scope="module")
def every(world, systems):
    return list(cells(world, systems, rows_of(EVERY.values())))


def test_every_operation_is_of_a_record_of_the_story_or_of_none():
    assert {argument(each) for each in OF_RECORDS} == set(OF)
    assert set(ASKING) <= set(SIGNED_IN)


def test_who_may_not_is_answered_as_if_nothing_were_there(world, every, bodies: Bodies):
    refused = [cell for cell in few(every) if cell.answer == NOT_HERE]
    found = refusals(world, refused, bodies, whole)
    assert not found, "\n".join(found)
    assert len(refused) > 100


def test_what_is_refused_to_one_is_taken_from_whoever_may(world, every, bodies: Bodies):
    taken, found = not_taken(world, every, bodies, once=True)
    assert not found, "\n".join(found)
    assert {each.name for each in ACTS} - taken == set()


def test_who_may_read_reads(world, every, bodies: Bodies):
    reads = [cell for cell in few(every) if cell.answer == OPEN and cell.method == "GET" and cell.of]
    answers = {str(cell): called(world, cell, bodies).status for cell in reads}
    assert {where: status for where, status in answers.items() if status != 200} == {}
    assert len(answers) > 10


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_every_system_asks_every_operation_about_every_record(world, every, bodies: Bodies):
    found = refusals(world, [cell for cell in every if cell.answer == NOT_HERE], bodies, whole)
    found += not_taken(world, every, bodies)[1]
    assert not found, "\n".join(found)


def test_words_that_are_judged_before_it_is_asked_who_sends_them_would_be_found(world, every, bodies: Bodies):
    """The control: what is not whole is told so to anybody, and that is no refusal."""
    refused = [cell for cell in every if cell.answer == NOT_HERE and cell.row.name == "write_note"]
    found = refusals(world, refused, bodies, without_words)
    assert len(found) == len(refused) > 5
    assert all(": 422 " in each for each in found)


def test_a_difference_would_be_found():
    there = Answer(404, {"X-Request-Id": "1"}, "{}", ())
    assert masked(there, "-") != masked(replace(there, body='{"kind": "case"}'), "-")


def without_words(sent):
    return {"text": ""}


def not_taken(world, these, bodies: Bodies, *, once=False) -> tuple[set[str], list[str]]:
    """Which acts were taken from somebody who may, in the record they can be done in, and what stood in the way of the
    others. `once` is enough for each where one was."""
    found, taken = {}, set()
    for cell in these:
        if cell.method == "GET" or cell.answer != OPEN or cell.of != bodies.done_in(cell.row.name):
            continue
        if once and cell.row.name in taken:
            continue
        answer = called(world, cell, bodies, is_first=True)
        if 200 <= answer.status < 300:
            taken.add(cell.row.name)
        else:
            found[cell.row.name] = f"{cell}: {answer.status} {answer.body[:300]}"
    return taken, [said for name, said in found.items() if name not in taken]
