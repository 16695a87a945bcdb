"""A worker that is killed in the middle loses nothing and writes nothing twice."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.outbound.operations import alert, tell_staff
from hearth.outbound.terms import Channel, Words
from on_duty import Worry, rota
from waiting import soon

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.now(UTC)


@contextmanager
def running(kind, database, folder, *, killed=False):
    """One jobs process on that database, stopped politely at the end, or killed."""
    told = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "HEARTH_DATABASE_ROLE": kind, "HEARTH_DATABASE_URL": database,
        "HEARTH_ANCHORS": str(folder / "anchors"), "HEARTH_EMAIL": settings.HEARTH_EMAIL,
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen([sys.executable, "-m", "hearth.jobs", kind], env=told, stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
        try:
            assert child.wait(timeout=60) == (-signal.SIGKILL if killed else 0), (folder / "log").read_text()
        finally:
            child.kill()
            child.wait()


def superuser(database):
    """A connection that sees everything, to count with."""
    return psycopg.connect(database, user="postgres", autocommit=True)


def queued(cast, many):
    """That many messages to staff, committed, a hundred at a time: a transaction may take a minute and no longer, also
    on a busy machine."""
    for stretch in batched(range(many), 100):
        with cast.acting("reporter"), transaction.atomic():
            for _ in stretch:
                tell_staff(
                    cast.worker.id, address=addressed("worker"), channel=Channel.EMAIL, words=Words.SOMETHING_WAITS,
                    key=str(uuid4()), at=NOW,
                )  # fmt: skip


def fully_covered(cast):
    """A rota without gaps, so that nothing but the story's own messages leaves."""
    rota(cast, ("deputy", 1), start=NOW - timedelta(hours=1), hours=200)


def addressed(name):
    return f"{name}@ashgrove.example"


def test_an_alert_nobody_acknowledged_is_passed_on_by_itself(own_database, own_cast, post_office, tmp_path):
    rota(own_cast, ("deputy", 1), ("manager", 2), start=NOW - timedelta(hours=6))
    with own_cast.acting("reporter"), transaction.atomic():
        circle = make_circle(CircleKind.CONCERN, by=own_cast.reporter, at=NOW)
        late = NOW - timedelta(hours=2)
        alert(Worry(1, uuid4(), circle), by=own_cast.reporter, at=late, pass_on_after=timedelta(minutes=90))
    with running("worker", own_database, tmp_path):
        soon(lambda: {to for (to,), _letter in post_office.letters} >= {addressed("deputy"), addressed("manager")})


@pytest.mark.parametrize(
    ("messages", "kills"), [(24, 2), pytest.param(10_000, 200, marks=[pytest.mark.long, pytest.mark.timeout(7200)])]
)
def test_a_killed_worker_loses_nothing_and_writes_nothing_twice(
    own_database, own_cast, post_office, tmp_path, messages, kills
):
    """Outward at least once under the same Message-ID; in our own tables exactly once."""
    post_office.seconds_a_letter = 0.02
    fully_covered(own_cast)
    queued(own_cast, messages)
    with superuser(own_database) as everything:
        count = lambda what: everything.execute(f"select count(*) from {what}").fetchone()[0]  # noqa: E731
        for killed in range(kills):
            until = min(messages - 5, (killed + 1) * messages // (kills + 1))
            with running("worker", own_database, tmp_path, killed=True):
                soon(lambda until=until: count("outbound_attempt where was_sent") >= until)
        assert count("outbound_message where state = 'waiting'") > 0
        with running("worker", own_database, tmp_path):
            soon(lambda: count("outbound_message where state = 'waiting'") == 0)
        assert count("outbound_message where state = 'sent'") == messages
        assert count("outbound_attempt where was_sent") == messages
    ids = [letter["Message-ID"] for _to, letter in post_office.letters]
    assert len(set(ids)) == messages
    assert len(ids) - messages <= kills * 4  # as many as a worker may have in hand
    print(f"{kills} kills: {len(ids) - messages} of {messages} messages left twice, each written down once")


def test_what_a_dead_worker_left_in_the_queue_is_removed(own_database, postgres, tmp_path, monkeypatch):
    with superuser(own_database) as everything:
        everything.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status) values ('default', 'messages', 'doing')"
        )
        with running("worker", own_database, tmp_path):
            soon(lambda: everything.execute("select count(*) from procrastinate_jobs where status = 'doing'"
                                            " and worker_id is null").fetchone() == (0,))  # fmt: skip
