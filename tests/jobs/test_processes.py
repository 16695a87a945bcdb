"""The jobs process does what is due without anybody asking, each process under its own role of the database."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.conf import settings

from hearth.drafts.operations import save_draft
from hearth.outbound.operations import tell_staff
from hearth.outbound.terms import Channel, Words
from waiting import soon

ROOT = Path(__file__).resolve().parents[2]
TIMETABLE = 20  # seconds: a message that left sooner did not wait for its round
NOW = datetime.now(UTC)


@contextmanager
def running(kind, database, folder):
    """One jobs process on that database, stopped politely at the end."""
    told = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "HEARTH_DATABASE_ROLE": kind, "HEARTH_DATABASE_URL": database,
        "HEARTH_ANCHORS": str(folder / "anchors"),
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen([sys.executable, "-m", "hearth.jobs", kind], env=told, stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            assert child.wait(timeout=60) == 0, (folder / "log").read_text()
        finally:
            child.kill()
            child.wait()


def typed(cast, name, at):
    with cast.acting(name):
        save_draft(form="concern", form_key=uuid4(), fields={"saw": ["bruises"]}, by=getattr(cast, name), at=at)


class Letters:
    """A mail server that keeps what it gets."""

    def __init__(self):
        self.got = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd names it
        self.got.append(envelope.content.decode())
        return "250 taken"


@pytest.fixture
def letters():
    office = Letters()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_the_worker_does_what_is_due_when_it_starts_and_at_once_when_it_is_told(
    own_database, own_cast, postgres, tmp_path, letters, monkeypatch
):
    office, address = letters
    monkeypatch.setenv("HEARTH_EMAIL", address)
    superusers = postgres.url("postgres", "postgres").replace("/postgres?", f"/{_name(own_database)}?")
    with psycopg.connect(superusers, autocommit=True) as superuser:

        def drafts():
            return superuser.execute("select count(*) from drafts_draft").fetchone()[0]

        typed(own_cast, "reporter", NOW - timedelta(days=60))
        assert drafts() == 1
        with running("worker", own_database, tmp_path):
            soon(lambda: drafts() == 0)
            typed(own_cast, "reporter", NOW - timedelta(days=60))
            typed(own_cast, "worker", NOW)
            superuser.execute("notify hearth_due, 'drafts'")
            soon(lambda: drafts() == 1)

            told = time.monotonic()
            with own_cast.acting("reporter"):
                tell_staff(
                    own_cast.lead.id, address="lead@ashgrove.example", channel=Channel.EMAIL,
                    words=Words.SOMETHING_WAITS, key="k", at=NOW,
                )  # fmt: skip
            soon(lambda: [letter for letter in office.got if "Subject: Something waits for you in Hearth" in letter])
            assert time.monotonic() - told < TIMETABLE
            soon(lambda: [letter for letter in office.got if "Nobody is on call" in letter])


def test_what_was_written_is_sealed_and_anchored_without_anybody_asking(own_database, postgres, tmp_path):
    with psycopg.connect(own_database.replace("://", "://hearth_worker@"), autocommit=True) as worker:
        values = ["case.noted", None, None, None, NOW, "", "{}", None, True]
        worker.execute("select hearth.record(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
    with (
        running("sealer", own_database, tmp_path),
        psycopg.connect(own_database.replace("://", "://hearth_sealer@"), autocommit=True) as sealer,
    ):
        soon(lambda: sealer.execute("select count(*) from ledger_seal").fetchone()[0] >= 1)
        soon(lambda: list((tmp_path / "anchors").glob("*.anchor")))


def test_the_queue_is_closed_to_the_application(house):
    from django.db import ProgrammingError, connection

    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
    assert settings.PROCRASTINATE_AUTODISCOVER_MODULE_NAME == ""


def _name(address):
    return address.split("://", 1)[1].split("?", 1)[0].strip("/")
