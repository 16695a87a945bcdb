"""Waiting for something another process does: long enough for a slow machine, and no longer than it takes."""

import time
from collections.abc import Callable
from pathlib import Path

LONGEST = 120  # seconds


def soon(something: Callable[[], object]) -> None:
    """Wait until it holds."""
    until = time.monotonic() + LONGEST
    while not something():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.1)


def runs(process: int) -> bool:
    """Whether a process of that number is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:  # it may go while we read
        return False
