"""One demonstration at a time in one HEARTH_HOME. The lock ends with the process, however it ends."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hearth.cli.problems import Problem

NAME = "demonstration.lock"


@dataclass
class Hold:
    """The place, held. What is written in it tells the next one where we are, or what a crash has left running."""

    lock: IO[str]
    address: str
    left_running: bool  # whether the last one started PostgreSQL and was ended before it could stop it

    def tell(self, *, started_database: bool) -> None:
        """Write down where we are and whether PostgreSQL is ours to stop."""
        told = {"address": self.address, "process": os.getpid(), "started_database": started_database}
        _write(self.lock, json.dumps(told))


@contextmanager
def only_one(folder: Path, address: str) -> Iterator[Hold]:
    """Hold the place, or say where the one that holds it answers."""
    with (folder / NAME).open("a+") as lock:
        told = _read(lock)
        if not _held(lock):
            raise Problem(
                f"Hearth is already running at {told.get('address', 'another port')} "
                f"(process {told.get('process', 'unknown')}). Stop it there with Ctrl-C."
            )
        hold = Hold(lock, address, left_running=bool(told.get("started_database")))
        hold.tell(started_database=hold.left_running)
        yield hold


def running_demonstration(folder: Path) -> bool:
    """Whether one runs now."""
    if not (folder / NAME).exists():
        return False
    with (folder / NAME).open("a+") as lock:
        return not _held(lock)


def _held(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(lock: IO[str], text: str) -> None:
    lock.seek(0)
    lock.truncate()
    lock.write(text)
    lock.flush()


def _read(lock: IO[str]) -> dict[str, object]:
    lock.seek(0)
    text = lock.read()
    return dict(json.loads(text)) if text.startswith("{") else {}
