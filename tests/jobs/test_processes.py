"""The jobs process does what is due without anybody asking, each process under its own role of the database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from hearth.drafts.operations import save_draft
from hearth.outbound.operations import tell_staff
from hearth.outbound.terms import Channel, Words
from in_background import running
from waiting import soon

NOW = datetime.now(UTC)


def typed(cast, name, at):
    with cast.acting(name):
        save_draft(form="concern", form_key=uuid4(), fields={"saw": ["bruises"]}, by=getattr(cast, name), at=at)


def test_the_worker_does_what_is_due_when_it_starts_and_at_once_when_it_is_told(
    own_database, own_cast, tmp_path, post_office
):
    """Without its timetable: whatever is done was done because it began, or because the database said so."""
    with superuser(own_database) as everything:

        def count(what):
            return everything.execute(f"select count(*) from {what}").fetchone()[0]

        def letters(subject):
            return [letter for _to, letter in post_office.letters if letter["Subject"] == subject]

        typed(own_cast, "reporter", NOW - timedelta(days=60))
        with running("worker", own_database, tmp_path, has_timetable=False):
            soon(lambda: count("drafts_draft") == 0)
            soon(lambda: letters("The on-call rota has a gap"))
            soon(lambda: count("procrastinate_jobs") == 0)

            everything.execute("alter table outbound_message disable trigger wake_jobs")
            something_waits(own_cast, "unsaid")
            typed(own_cast, "reporter", NOW - timedelta(days=60))
            typed(own_cast, "worker", NOW)
            everything.execute("notify hearth_due, 'drafts'")
            soon(lambda: count("drafts_draft") == 1)
            assert count("outbound_message where state = 'waiting'") == 1, "nobody said that it is due"

            everything.execute("alter table outbound_message enable trigger wake_jobs")
            something_waits(own_cast, "said")
            soon(lambda: len(letters("Something waits for you in Hearth")) == 2)


def superuser(database):
    """A connection that sees everything."""
    return psycopg.connect(database, user="postgres", autocommit=True)


def something_waits(cast, key):
    """A message that is to leave."""
    with cast.acting("reporter"):
        tell_staff(
            cast.lead.id, address="lead@ashgrove.example", channel=Channel.EMAIL, words=Words.SOMETHING_WAITS,
            key=key, at=NOW,
        )  # fmt: skip


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


def test_the_queue_is_the_workers_and_closed_to_the_application(own_database):
    count = "select count(*) from procrastinate_jobs"
    with psycopg.connect(own_database, user="hearth_worker", autocommit=True) as worker:
        assert worker.execute(count).fetchone() == (0,)
    with (
        psycopg.connect(own_database, user="hearth_app", autocommit=True) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute(count)
