"""The filled demonstration that is measured: its server, its people, and row security put aside and back."""

import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from hearth.cli import invented, places
from hearth.cli.postgres.server import SUPERUSER, Server
from hearth.cli.readiness import DEMONSTRATION
from hearth.cli.serve import server_command

WORKERS = 2
LONGEST_START = 60
FILLED: LiteralString = """
    select regexp_replace(split_part(email, '@', 1), '-[0-9]+$', ''), email from organisation_user
    where email like '%@filled.example' order by id
"""
# Of the demonstration's own story: lead, triage officer, deputy, champion, auditor, manager, a worker with few cases.
STORY = (
    "marguerite.stone", "tomasz.wren", "idris.vale", "rosalind.thorne", "sadia.flint", "gareth.moss", "priya.larch",
)  # fmt: skip
READING_ROLES: tuple[LiteralString, ...] = ("hearth_broad", "hearth_narrow", "hearth_house")
COUNTED: LiteralString = """
    select coalesce(sum(calls), 0) from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database())
"""


@dataclass(frozen=True)
class House:
    """One filled database of a demonstration's own PostgreSQL."""

    folder: Path
    database: str

    @property
    def server(self) -> Server:
        return places.embedded_server(self.folder)

    @property
    def postmaster(self) -> int:
        return int((self.server.data / "postmaster.pid").read_text().split()[0])

    def superuser(self) -> psycopg.Connection:
        return psycopg.connect(self.server.url(self.database, SUPERUSER), autocommit=True)

    def refuse_unless_invented(self) -> None:
        """Nothing here is done to a database with real people in it."""
        if not (places.keys(self.folder) / DEMONSTRATION).exists():
            sys.exit(f"{self.folder} is not a demonstration’s, so nothing is measured there.")

    def count_statements(self) -> bool:
        """Let PostgreSQL count its statements, for which it must start again. Returns whether it did so before."""
        with self.superuser() as connection:
            row = connection.execute("show shared_preload_libraries").fetchone()
            was_counting = bool(row and "pg_stat_statements" in row[0])
            connection.execute("alter system set shared_preload_libraries = 'pg_stat_statements'")
        if not was_counting:
            self.server.stop()
            self.server.start()
        with self.superuser() as connection:
            connection.execute("create extension if not exists pg_stat_statements")
        return was_counting

    def count_no_more(self) -> None:
        """Put the server back as it was."""
        with self.superuser() as connection:
            connection.execute("drop extension if exists pg_stat_statements")
            connection.execute("alter system reset shared_preload_libraries")
        self.server.stop()

    def statements(self) -> int:
        """How many statements were run in this database so far."""
        with self.superuser() as connection:
            row = connection.execute(COUNTED).fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def without_row_security(self) -> Iterator[None]:
        """The same queries with every policy passed by: the roles requests take get BYPASSRLS for this while."""
        try:
            self._bypass("bypassrls")
            yield
        finally:
            self._bypass("nobypassrls")

    def _bypass(self, how: LiteralString) -> None:
        with self.superuser() as connection:
            for role in READING_ROLES:
                connection.execute(sql.SQL("alter role {} " + how).format(sql.Identifier(role)))

    @contextmanager
    def served(self) -> Iterator[tuple[int, int]]:
        """The real application server on a free port: (process, port)."""
        with socket.socket() as knock:
            knock.bind(("127.0.0.1", 0))
            port = int(knock.getsockname()[1])
        told = invented.surroundings(self.folder, "app", self.database)
        words = server_command("127.0.0.1", port, WORKERS)
        child = subprocess.Popen(
            words, env=told, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait(child, port)
            yield child.pid, port
        finally:
            child.terminate()
            child.wait(timeout=30)


def _wait(child: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if child.poll() is not None:
            sys.exit("The web server did not start.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=LONGEST_START)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The web server did not answer in time.")


def set_up(house: House) -> None:
    """Let this process ask the database who is who, as the application would."""
    os.environ.update(invented.surroundings(house.folder, "app", house.database))
    import django

    django.setup()


def paths(emails: list[str]) -> dict[str, str]:
    """The sign-in links of these invented people."""
    from hearth.organisation.queries import demonstration_key, user_called

    return {
        email: f"/demonstration/{email.partition('@')[0]}/{demonstration_key(user_called(email))}" for email in emails
    }


def cast_of(house: House, seed: int) -> dict[str, tuple[str, ...]]:
    """Eight people for each request, of those who may make it: leads, triage, workers with many cases and with none."""
    rng = random.Random(seed)  # noqa: S311 - which of the invented people
    with house.superuser() as connection:
        rows = connection.execute(FILLED).fetchall()
    by: dict[str, list[str]] = {}
    for part, email in rows:
        by.setdefault(part, []).append(email)
    lead, triage, deputy, champion, auditor, manager, without = (f"{name}@larchfield.example" for name in STORY)
    workers = [rng.choice(by["case_worker"]) for _ in range(3)]
    broad = (lead, triage, by["triage"][0], by["lead"][0])
    return {
        "reporters": tuple(rng.choice(by["register_reader"]) for _ in range(8)),
        "deciders": (*broad, deputy, by["triage"][-1], lead, triage),
        "readers": (lead, triage, by["triage"][0], by["lead"][0], *workers, without),
        "broad": (*broad, *broad),
        "counters": (lead, champion, deputy, auditor, manager, by["lead"][0], by["case_manager"][0], champion),
    }
