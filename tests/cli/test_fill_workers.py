"""What works while a fill copies: processes that end with the one that began them, and a server with room for it."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from hearth.cli.fill import for_copying
from hearth.cli.postgres.programs import system_user
from hearth.cli.postgres.server import SUPERUSER, Server, remove
from waiting import LONGEST, runs, soon

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import os, sys, time
from hearth.cli.processes import pool


def work(seconds):
    time.sleep(seconds)
    return os.getpid()


if __name__ == "__main__":
    with pool(2) as several:
        at_work = set()
        while len(at_work) < 2:
            at_work |= set(several.map(work, [0.1, 0.1]))
        waiting = [several.submit(work, 600) for _ in range(2)]
        print(*at_work, flush=True)
        time.sleep(600)
"""


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_the_workers_of_a_fill_end_with_their_parent(ending, tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    told = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    parent = subprocess.Popen([sys.executable, str(script)], env=told, stdout=subprocess.PIPE, text=True)
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    try:
        assert len(workers) == 2
        assert all(map(runs, workers))
        parent.send_signal(ending)
        parent.wait(LONGEST)
        soon(lambda: not any(map(runs, workers)))
    finally:
        parent.stdout.close()
        for pid in (parent.pid, *workers):
            if runs(pid):
                os.kill(pid, signal.SIGKILL)
        parent.wait(LONGEST)


def test_a_server_runs_with_room_while_it_is_filled_and_as_usual_afterwards():
    with tempfile.TemporaryDirectory(prefix="hearth-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        sized = {"shared_buffers": "320MB"}
        server = Server(place / "data" / "postgres", place / "s", run_as=system_user(), started_with=sized)
        server.make()
        shown = [settings_of(server, started_with) for started_with in (None, for_copying(), None)]
        remove(server)
    assert shown[0] == shown[2] == ["320MB", "1GB", ""]
    assert shown[1] == ["320MB", "4GB", ""]


def settings_of(server, started_with):
    server.start(started_with)
    try:
        with psycopg.connect(server.url("postgres", SUPERUSER)) as connection:
            asked = ("shared_buffers", "max_wal_size", "listen_addresses")
            return [connection.execute(f"show {name}").fetchone()[0] for name in asked]
    finally:
        server.stop()
