"""Reads of confidential pages are entries: whoever opens one leaves one in the ledger, whatever the page is."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from django.db import connection

from access.matrix.asking import NOT_HERE, OPEN, ask, path_of, undone
from access.matrix.cells import Cell, cells
from access.matrix.people import AT_THE_DOOR
from access.matrix.routes import EVERY_ROW
from hearth.ledger.operations import RECORD
from hearth.ledger.terms import SHOWN

FACTS = 6  # their place among what an entry is written of
# Pages of a record that show no confidential words, and why.
NOTHING_CONFIDENTIAL: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "still_worried", "add_to_concern", "plan_action", "record_contact", "write_note", "review_case",
            "hand_over", "support_in_place", "how_it_was", "reopen_case",
             "join_concern", "bring_in", "invite", "begin_process",
            "high_risk", "concern_add_person", "case_add_person", "classify_hazard", "hazard_step",
        ),
        "an empty form, which says of the record no more than its reference",
    ),
    **dict.fromkeys(
        (
            "user", "change_user", "give_code", "switch_off_user", "switch_on_user", "link_user", "answer_proposal",
            "end_appointment", "cover_shift", "swap_shift",
        ),
        "who works here and in which post, which is told to every colleague",
    ),
    **dict.fromkeys(
        ("proposed_policy", "withdraw_policy", "read_policy", "trial", "trial_file"),
        "the policy, and how many limits it would move: nothing of any record",
    ),
}  # fmt: skip


@contextmanager
def reads_kept() -> Iterator[list[str]]:
    """The acts of the reads that are entered meanwhile."""
    kept: list[str] = []

    def note(execute, sql, values, many, context):
        if sql == RECORD and SHOWN in json.loads(values[FACTS]):
            kept.append(values[0])
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        yield kept


def opened(world, cell: Cell) -> tuple[bool, list[str]]:
    """Whether the page is shown, and the reads it leaves."""
    record = world.records[cell.of].public_id if cell.of else None
    with undone(), reads_kept() as kept:
        answer = ask(cell.who, "GET", path_of(cell.row, world, record))
    return answer.status == 200, kept


@pytest.fixture(scope="module")
def silent(world, everybody):
    """Pages that are shown to somebody and leave no read."""
    found: dict[str, str] = {}
    asked: set[tuple[str, str]] = set()
    of_a_record = [row for row in EVERY_ROW if row.of]
    for cell in cells(world, everybody, of_a_record):
        about = (cell.row.name, cell.of)
        if cell.method != "GET" or cell.answer != OPEN or about in asked or cell.who.name in AT_THE_DOOR:
            continue
        is_shown, kept = opened(world, cell)
        if is_shown:
            asked.add(about)
            if not kept:
                found[cell.row.name] = str(cell)
    return found


def test_every_page_of_a_record_leaves_a_read_or_says_why_it_shows_nothing(silent):
    found = sorted(silent.keys() - NOTHING_CONFIDENTIAL.keys())
    assert not found, ", ".join(found)


def test_no_reason_is_given_for_a_page_that_leaves_a_read(silent):
    """The control: the list may only shrink, and a page that leaves no read is noticed."""
    assert NOTHING_CONFIDENTIAL.keys() - silent.keys() == set()
    assert silent


def test_a_case_that_is_offered_is_named_on_the_first_page_and_that_is_a_read(world, everybody):
    (offered,) = [row for row in EVERY_ROW if row.name == "offered_case"]
    asked = [cell for cell in cells(world, everybody, [offered]) if cell.method == "GET"]
    for cell in asked:
        if cell.who.name not in AT_THE_DOOR:
            with undone(), reads_kept() as kept:
                assert ask(cell.who, "GET", "/").status == 200
            assert kept == (["first.read"] if cell.answer == OPEN else []), cell
    assert {cell.answer for cell in asked} >= {OPEN, NOT_HERE}
