"""A list is read a page at a time from where one is: nothing is left out, nothing comes twice, nothing breaks it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hearth.concerns.models import Concern
from hearth.concerns.queries import QUEUE, queue
from hearth.ledger.paging import By, NotAPlace, Order
from walked import COLD, LOGGED, raised

DUE = [None, LOGGED, LOGGED, LOGGED + timedelta(microseconds=1), LOGGED + timedelta(days=1)]


@pytest.fixture
def waiting(cast):
    """Concerns that wait, in every mixture: some in danger, some without a limit, some with the very same."""
    for danger in (True, False):
        for due in DUE:
            public_id = raised(cast, replace(COLD, danger_now=danger)).public_id
            with cast.acting("triage_officer"):
                Concern.objects.filter(public_id=public_id).update(triage_due_at=due)
    return cast.triage_officer


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 9, 10, 11])
def test_going_on_and_going_back_tells_every_row_once_and_in_order(cast, waiting, limit):
    with cast.acting("triage_officer"):
        whole = list(queue(waiting))
        assert [(row.danger_now, row.triage_due_at) for row in whole] == [
            *((True, due) for due in [*DUE[1:], None]), *((False, due) for due in [*DUE[1:], None])
        ]  # fmt: skip
        pages = [queue(waiting, limit=limit)]
        while pages[-1].next:
            pages.append(queue(waiting, place=QUEUE.place(pages[-1].next), limit=limit))
        assert [row for page in pages for row in page] == whole
        backwards = [pages[-1]]
        while backwards[-1].previous:
            backwards.append(queue(waiting, place=QUEUE.place(backwards[-1].previous, back=True), limit=limit))
        assert backwards == pages[::-1]


def test_a_row_that_comes_meanwhile_moves_no_other_to_another_page(cast, waiting):
    with cast.acting("triage_officer"):
        first, rest = queue(waiting, limit=4), list(queue(waiting))[4:]
    raised(cast, replace(COLD, danger_now=True))
    with cast.acting("triage_officer"):
        assert queue(waiting, place=QUEUE.place(first.next)) == rest
        assert list(queue(waiting))[4:] != rest, "the control: counted from the start it would have moved"


def test_a_place_with_nothing_behind_it_is_answered_with_the_first_page(cast, waiting):
    nowhere = QUEUE.place(f"0__{10**9}")
    with cast.acting("triage_officer"):
        page = queue(waiting, place=nowhere, limit=3)
        assert (page, page.previous) == (queue(waiting, limit=3), None)


@pytest.mark.parametrize(
    "said",
    [
        "x", "_", "___", "2_0_1", "1_0", "1_0_1_1", "-1_0_1", "1_x_1", "1_0_", "1_0_-1", "1_9999999999999999999999_1",
        "1_-999999999999999999_1", "1_0_9223372036854775808", "1_0_1" + "0" * 200, "1_\x00_1", "1_0_1.5",
    ],
)  # fmt: skip
def test_what_is_no_place_is_said_to_be_none(said):
    with pytest.raises(NotAPlace):
        QUEUE.place(said)


def test_a_place_says_what_the_list_is_sorted_by_and_no_words(cast, waiting):
    with cast.acting("triage_officer"):
        page = queue(waiting, limit=1)
    (row,) = page
    assert page.next == f"1_{int(row.triage_due_at.timestamp())}000000_{row.id}"
    days = Order((By("review_on", date), By("id", int)))
    assert days.place("2026-12-03_7").values == (date(2026, 12, 3), 7)
    with pytest.raises(NotAPlace):
        days.place("0001-01-01_7")
    assert Order((By("at", datetime), By("id", int))).place("") is None
