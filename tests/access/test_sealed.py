"""What is sealed opens only where it was sealed, and still opens after the key was changed."""

import secrets
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from hearth.access.sealed import CannotOpen, seal, unseal

ROW = str(uuid.UUID(int=7))


@given(st.text())
def test_what_is_sealed_can_be_read_again_at_its_place(text):
    assert unseal(seal(text, table="t", row=ROW, column="c"), table="t", row=ROW, column="c") == text


def test_the_same_words_never_look_the_same_twice():
    assert seal("14 Refuge Road", table="t", row=ROW, column="c") != seal(
        "14 Refuge Road", table="t", row=ROW, column="c"
    )


@pytest.mark.parametrize(
    "moved",
    [
        {"table": "other", "row": ROW, "column": "c"},
        {"table": "t", "row": str(uuid.UUID(int=8)), "column": "c"},
        {"table": "t", "row": ROW, "column": "d"},
    ],
)
def test_a_value_moved_to_another_place_does_not_open(moved):
    value = seal("14 Refuge Road", table="t", row=ROW, column="c")
    with pytest.raises(CannotOpen):
        unseal(value, **moved)
    assert unseal(value, table="t", row=ROW, column="c") == "14 Refuge Road"


@pytest.mark.parametrize("spoil", [lambda v: v[:-1], lambda v: v[:5], lambda v: b"", lambda v: v[:1] + b"\x63" + v[2:]])
def test_a_value_that_was_changed_does_not_open(spoil):
    with pytest.raises(CannotOpen):
        unseal(spoil(seal("code word: heron", table="t", row=ROW, column="c")), table="t", row=ROW, column="c")


def test_a_second_key_seals_from_now_on_and_the_first_still_opens():
    before = seal("heron", table="t", row=ROW, column="c")
    second = Path(settings.HEARTH_KEYS) / "fields" / "2.key"
    second.write_bytes(secrets.token_bytes(32))
    try:
        after = seal("heron", table="t", row=ROW, column="c")
        assert (before[1], after[1]) == (1, 2)
        assert unseal(before, table="t", row=ROW, column="c") == unseal(after, table="t", row=ROW, column="c")
    finally:
        second.unlink()
