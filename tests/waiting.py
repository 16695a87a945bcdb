"""Waiting for something another process does: long enough for a slow machine, and no longer than it takes.

Much that is done one after the other is not waited for by the clock: as long as some of it is done, it goes on.
"""

import time
from collections.abc import Callable
from pathlib import Path

LONGEST = 120  # seconds in which nothing happens


def soon(something: Callable[[], object], *, done: Callable[[], object] = lambda: None) -> None:
    """Wait until it holds. `done` tells how much is done: whenever it tells something else, patience begins anew."""
    until, before = time.monotonic() + LONGEST, done()
    while not something():
        if (by_now := done()) != before:
            until, before = time.monotonic() + LONGEST, by_now
        assert time.monotonic() < until, "it did not happen, and nothing goes on"
        time.sleep(0.1)


def runs(process: int) -> bool:
    """Whether a process of that number is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:  # it may go while we read
        return False
