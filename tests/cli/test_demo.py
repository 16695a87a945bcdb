"""`hearth demo`: one command, everything runs; Ctrl-C, and nothing does."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from hearth.cli import invented, places, running
from hearth.cli.postgres import databases
from left_behind import processes_of

LATER_START = 5  # seconds, on an idle machine; here others may be at work beside us
PARTS = ("reporter", "contractor link", "intake", "triage", "case worker", "lead", "repairs desk", "board champion",
         "auditor", "administrator", "relative of someone in a case")  # fmt: skip


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


def test_it_sets_all_up_says_where_it_is_and_leaves_nothing_running(hearth, free_port):
    demo = hearth.start("demo", "--port", str(free_port))
    said = is_up(demo)
    assert f"http://127.0.0.1:{free_port}" in said
    assert not [part for part in PARTS if f"  {part} " not in said]
    assert answers(free_port)

    second = hearth("demo", "--port", str(free_port))
    assert second.returncode == 1
    assert f"already running at http://127.0.0.1:{free_port}" in second.stderr
    stop = hearth("pg", "stop")
    assert "The demonstration is using it" in stop.stderr

    demo.send_signal(signal.SIGINT)
    assert demo.wait(timeout=30) == 0
    assert not answers(free_port)
    assert not processes_of(hearth.home)

    started = time.monotonic()
    again = hearth.start("demo", "--port", str(free_port))
    assert is_up(again) == said
    assert time.monotonic() - started < 3 * LATER_START
    again.kill()  # as a power cut would
    again.wait()
    wait_for(lambda: not answers(free_port))
    assert places.embedded_server(hearth.home).is_running

    third = hearth.start("demo", "--port", str(free_port))
    assert is_up(third) == said
    third.send_signal(signal.SIGTERM)
    assert third.wait(timeout=30) == 0
    assert not processes_of(hearth.home)


def wait_for(something):
    """Wait a little for what must happen soon."""
    until = time.monotonic() + 20
    while not something():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_busy_port_is_told_before_anything_is_made(hearth):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = hearth("demo", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is not free" in done.stderr
    assert not (hearth.home / "postgresql").exists()


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
        wait_for(lambda: children._running["web server"].poll() is not None)
        with pytest.raises(running.Problem, match="web server stopped by itself: no room at all"):
            children.check()


def test_children_end_with_us_even_when_we_are_killed(tmp_path):
    script = (
        "import os, sys, time\nfrom pathlib import Path\nfrom hearth.cli.running import Children\n"
        "with Children(Path(sys.argv[1])) as children:\n"
        "    children.start('sleeper', ['sleep', '600'], os.environ)\n"
        "    print(children._running['sleeper'].pid, flush=True)\n    time.sleep(600)\n"
    )
    told = {**os.environ, "PYTHONPATH": str(Path(running.__file__).parents[2])}
    parent = subprocess.Popen(
        [os.sys.executable, "-c", script, str(tmp_path)], env=told, stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    assert Path(f"/proc/{child}").exists()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_for(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2])
