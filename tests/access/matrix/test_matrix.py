"""Who may open which address, in which way, about which record: worked out from WHO_MAY and the story, then asked.

The proof of wall one and wall two as a browser meets them. See cells.py for what an ordinary run leaves to `--long`.
"""

import pytest

from access.matrix.asking import NOT_HERE, OPEN
from access.matrix.cells import cells, differences, methods_taken, not_done, rows_and_routes, sampled, wrong_answers
from access.matrix.routes import EVERY_ROW
from access.matrix.tables import KEPT_ATTEMPTS, contents
from hearth.access.terms import Act

# Acts no address stands for yet; the list may only shrink.
WITHOUT_A_PAGE = {

    Act.FIND_HOME, Act.RECORD_HAZARD,
    Act.SEE_MARKERS,

}  # fmt: skip


@pytest.fixture(scope="module")
def every(world, everybody):
    return list(cells(world, everybody, EVERY_ROW))


def test_every_address_has_a_row_and_every_row_an_address():
    assert rows_and_routes(EVERY_ROW) == []


def test_every_act_has_an_address_or_stands_on_the_shrinking_list():
    told = {act for row in EVERY_ROW for acts in (row.get, row.post) for act in acts or ()}
    assert set(Act) - told <= WITHOUT_A_PAGE


def test_every_cell_answers_as_the_table_of_acts_says(world, every):
    asked = [cell for cell in sampled(every) if not cell.is_hidden]
    assert wrong_answers(world, asked) == []
    assert {cell.answer for cell in asked} >= {OPEN, NOT_HERE, "sign in", "second factor"}


def test_whoever_may_do_an_act_does_it_with_the_form_that_others_are_refused(world, every):
    """The control of every refusal: what they send is whole, and takes somebody to the next page."""
    assert not_done(world, [cell for cell in every if cell.answer == OPEN]) == {}


def test_hidden_and_missing_are_one_answer_and_a_refused_act_leaves_nothing_but_the_attempt(world, every, tables):
    asked = [cell for cell in sampled(every) if cell.is_hidden]
    assert len({cell.who.name for cell in asked}) > 15, "of nearly everybody something is hidden"
    before = contents(tables)
    assert differences(world, asked) == []
    assert changed(before, contents(tables)) == {KEPT_ATTEMPTS: 2 * len(asked)}


def test_an_act_refused_to_somebody_who_knows_the_record_leaves_nothing_but_the_attempt(world, every, tables):
    asked = [cell for cell in every if cell.of and cell.answer == NOT_HERE and not cell.is_hidden][::4]
    before = contents(tables)
    assert wrong_answers(world, asked) == []
    assert changed(before, contents(tables)) == {}, "undone"
    assert wrong_answers(world, asked, stays=True) == []
    assert changed(before, contents(tables)) == {KEPT_ATTEMPTS: len(asked)}


def test_an_address_takes_no_method_its_row_does_not_name(world, everybody, tables):
    before = contents(tables)
    assert methods_taken(everybody, EVERY_ROW, world) == []
    assert changed(before, contents(tables)) == {}


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_all_cells_and_not_only_those_whose_turn_it_is(world, every, tables):
    hidden = [cell for cell in every if cell.is_hidden]
    before = contents(tables)
    assert wrong_answers(world, [cell for cell in every if not cell.is_hidden]) == []
    assert differences(world, hidden) == []
    assert changed(before, contents(tables)) == {KEPT_ATTEMPTS: 2 * len(hidden)}


def changed(before, after):
    """The tables that hold something else than before, with how many rows more."""
    return {name: after[name][0] - before[name][0] for name in before if before[name] != after[name]}
