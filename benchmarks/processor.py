"""CPU time of processes, from the kernel. Robust on a busy machine, where seconds on the wall are not."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
STEPS = 300_000


@dataclass(frozen=True)
class Used:
    """CPU seconds of the application and of PostgreSQL so far."""

    application: float
    postgres: float

    def since(self, earlier: "Used") -> "Used":
        return Used(self.application - earlier.application, self.postgres - earlier.postgres)

    def plus(self, more: "Used") -> "Used":
        return Used(self.application + more.application, self.postgres + more.postgres)


def used(application: int, postmaster: int) -> Used:
    """What both have used, with every process they started: workers, backends, parallel workers, background writers."""
    return Used(_family(application), _family(postmaster))


def fixed_work() -> float:
    """CPU milliseconds of a piece of work that is always the same: how quick this machine is just now.

    A rented machine is a third slower in one minute than in another, and figures of two runs say nothing without it.
    """
    took = []
    for _ in range(5):
        began, kept = time.process_time(), dict.fromkeys(range(97), 0)
        for step in range(STEPS):
            kept[step % 97] += step
        took.append(1000 * (time.process_time() - began))
    return round(min(took), 1)


def _family(root: int) -> float:
    """A process, its living descendants, and those that ended and were waited for (their time goes to their parent)."""
    children: dict[int, list[int]] = {}
    times: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        number = int(path.parent.name)
        children.setdefault(int(fields[1]), []).append(number)
        times[number] = sum(map(int, fields[11:15])) / TICK
    total, waiting = 0.0, [root]
    while waiting:
        number = waiting.pop()
        total += times.get(number, 0.0)
        waiting += children.get(number, [])
    return total
