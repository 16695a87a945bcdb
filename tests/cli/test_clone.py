"""From a clone, as people have one: an ordinary user, root in a private folder, no network, no room."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from browsing import Browser
from hearth.cli.places import embedded_server
from hearth.cli.postgres.programs import SHARED

pytestmark = [pytest.mark.long, pytest.mark.alone]
ROOT = Path(__file__).resolve().parents[2]
WARM, LATER = 90, 10  # seconds: the promise, and twice the promise for a machine that is at work


@pytest.fixture
def place():
    """A folder anybody may enter."""
    folder = Path(tempfile.mkdtemp(prefix="hearth-clone-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def clone(place):
    """What git has of this version, and nothing else."""
    subprocess.run(["git", "clone", "-q", ROOT, place / "clone"], check=True)
    return place / "clone"


def surroundings(**more):
    """A person's environment variables, without this test run's."""
    dropped = ("HEARTH_", "PYTHON", "VIRTUAL_ENV", "UV_")
    told = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    told["PATH"] = os.pathsep.join(
        part for part in told["PATH"].split(os.pathsep) if "bin" in part and ".hearth" not in part
    )
    return {**told, **more}


def demo_starts(clone, port, told, before=(), meanwhile=None):
    """Start the demonstration, wait until it is up, stop it; return the seconds until it was up.

    `meanwhile` is done while it runs, with the contractor's link that it printed.
    """
    started = time.monotonic()
    demo = subprocess.Popen(
        [*before, "./hearth", "demo", "--port", str(port)],
        cwd=clone, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    for line in demo.stdout:
        if "Hearth is at" in line:
            break
    took = time.monotonic() - started
    if meanwhile:
        meanwhile(next(line.split()[-1] for line in demo.stdout if line.strip().startswith("contractor link")))
    demo.send_signal(signal.SIGINT)
    said = demo.communicate(timeout=60)[1]
    assert demo.returncode == 0, said
    assert "Stopped." in said
    return took


def test_an_ordinary_user_gets_a_running_hearth(place, clone, free_port):
    before, told = [], surroundings()
    if os.geteuid() == 0:
        python = place / "python"
        shutil.copytree(sys.base_prefix, python, symlinks=True, ignore=shutil.ignore_patterns("test", "__pycache__"))
        nobody = pwd.getpwnam("nobody")
        for path in (clone, *clone.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
        before = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        path = f"{python / 'bin'}:/usr/bin:/bin"
        told = surroundings(HOME="/nonexistent", PATH=path, LD_LIBRARY_PATH=str(python / "lib"))
    demo_starts(clone, free_port, told, before)
    assert demo_starts(clone, free_port, told, before) < LATER


def test_a_clone_in_a_private_folder_works_without_opening_it(place, free_port):
    private = place / "private"
    private.mkdir(mode=0o700)
    subprocess.run(["git", "clone", "-q", ROOT, private / "clone"], check=True)
    assert demo_starts(private / "clone", free_port, surroundings()) < WARM
    assert demo_starts(private / "clone", free_port, surroundings()) < LATER
    assert private.stat().st_mode & 0o777 == 0o700
    data = embedded_server(private / "clone" / ".hearth").data
    assert data.is_relative_to(SHARED) == (os.geteuid() == 0)
    shutil.rmtree(data.parent)


def refused(clone, told, *before):
    """Run it where it cannot work; return the one sentence."""
    done = subprocess.run([*before, "./hearth", "demo"], cwd=clone, env=told, capture_output=True, text=True)
    assert done.returncode == 1
    assert not done.stdout
    sentence = done.stderr.splitlines()[-1]
    assert sentence.startswith("hearth: ")
    assert "Traceback" not in done.stderr
    return sentence


def nothing_half_made(home):
    return not [path.name for path in home.iterdir() if path.name.startswith(("run-", "test-")) or ".part" in path.name]


def test_without_a_network_it_says_so_and_leaves_nothing_half_made(place, clone):
    told = surroundings(HOME=str(place), PIP_NO_INDEX="", PATH=f"{Path(sys.base_prefix) / 'bin'}:/usr/bin:/bin")
    sentence = refused(clone, told, "unshare", "--net", "--map-root-user")
    assert "cannot be reached" in sentence
    assert nothing_half_made(clone / ".hearth")


def test_a_full_disk_is_told_and_leaves_nothing_half_made(place, clone):
    small = place / "small"
    small.mkdir()
    script = 'mount -t tmpfs -o size=60m none "$0"; HEARTH_HOME="$0/home" ./hearth demo; e=$?; ls -A "$0/home"; exit $e'
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, small],
        cwd=clone, env=surroundings(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "is too full" in done.stderr.splitlines()[-1]
    assert done.stdout.split() == ["launcher.lock"]


def test_a_folder_of_somebody_else_is_one_sentence(place, clone):
    locked = place / "locked"
    locked.mkdir(mode=0o500)
    before = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    told = surroundings(HEARTH_HOME=str(locked / "home"), HOME="/nonexistent", PATH="/usr/bin:/bin")
    assert "cannot read or write" in refused(clone, told, *before)


def test_a_restored_demonstration_verifies_and_goes_on(place, clone, free_port):
    """The whole of backup and restore by the commands: the old place is gone, the new one takes a concern."""
    told = surroundings()
    demo_starts(clone, free_port, told)

    def run(*words, **more):
        done = subprocess.run(["./hearth", *words], cwd=clone, env={**told, **more}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("pg", "start")
    assert "Copy it away now" in run("pg", "backup", str(place / "copy"))
    run("pg", "stop")
    new = place / "new"
    shutil.copytree(clone / ".hearth" / "keys", new / "keys")
    shutil.copy(clone / ".hearth" / "demonstration.json", new)
    shutil.rmtree(embedded_server(clone / ".hearth").data)
    assert "A new epoch of the ledger has begun: 2." in run("pg", "restore", str(place / "copy"), "--into", str(new))
    here = {"HEARTH_HOME": str(new)}
    assert "Everything is as it was written." in run("ledger", "verify", **here)
    assert "Every clock is what the ledger tells." in run("clocks", "check", **here)
    before = run("ledger", "verify", **here)
    demo_starts(clone, free_port, {**told, **here}, meanwhile=log_a_concern)
    run("pg", "start", **here)
    assert "Everything is as it was written." in run("ledger", "verify", **here) != before
    assert "Every clock is what the ledger tells." in run("clocks", "check", **here)
    run("pg", "stop", **here)


def log_a_concern(link):
    """By the contractor's link that the demonstration prints, as a browser would."""
    address, _, path = link.rpartition("/r/")
    browser = Browser(address)
    assert browser.get(f"/r/{path}").status == 200
    assert browser.log("/report", "After the restore: the front door is broken.")[1].startswith("C-")
