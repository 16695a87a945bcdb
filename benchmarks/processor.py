"""CPU time of processes, from the kernel. Robust on a busy machine, where seconds on the wall are not."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


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
