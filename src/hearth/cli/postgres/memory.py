"""How much of the machine our own PostgreSQL holds pages in. It is the only big thing Hearth runs there."""

import os
from pathlib import Path

MEGABYTE = 2**20
LEAST, MOST = 256, 4096  # megabytes
LIMIT_OF_A_CONTAINER = Path("/sys/fs/cgroup/memory.max")


def room_for_pages(memory: int | None = None) -> dict[str, str]:
    """A quarter of the memory, as PostgreSQL's handbook advises, within bounds.

    A house that is ten times as old then finds what is asked often as near as a young one does: with the same small
    room it read the same hundred notes again from outside at each search.
    """
    megabytes = (usable() if memory is None else memory) // MEGABYTE
    return {"shared_buffers": f"{max(LEAST, min(MOST, megabytes // 4))}MB"}


def usable(limit: Path = LIMIT_OF_A_CONTAINER) -> int:
    """The machine's memory in bytes, or what a container leaves of it."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(whole, int(limit.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit
        return whole
