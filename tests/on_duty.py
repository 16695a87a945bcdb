"""The on-call rota of the stories, and the jobs process's own database role."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import psycopg
from django.db import connection, transaction

from hearth.access.identity import acting_as
from hearth.organisation.models import User
from hearth.organisation.operations import add_shift

EVENING = datetime(2026, 12, 23, 19, 40, tzinfo=UTC)


@dataclass(frozen=True)
class Worry:
    """A record that somebody on call must see. Its numbers are planted to be searched for afterwards."""

    ledger_kind: ClassVar[str] = "concern"
    id: int
    public_id: UUID
    circle_id: int


@contextmanager
def as_jobs_process():
    """Sign in to the database as the jobs process does. Needs a database of the test's own: it commits."""
    connection.close()
    was = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = "hearth_worker"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = was


def rota(cast, *rungs, start=EVENING - timedelta(hours=2), hours=12):
    """Put people on the rota: ("lead", 1), ("deputy", 2) ..."""
    shifts = []
    with acting_as(cast.administrator), transaction.atomic():
        for name, rung in rungs:
            user = User.objects.get(pk=getattr(cast, name).id)
            until = start + timedelta(hours=hours)
            shifts.append(add_shift(user, rung=rung, phone=f"0700090000{rung}", starts_at=start, ends_at=until))
    return shifts


def shut_out(database, user_id, circle_id):
    """Shut a circle to somebody, as the function that keeps this from roles and relationships does."""
    with psycopg.connect(database, user="hearth_owner", autocommit=True) as owner:
        owner.execute("set role hearth_definer")
        owner.execute("insert into access_excludedcircle (user_id, circle_id) values (%s, %s)", [user_id, circle_id])
