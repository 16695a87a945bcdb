"""The processes of a fill end with the one that began them, however it ends: nothing goes on writing by itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import os, sys, time
from hearth.cli.filling.processes import pool

if __name__ == "__main__":
    with pool(2) as several:
        several.map(time.sleep, [0.2, 0.2])
        waiting = [several.submit(time.sleep, 300) for _ in range(2)]
        time.sleep(2)
        print(*several._processes, flush=True)
        time.sleep(300)
"""


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_the_workers_of_a_fill_end_with_their_parent(ending, tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    told = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    parent = subprocess.Popen([sys.executable, str(script)], env=told, stdout=subprocess.PIPE, text=True)
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    try:
        assert len(workers) == 2
        assert all(map(is_running, workers))
        parent.send_signal(ending)
        parent.wait(10)
        until = time.monotonic() + 10
        while any(map(is_running, workers)) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(map(is_running, workers))
    finally:
        parent.stdout.close()
        for pid in (parent.pid, *workers):
            if is_running(pid):
                os.kill(pid, signal.SIGKILL)
        parent.wait(10)
