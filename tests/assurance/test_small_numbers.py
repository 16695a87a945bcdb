"""What may be told of small figures: no reader can work one out from what is told beside it."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.assurance.rules import KEPT_BACK, SMALL, told_of
from hearth.assurance.terms import Told

LIMIT = 4
PARTS = ("a", "b", "c")


def as_told(*numbers, limit=5):
    return told_of(dict(zip("abcdef", numbers, strict=False)), limit)


@pytest.mark.parametrize(
    ("numbers", "in_all", "parts"),
    [
        ((0, 0), Told(0), [Told(0), Told(0)]),
        ((9, 7), Told(16), [Told(9), Told(7)]),
        ((3, 0), SMALL, [SMALL, Told(0)]),
        ((1, 2), SMALL, [KEPT_BACK, KEPT_BACK]),  # four small parts of “fewer than five” would be one each
        ((2, 9, 30), Told(41), [SMALL, KEPT_BACK, Told(30)]),  # the first of the others is kept back with it
        ((2, 30, 9), Told(41), [SMALL, KEPT_BACK, Told(9)]),  # and not the smallest: it would be known to be that
        ((2, 5, 30), Told(37), [SMALL, KEPT_BACK, KEPT_BACK]),  # a five beside it would hide nothing: 7 less at least 5
        ((4, 4), Told(8), [KEPT_BACK, KEPT_BACK]),  # two small ones that make eight can only be four and four
        ((1, 4), Told(5), [SMALL, SMALL]),  # five may be any of four pairs
        ((1, 1, 1, 1, 1), Told(5), [KEPT_BACK] * 5),
    ],
)
def test_a_small_part_is_not_told_and_not_given_away(numbers, in_all, parts):
    assert as_told(*numbers) == (in_all, dict(zip("abcdef", parts, strict=False)))


def test_a_part_that_is_told_elsewhere_is_kept_back_last():
    told = told_of({"a": 2, "b": 9, "c": 30}, 5, frozenset({"b"}))[1]
    assert told == {"a": SMALL, "b": Told(9), "c": KEPT_BACK}


def possible(in_all, told, most=16):
    """Every month a reader could think of, for what he is told."""
    for numbers in product(range(most), repeat=len(told)):
        fits = all(
            told[part].number == number
            if told[part].number is not None
            else 0 < number < LIMIT
            if told[part].is_small
            else number == 0 or number >= LIMIT or all(each.is_kept_back for each in told.values())
            for part, number in zip(told, numbers, strict=True)
        )
        if fits and (sum(numbers) == in_all.number if in_all.number is not None else 0 < sum(numbers) < LIMIT):
            yield numbers


@settings(max_examples=150, deadline=None)
@given(st.tuples(*[st.integers(0, 9)] * 3))
def test_for_all_that_is_told_a_small_part_may_be_any_small_number(numbers):
    """The reader's side: whoever tries every month there could have been cannot narrow a small part down."""
    in_all, told = told_of(dict(zip(PARTS, numbers, strict=True)), LIMIT)
    if in_all.number is None:
        return
    months = list(possible(in_all, told, most=28))
    for place, (part, number) in enumerate(zip(PARTS, numbers, strict=True)):
        if 0 < number < LIMIT:
            could_be = {month[place] for month in months}
            assert could_be >= {*range(1, LIMIT)} & {*range(1, in_all.number + 1)}, (part, told)
            assert len(could_be) > 1


def test_nor_by_whoever_knows_in_which_order_parts_are_kept_back():
    """Months that are told alike hold every small part with several numbers."""
    alike = {}
    for numbers in product(range(13), repeat=3):
        in_all, told = told_of(dict(zip(PARTS, numbers, strict=True)), LIMIT)
        alike.setdefault((in_all, *told.values()), []).append(numbers)
    for months in alike.values():
        for place in range(3):
            could_be = {month[place] for month in months}
            given_away = [each for each in months if max(each) < 9 and 0 < each[place] < LIMIT and len(could_be) == 1]
            assert given_away == []


def test_the_reader_would_find_a_number_that_was_only_left_out():
    """The control: leaving the small one out and nothing else gives it away."""
    told = {"a": SMALL, "b": Told(9), "c": Told(6)}
    assert {month[0] for month in possible(Told(17), told, most=18)} == {2}
