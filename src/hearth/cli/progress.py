"""Showing that a long step lives. It goes to stderr, so that what commands print stays clean."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(what: str) -> Iterator[None]:
    """Name a step as it begins and say how long it took."""
    tell(f"  {what} ... ", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        tell("failed")
        raise
    tell(f"done in {time.monotonic() - started:.1f} s")


def tell(text: str, end: str = "\n") -> None:
    """Say one thing on stderr at once."""
    print(text, end=end, file=sys.stderr, flush=True)


def show_progress(what: str, done: int, of: int) -> None:
    """On a terminal, show how far it is, on one line."""
    if sys.stderr.isatty():
        tell(f"\r  {done:,} of {of:,} {what}", end="" if done < of else "\n")
