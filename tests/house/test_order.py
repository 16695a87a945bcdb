"""The order of a run: the longest files first, each of them there."""

from pathlib import Path

from longest import LONGEST_FILES, place_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_longest_files_come_first_and_are_there():
    assert [name for name in LONGEST_FILES if not (ROOT / name).is_file()] == []
    assert place_of(f"{LONGEST_FILES[0]}::test_something") < place_of("tests/house/test_order.py::test_something")
