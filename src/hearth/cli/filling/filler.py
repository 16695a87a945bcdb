"""The whole fill, as the owner: staff, plan, stretches by two processes, then the statistics."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import LiteralString

import psycopg
from django.db import transaction
from psycopg import sql

from hearth.cli.filling import staff, stopped, stretch
from hearth.cli.filling.plan import ROOM, STRETCH, YEARS, Plan, planted_words
from hearth.cli.filling.sheets import BLANK, unforced
from hearth.cli.filling.vocabulary import PLANTED
from hearth.cli.processes import pool
from hearth.ledger.connecting import connect
from hearth.timescales.grounds import Ground
from hearth.timescales.standing import ground

type Progress = Callable[[int], None]

FOLDED_AT_ONCE = 1_000_000  # each round reads what the rounds before it left
SAMPLED_AFTER = (3, 30, 300, 3_000)  # stretches: what was planned while the tables were smaller is planned anew
REAL = "select count(*) from organisation_user where not is_demonstration and kind <> 'link'"
FILLED = "select count(*) from organisation_user where email like '%@filled.example'"
SINCE = "select min(in_force_from), min(digest) from policy_adoption"
EARLIER = """
    insert into policy_adoption (digest, pack, version, in_force_from, adopted_at, adopted_by_id)
    select digest, pack, version, %s, %s, null from policy_adoption order by in_force_from limit 1
"""


class NotForFilling(Exception):
    """This database is not one to fill. The message says why and is shown."""


def refuse_real_records(connection: psycopg.Connection) -> None:
    """Invented records never stand beside real ones."""
    real = _number(connection, REAL)
    if real:
        raise NotForFilling(f"{real} people who are not invented sign in here, so nothing is filled in.")
    if not _number(connection, "select count(*) from organisation_provider where is_demonstration"):
        raise NotForFilling("There is no invented provider in this database. Start “hearth demo” once, then fill it.")
    if _number(connection, FILLED) and stopped.plan(connection) is None:
        raise NotForFilling("This database has been filled before. Begin anew with “hearth demo --fresh”.")


def fill(cases: int, seed: int, *, now: datetime, processes: int, progress: Progress) -> None:
    """Fill the database this process is the owner of. A fill that was stopped goes on where it stopped."""
    with connect() as connection:
        plan = stopped.plan(connection)
        if plan is None:
            plan = make_plan(cases, seed, now=now)
            stopped.begin(connection, plan)
        elif (plan.cases, plan.seed) != (cases, seed):
            raise NotForFilling(
                f"A fill of {plan.cases:,} cases with seed {plan.seed} was stopped here. Go on with the same numbers, "
                "or begin anew with “hearth demo --fresh”."
            )
        waiting = stopped.waiting(connection, plan)
        done = cases - sum(len(plan.cases_of(number)) for number in waiting)
        with unforced(connection):
            for place, written in enumerate(stretches(plan, waiting, processes), start=1):
                done += written
                progress(done)
                if place in SAMPLED_AFTER:
                    over_all_tables(connection, "analyze {}")
        stopped.end(connection)


def over_all_tables(connection: psycopg.Connection, how: LiteralString) -> None:
    """Do one thing to every table that is filled, or that is written beside them."""
    for table in (*BLANK, "ledger_change", "ledger_change_rows", "assurance_delta", "assurance_sum"):
        connection.execute(sql.SQL(how).format(sql.Identifier(*table.split("."))))


def tidy() -> None:
    """What would be done in time anyway: the figures folded, statistics taken, pages marked as settled."""
    with connect() as connection:
        while _number(connection, f"select hearth.fold_counts({FOLDED_AT_ONCE})"):
            pass
        over_all_tables(connection, "vacuum (analyze) {}")


def make_plan(cases: int, seed: int, *, now: datetime) -> Plan:
    """Appoint the staff, let the policy reach back far enough, and set the ids aside."""
    with transaction.atomic():
        people = staff.appoint(cases, seed, now=now)
    with connect() as connection:
        if (connection.execute(SINCE).fetchone() or (now,))[0] > now - YEARS:
            connection.execute(EARLIER, [now - 2 * YEARS, now])
        stretches = -(-cases // STRETCH)
        first = {table: _set_aside(connection, table, stretches * room * STRETCH) for table, room in ROOM.items()}
        taken = frozenset(str(row[0]) for row in connection.execute("select taken from hearth.reference"))
    return Plan(cases, seed, now, first, taken, 0, people, PLANTED)


def stretches(plan: Plan, waiting: Sequence[int], processes: int) -> Iterator[int]:
    """Write the stretches that wait and say how many cases each held. One process for a small fill, else several."""
    if len(waiting) < 2 or processes == 1:
        yield from (write(plan, number) for number in waiting)
        return
    with pool(processes) as several:
        try:
            for each in [several.submit(write, plan, number) for number in waiting]:
                yield each.result()
        finally:
            several.shutdown(cancel_futures=True)


def write(plan: Plan, number: int) -> int:
    """One stretch, wholly or not at all."""
    sheets = stretch.write(plan, number, _ground(), _planted(plan.cases))
    with_seed = uuid.uuid5(uuid.NAMESPACE_OID, f"{plan.seed}:{number}")
    with _connection().transaction():
        sheets.copy(_connection(), with_seed)
        stopped.is_done(_connection(), number)
    return len(plan.cases_of(number))


@lru_cache(maxsize=1)
def _connection() -> psycopg.Connection:
    connection = connect()
    connection.execute("set synchronous_commit = off")
    return connection


@lru_cache(maxsize=1)
def _ground() -> Ground:
    return ground()


@lru_cache(maxsize=1)
def _planted(cases: int) -> dict[int, tuple[str, ...]]:
    return planted_words(cases, PLANTED)


def _set_aside(connection: psycopg.Connection, table: str, room: int) -> int:
    """Keep a run of a table's ids for this fill, and say where it begins."""
    sequence = "ledger_entry_id_seq" if table == "ledger_entry" else f"{table}_id_seq"
    first = _number(connection, f"select nextval('{sequence}')")
    connection.execute("select setval(%s, %s)", [sequence, first + room])
    return first


def _number(connection: psycopg.Connection, question: str) -> int:
    row = connection.execute(question.encode()).fetchone()
    return int(row[0]) if row else 0
