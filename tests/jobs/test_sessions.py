"""Old sessions are forgotten by the jobs, who never learn whose they were."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import psycopg
import pytest

from hearth.cli.postgres.server import Server


def test_the_jobs_forget_old_sessions_and_read_none(postgres: Server, own_database: str) -> None:
    from django.contrib.sessions.models import Session

    now = datetime.now(UTC)
    for name, hours in (("old", -1), ("live", 1)):
        Session.objects.create(session_key=name, session_data="x", expire_date=now + timedelta(hours=hours))
    database = urlsplit(own_database).path.lstrip("/")
    with psycopg.connect(postgres.url(database, "hearth_worker"), autocommit=True) as worker:
        worker.execute("delete from django_session where expire_date < %s", [now])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            worker.execute("select session_data from django_session")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]


def test_forgetting_is_one_statement_that_the_jobs_may_make(house: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from hearth.jobs.rounds import forget_sessions

    with CaptureQueriesContext(connection) as asked:
        forget_sessions(datetime.now(UTC))
    (only,) = [query["sql"] for query in asked if "django_session" in query["sql"]]
    assert only.startswith('DELETE FROM "django_session" WHERE "django_session"."expire_date" <')
