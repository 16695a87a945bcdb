"""Waiting for something another process does: long enough for a slow machine, and no longer than it takes."""

import time
from collections.abc import Callable

LONGEST = 120  # seconds


def soon(something: Callable[[], object]) -> None:
    """Wait until it holds."""
    until = time.monotonic() + LONGEST
    while not something():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.1)
