"""Runs one command for as long as whoever began it lives: `watched.py PIPE PATIENCE COMMAND ...`.

Whoever began it holds the pipe open; it closes when he stops us and when he ends, however that happens and on any
system. Then the command is asked to end, and after some patience all of its group is ended: a web server whose worker
still answers somebody would otherwise wait for ever. It uses the standard library alone: each command has one.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys

LOOK_EVERY = 0.2  # seconds


def watch(pipe: int, patience: float, command: list[str]) -> None:
    """Run the command until it ends by itself or the pipe closes. We are the first of a group, and end with it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the pipe says when to end
    child = subprocess.Popen(command, preexec_fn=_as_usual)
    while child.poll() is None and not select.select([pipe], [], [], LOOK_EVERY)[0]:
        pass
    child.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=patience)
    os.killpg(0, signal.SIGKILL)


def _as_usual() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    watch(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
