"""A worker that is killed in the middle loses nothing and writes nothing twice."""

import math
import time
from datetime import UTC, datetime, timedelta
from itertools import batched
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from hearth.access.operations import make_circle
from hearth.access.terms import CircleKind
from hearth.outbound.operations import alert, tell_staff
from hearth.outbound.terms import Channel, Words
from in_background import running
from on_duty import Worry, rota
from waiting import soon

NOW = datetime.now(UTC)
IN_HAND = 4  # messages a worker may have at once
ALONE = (pytest.mark.long, pytest.mark.alone, pytest.mark.timeout(7200))
AT_ONCE = 10  # messages in one transaction, as one act of somebody's may cause


def superuser(database):
    """A connection that sees everything, to count with."""
    return psycopg.connect(database, user="postgres", autocommit=True)


def queued(cast, many):
    """That many messages to staff, committed a few at a time. Returns the seconds of the slowest few.

    A transaction may take a minute and no longer. A hundred messages take a second of a quiet machine, and took more
    than that minute where others had all of it.
    """
    slowest = 0.0
    for stretch in batched(range(many), AT_ONCE):
        began = time.monotonic()
        with cast.acting("reporter"), transaction.atomic():
            for _ in stretch:
                tell_staff(
                    cast.worker.id, address=addressed("worker"), channel=Channel.EMAIL, words=Words.SOMETHING_WAITS,
                    key=str(uuid4()), at=NOW,
                )  # fmt: skip
        slowest = max(slowest, time.monotonic() - began)
    return slowest


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
        soon(lambda: len(rung(post_office)) >= 2)
    assert rung(post_office) == {
        (addressed("deputy"), "There is an alert and you are needed now."),
        (addressed("manager"), "An on-call alert was not acknowledged in time and has come to you."),
    }


def rung(office):
    """Who got an alert, and the first sentence of it."""
    alerts = [
        (to, letter.get_payload()) for (to,), letter in office.letters if "You are needed now" in letter["Subject"]
    ]
    return {(to, said.split(".")[0].replace("\n", " ") + ".") for to, said in alerts}


@pytest.mark.parametrize(("messages", "kills"), [(24, 2), pytest.param(10_000, 200, marks=ALONE)])
def test_a_killed_worker_loses_nothing_and_writes_nothing_twice(
    own_database, own_cast, post_office, tmp_path, messages, kills
):
    """Outward at least once under the same Message-ID; in our own tables exactly once."""
    fully_covered(own_cast)
    slowest = queued(own_cast, messages)
    with superuser(own_database) as everything:
        count = lambda what: everything.execute(f"select count(*) from {what}").fetchone()[0]  # noqa: E731
        tried = lambda: count("outbound_attempt where was_sent")  # noqa: E731
        for killed in range(kills):
            until = min(messages - 5, (killed + 1) * messages // (kills + 1))
            # So that some are left when it is killed, however fast it is; those in hand may be taken for nobody.
            to_come = until - tried()
            post_office.most = len(post_office.letters) + to_come + IN_HAND
            with running("worker", own_database, tmp_path, killed=True):
                soon(lambda until=until: tried() >= until, done=tried)
        assert count("outbound_message where state = 'waiting'") > 0
        post_office.most = math.inf
        with running("worker", own_database, tmp_path):
            soon(lambda: count("outbound_message where state = 'waiting'") == 0, done=tried)
        assert count("outbound_message where state = 'sent'") == messages
        assert tried() == messages
    ids = [letter["Message-ID"] for _to, letter in post_office.letters]
    assert len(set(ids)) == messages
    assert len(ids) - messages <= kills * IN_HAND
    print(
        f"{kills} kills: {len(ids) - messages} of {messages} messages left twice, each written down once; "
        f"the slowest {AT_ONCE} were queued in {slowest:.1f} s"
    )


def test_what_a_dead_worker_left_in_the_queue_is_removed_and_what_a_living_one_does_is_not(own_database, tmp_path):
    with superuser(own_database) as everything:
        workers = "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval) returning id"
        dead, living = (everything.execute(workers, [since]).fetchone()[0] for since in ("1 hour", "0 hours"))
        columns = "queue_name, status, task_name, worker_id"
        jobs = f"insert into procrastinate_jobs ({columns}) values ('planted', 'doing', %s, %s)"
        everything.cursor().executemany(jobs, [("messages", dead), ("alerts", None), ("drafts", living)])

        def left():
            rows = everything.execute(
                "select task_name from procrastinate_jobs where queue_name = 'planted' order by id"
            )
            return [name for (name,) in rows]

        assert left() == ["messages", "alerts", "drafts"]
        with running("worker", own_database, tmp_path):
            soon(lambda: len(left()) < 2)
            assert left() == ["drafts"]
