"""A fill that was stopped, so that it can go on: what it planned and which stretches are written.

Both stand in tables of the database that is filled, made by the owner for the time of the fill. A stretch says in its
own transaction that it is written, so it is written once, however often a fill is stopped.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import psycopg

from hearth.cli.filling.plan import Plan, Staff

BEGIN = """
    create table hearth.filling (plan jsonb not null);
    create table hearth.filling_stretch (number integer primary key);
"""
END = "drop table hearth.filling, hearth.filling_stretch"


def begin(connection: psycopg.Connection, plan: Plan) -> None:
    """Keep the plan before anything is written."""
    with connection.transaction():
        connection.execute(BEGIN)
        kept = {**asdict(plan), "now": plan.now.isoformat(), "taken": sorted(plan.taken)}
        connection.execute("insert into hearth.filling values (%s)", [json.dumps(kept)])


def plan(connection: psycopg.Connection) -> Plan | None:
    """What a fill that was stopped had planned. None where none was."""
    if connection.execute("select to_regclass('hearth.filling')").fetchone() == (None,):
        return None
    row = connection.execute("select plan from hearth.filling").fetchone()
    return _plan(row[0]) if row else None


def waiting(connection: psycopg.Connection, plan: Plan) -> Sequence[int]:
    """The stretches that are not written yet, in their order."""
    written = {row[0] for row in connection.execute("select number from hearth.filling_stretch")}
    return [number for number in range(plan.stretches) if number not in written]


def is_done(connection: psycopg.Connection, number: int) -> None:
    """A stretch is written, if its transaction is."""
    connection.execute("insert into hearth.filling_stretch values (%s)", [number])


def end(connection: psycopg.Connection) -> None:
    """Everything is written."""
    connection.execute(END)


def _plan(kept: Mapping[str, Any]) -> Plan:
    """The plan as it was, out of JSON, which has neither tuples nor times nor keys that are numbers."""
    staff = Staff(**{part: tuple(people) for part, people in kept["staff"].items()})
    planted = {int(hits): tuple(words) for hits, words in kept["planted"].items()}
    now, taken = datetime.fromisoformat(kept["now"]), frozenset(kept["taken"])
    return Plan(**{**kept, "now": now, "taken": taken, "staff": staff, "planted": planted})
