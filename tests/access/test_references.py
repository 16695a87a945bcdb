"""A reference survives being read out over a bad line."""

import pytest

from hearth.access import references
from hearth.access.references import ALPHABET, NotAReference


def test_a_reference_is_random_readable_and_checked(cast):
    claimed = [references.claim("C") for _ in range(300)]
    assert len(set(claimed)) == 300
    assert claimed != sorted(claimed)
    for reference in claimed:
        assert references.read(reference) == reference
        assert references.read(f" {reference.lower().replace('-', ' ')} ") == reference


def test_one_misheard_character_or_two_swapped_are_noticed(cast):
    reference = references.claim("C")
    places = [place for place, character in enumerate(reference) if place >= 2 and character != "-"]
    for place in places:
        for other in ALPHABET:
            if other != reference[place]:
                with pytest.raises(NotAReference):
                    references.read(reference[:place] + other + reference[place + 1 :])


@pytest.mark.parametrize("typed", ["", "C-", "C-1KQ4-M2", "C-7KQ4-M", "7KQ4-M2", "C-AEIO-UU", "C-7KQ4-M22"])
def test_what_cannot_be_a_reference_is_said_to_be_none(typed):
    with pytest.raises(NotAReference, match="looks like"):
        references.read(typed)
