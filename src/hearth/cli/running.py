"""Keeping several processes as one: all start, all stop, and the end of one is the end of all."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Self

from hearth.cli import watched
from hearth.cli.problems import Problem

LOOK_EVERY = 0.2  # seconds
PATIENCE = 15  # seconds for a process to finish what it does before it is ended
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Children:
    """The processes of one command. They run while we hold a pipe open: the block's end stops them and so does ours."""

    def __init__(self, logs: Path, *, patience: float = PATIENCE) -> None:
        self._logs, self._patience = logs, patience
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._told_by, self._held = os.pipe()

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._held)
        until = time.monotonic() + self._patience + 1
        for child in self._running.values():
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        os.close(self._told_by)

    def start(self, name: str, command: Sequence[str], told: Mapping[str, str]) -> None:
        """Start one, away from the terminal's Ctrl-C (which comes to us first) and watched, so that it ends with us."""
        watch = [sys.executable, "-I", "-S", watched.__file__, str(self._told_by), str(self._patience)]
        with self._log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(
                [*watch, *command], env=told, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, pass_fds=[self._told_by],
            )  # fmt: skip

    def check(self) -> None:
        """Raise when one has ended by itself."""
        for name, child in self._running.items():
            if child.poll() is not None:
                said = self._log(name).read_text(errors="replace").strip().splitlines() or ["it said nothing"]
                raise Problem(f"The {name} stopped by itself: {said[-1]} (more in {self._log(name)})")

    def wait(self, ending: "Ending") -> None:
        """Wait until one ends by itself, or somebody asks us to stop."""
        while not ending.is_asked:
            self.check()
            time.sleep(LOOK_EVERY)

    def _log(self, name: str) -> Path:
        return self._logs / f"{name.replace(' ', '-')}.log"


@dataclass
class Ending:
    """Whether somebody has asked us to stop. While everything runs that is a fact to look at; before, it interrupts."""

    is_asked: bool = False
    all_runs: bool = False


@contextmanager
def stopped_politely() -> Iterator[Ending]:
    """A closed terminal or a `kill` ends us as Ctrl-C does. While we stop, further ones are not needed."""
    ending = Ending()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        ending.is_asked = True
        if not ending.all_runs:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in ENDINGS}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
