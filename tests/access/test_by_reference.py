"""A record is found by the reference somebody says aloud; and nothing slips past the restricting of a circle."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as, token
from hearth.access.operations import break_glass, give
from hearth.access.terms import Part
from hearth.concerns import queries as concerns
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.pathway.raising import raise_concern

TOLD = Told(danger_now=False, about_staff=AboutStaff.NO, place=Place.NOT_KNOWN, noticed="Shouting at night")


def raised(cast):
    reporter, lead = cast.reporter, cast.lead
    with acting_as(reporter), transaction.atomic():
        receipt = raise_concern(TOLD, by=reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    with acting_as(lead), transaction.atomic():
        return concerns.concern_for(lead, receipt.public_id)


def test_a_record_opens_in_an_emergency_by_address_and_by_reference(cast):
    concern, worker = raised(cast), cast.worker
    with acting_as(worker):
        for called in (str(concern.public_id), concern.reference):
            opened = break_glass("concern", called, why="At the door", by=worker, at=now(), lasts=timedelta(minutes=5))
            assert opened == concern.circle_id
        missing = break_glass(
            "concern", "C-2222-22", why="At the door", by=worker, at=now(), lasts=timedelta(minutes=5)
        )
        assert missing is None


@pytest.mark.parametrize("first", ["restricts", "writes"])
def test_what_is_written_while_a_circle_is_restricted_is_restricted_with_it(own_cast, own_database, first):
    concern, lead = raised(own_cast), own_cast.lead
    with acting_as(lead), transaction.atomic():
        give(concern.circle_id, to=lead.id, part_in_it=Part.WORKS_ON_IT, by=lead, at=now())
    restricts = f"select hearth.restrict_circle({concern.circle_id})"
    writes = (
        "insert into concerns_worry (public_id, circle_id, restricted, concern_id, idempotency_key, raised_by_id,"
        f" raised_at, why, answer) values (gen_random_uuid(), {concern.circle_id}, false, {concern.id},"
        f" gen_random_uuid(), {lead.id}, now(), 'why', '')"
    )
    acts = [restricts, writes] if first == "restricts" else [writes, restricts]
    with closing(_as(lead, own_database)) as one, closing(_as(lead, own_database)) as other:
        one.execute(acts[0])
        with ThreadPoolExecutor(1) as beside:
            waiting = beside.submit(other.execute, acts[1])
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            one.commit()
            waiting.result(timeout=10)
        other.commit()
    with psycopg.connect(own_database, user="postgres") as superuser:
        rows = superuser.execute("select restricted from concerns_worry").fetchall()
    assert rows == [(True,)]


def _as(viewer, database) -> psycopg.Connection:
    """Somebody's transaction on a connection of its own."""
    link = psycopg.connect(database, user="hearth_app")
    link.execute("select set_config('hearth.identity', %s, true)", [token(viewer.id, link.info.backend_pid)])
    link.execute("set local role hearth_broad")
    return link
