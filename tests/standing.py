"""A Hearth as people run it, to be killed: `hearth serve`, `hearth work` and its PostgreSQL, at a real address.

The database is the prepared one with its cast, brought to durable settings: what was acknowledged must be on the disk.
"""

import contextlib
import math
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg

from browsing import Browser
from hearth.cli.places import DATABASE, embedded_server
from hearth.cli.postgres import databases
from hearth.cli.postgres.server import Server
from left_behind import processes_of
from prepared import TEMPLATE, adopted
from telling import PASSWORD
from waiting import LONGEST
from way_out import free_port

ROOT = Path(__file__).resolve().parents[1]
POST = "housing-officer"
LINK = """
import django; django.setup()
from datetime import UTC, datetime
from hearth.concerns.links import found_link
print(found_link("Brightgas vans", at=datetime.now(UTC)))
"""


@dataclass
class Place:
    """A HEARTH_HOME and what runs in it, started by the project's own commands."""

    home: Path
    port: int
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    link: str = ""
    running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)
    up_since: float = math.inf  # infinitely late while it is down

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def server(self) -> Server:
        return embedded_server(self.home)

    @property
    def surroundings(self) -> dict[str, str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
        return {
            **told, "PYTHONPATH": str(ROOT / "src"), "HEARTH_HOME": str(self.home), "HEARTH_EMAIL": "off",
            "HEARTH_SECRET_KEY": self.secret, "HEARTH_RING": "01632 960001",
        }  # fmt: skip

    def run(self, *words: str, typed: str = "", before: Sequence[str] = ()) -> "subprocess.CompletedProcess[str]":
        """One command to its end."""
        return subprocess.run(
            [*before, sys.executable, "-m", "hearth.cli", *words],
            env=self.surroundings, cwd=self.home, input=typed, capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    def done(self, *words: str, typed: str = "") -> str:
        """One command that must succeed; what it said."""
        ended = self.run(*words, typed=typed)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def start(self, command: str, *words: str) -> None:
        """A command that stays."""
        with (self.home / f"{command}.log").open("ab") as log:
            self.running[command] = subprocess.Popen(
                [sys.executable, "-m", "hearth.cli", command, *words],
                env=self.surroundings, cwd=self.home, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def serve(self) -> None:
        """`hearth serve`, until it answers or ends."""
        self.start("serve", "--port", str(self.port))
        while not self._answers():
            assert self.running["serve"].poll() is None, self.said("serve")
            time.sleep(0.1)
        self.up_since = time.monotonic()

    def _answers(self) -> bool:
        try:
            urlopen(f"{self.address}/sign-in/", timeout=30).close()  # noqa: S310 - our own address
        except HTTPError:
            return True
        except OSError:
            return False
        return True

    def said(self, command: str) -> str:
        """The end of what a command said."""
        return (self.home / f"{command}.log").read_text()[-3000:]

    def kill(self, command: str, how: signal.Signals = signal.SIGKILL) -> None:
        """End a command and all it started, without a word to any of them."""
        gone = self.running.pop(command)
        if command == "serve":
            self.up_since = math.inf
        with contextlib.suppress(ProcessLookupError):
            os.killpg(gone.pid, how)
        gone.wait(timeout=LONGEST)

    def stop(self, command: str) -> int:
        """Ask a command to stop; its exit code."""
        gone = self.running.pop(command)
        gone.terminate()
        return gone.wait(timeout=LONGEST)

    def superuser(self) -> psycopg.Connection:
        """A connection that sees everything, to count with."""
        return psycopg.connect(self.server.url(DATABASE, "postgres"), autocommit=True)

    def browser(self) -> Browser:
        """Somebody at a browser."""
        return Browser(self.address, up_since=lambda: self.up_since)

    def end(self) -> None:
        """Stop whatever still runs. Whoever still tries loses patience."""
        for command in list(self.running):
            self.kill(command)
        self.up_since = 0.0
        self.server.stop("immediate")
        for process in processes_of(self.home):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder others may enter, because PostgreSQL does not run as root."""
    home = Path(tempfile.mkdtemp(prefix="hearth-faults-"))
    home.chmod(0o755)
    yield home
    shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def ready(home: Path) -> Iterator[Place]:
    """A provider with its cast, two people who may sign in with a password, a contractor's link, and PostgreSQL."""
    place = Place(home, free_port())
    try:
        adopted(place.server, home / "keys")
        place.server.start()
        databases.rename(place.server, TEMPLATE, DATABASE)
        for name in ("ada", "ben"):
            email = f"{name}@ashgrove.example"
            place.done("user", "add", email, name.title(), "--post", POST, typed=PASSWORD)
        told = {**place.surroundings, "HEARTH_DATABASE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "hearth.site.settings",
                "HEARTH_DATABASE_URL": place.server.url(DATABASE)}  # fmt: skip
        place.link = subprocess.check_output([sys.executable, "-c", LINK], env=told, text=True).strip()
        yield place
    finally:
        place.end()
