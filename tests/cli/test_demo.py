"""`hearth demo`: one command, everything runs; Ctrl-C, and nothing does."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from benchmarks.measuring import MANY
from benchmarks.report import WITH, WITHOUT

from hearth.cli import demo, invented, places, running
from hearth.cli.postgres import databases
from left_behind import processes_of
from waiting import LONGEST, runs, soon

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("reporter", "contractor link", "intake", "triage", "case worker", "lead", "repairs desk", "board champion",
         "auditor", "administrator", "relative of someone in a case")  # fmt: skip


@pytest.fixture(scope="module")
def shared(home_of):
    """One demonstration for two tests: making it takes a minute."""
    with home_of("demonstration") as hearth:
        yield hearth


def answers(port):
    """Whether something listens there."""
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def is_up(demo):
    """Wait until the sign-ins are printed; return what was printed."""
    said = ""
    while "relative of someone" not in said:
        line = demo.stdout.readline()
        assert line, f"ended early: {demo.stderr.read()}"
        said += line
    return said


def test_it_sets_all_up_says_where_it_is_and_leaves_nothing_running(shared, free_port):
    hearth = shared
    first = hearth.start("demo", "--port", str(free_port))
    said = is_up(first)
    assert f"http://127.0.0.1:{free_port}" in said
    assert not [part for part in PARTS if f"  {part} " not in said]
    assert answers(free_port)

    second = hearth("demo", "--port", str(free_port))
    assert second.returncode == 1
    assert f"already running at http://127.0.0.1:{free_port}" in second.stderr
    stop = hearth("pg", "stop")
    assert "The demonstration is using it" in stop.stderr

    first.send_signal(signal.SIGINT)
    assert first.wait(timeout=LONGEST) == 0
    assert not answers(free_port)
    assert not processes_of(hearth.home)

    again = hearth.start("demo", "--port", str(free_port))
    assert is_up(again) == said
    again.kill()
    again.wait()
    assert places.embedded_server(hearth.home).is_running

    third = hearth.start("demo", "--port", str(free_port))
    assert is_up(third) == said
    third.send_signal(signal.SIGTERM)
    assert third.wait(timeout=LONGEST) == 0
    assert not processes_of(hearth.home)


def test_every_request_is_measured_on_a_filled_demonstration(shared):
    surroundings = {**shared.surroundings, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    kept = shared.home / "figures.json"
    for words in (
        ["hearth.cli", "fill", "--cases", "240"],
        ["benchmarks", "measure", "--requests", "8", "--warm-up", "8", "--json", str(kept), "--both"],
    ):
        command = [sys.executable, "-W", "ignore", "-m", *words]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, cwd=ROOT, timeout=400)
        assert kept.exists() or done.returncode == 0, done.stderr
    figures = json.loads(kept.read_text())
    budgets = json.loads((ROOT / "benchmarks" / "budgets.json").read_text())
    assert len(figures["fixed work ms"]) == 2
    assert all(spent > 1 for spent in figures["fixed work ms"]), "how quick the machine was, before and after"
    for way in (WITH, WITHOUT):
        measured = {each["name"]: each for each in figures[way]}
        assert set(measured) == set(budgets) - {MANY}, "in few notes nothing is found so often"
        assert all(each["statements"] > 3 and each["application_ms"] >= 0 for each in measured.values())


def test_a_busy_port_is_told_before_anything_is_made(hearth):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = hearth("demo", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is not free" in done.stderr
    assert not (hearth.home / "postgresql").exists()


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_a_port_that_cannot_be_is_told(port):
    with pytest.raises(demo.Problem, match=f"There is no port {port}"):
        demo.is_free(port)


def test_a_port_that_is_let_go_soon_is_waited_for(free_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        with pytest.raises(demo.Problem, match="not free"):
            demo.check_port(free_port)
        threading.Timer(0.5, other.close).start()
        demo.check_port(free_port, patience=20)


def test_a_start_that_fails_leaves_no_half_made_database(postgres, tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise invented.Problem("the disk is full")

    monkeypatch.setattr(invented, "mark_keys", lambda _: None)
    monkeypatch.setattr(invented, "migrate", fail)
    with pytest.raises(invented.Problem):
        invented.provider(postgres, tmp_path, "manchester-2025")
    assert not databases.exists(postgres, "hearth")
    assert not databases.exists(postgres, invented.UNFINISHED)
    assert not (tmp_path / invented.SIGN_INS).exists()


def test_a_database_with_real_records_is_never_used_for_a_demonstration(postgres, tmp_path):
    databases.create(postgres, "hearth")
    try:
        with pytest.raises(invented.Problem, match="a database of your own"):
            invented.provider(postgres, tmp_path, "manchester-2025", fresh=True)
        assert databases.exists(postgres, "hearth")
    finally:
        databases.drop(postgres, "hearth")


def test_keys_of_ones_own_are_never_taken_for_a_demonstration(tmp_path):
    (tmp_path / "identity.key").write_bytes(b"mine")
    with pytest.raises(invented.Problem, match="keys of your own"):
        invented.mark_keys(tmp_path)


def test_a_child_that_ends_by_itself_is_told_with_its_last_words(tmp_path):
    with running.Children(tmp_path) as children:
        children.start("web server", ["sh", "-c", "echo no room at all >&2; exit 3"], os.environ)
        soon(lambda: children._running["web server"].poll() is not None)
        with pytest.raises(running.Problem, match="web server stopped by itself: no room at all"):
            children.check()


STUBBORN = "trap '' TERM; echo $$ >&2; sleep 600 & echo $! >&2; while :; do sleep 1; done"
PARENT = """
import os, sys, time
from pathlib import Path
from hearth.cli.running import Children

with Children(Path(sys.argv[1]), patience=1) as children:
    children.start("server", ["sh", "-c", sys.argv[2]], os.environ)
    time.sleep(float(sys.argv[3]))
"""


@pytest.mark.parametrize("how", ["killed", "finished"])
def test_what_we_started_ends_with_us_even_when_we_are_killed_and_it_does_not_listen(how, tmp_path):
    """A web server whose worker still answers somebody waits for it; it must not outlive us holding the port."""
    told = {**os.environ, "PYTHONPATH": str(Path(running.__file__).parents[2])}
    for_long = "600" if how == "killed" else "2"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path), STUBBORN, for_long], env=told)
    soon(lambda: (tmp_path / "server.log").is_file() and len((tmp_path / "server.log").read_text().split()) == 2)
    pids = [int(pid) for pid in (tmp_path / "server.log").read_text().split()]
    try:
        assert all(map(runs, pids))
        if how == "killed":
            parent.kill()
        parent.wait(LONGEST)
        soon(lambda: not any(map(runs, pids)))
    finally:
        for pid in filter(runs, pids):
            os.kill(pid, signal.SIGKILL)
