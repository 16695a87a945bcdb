"""How PostgreSQL answers a page, statement by statement, and what is wrong with a plan that would grow with the house.

`auto_explain` tells the plan of everything a page asks, also inside functions, as the role that asks and under its
policies. A plan is judged by its shape, not by its cost: reading a whole table or a whole index, and asking a policy's
function for every row. What is sorted has then been narrowed down by an index before.

A small house is read whole by any sensible planner. So its statistics are made those of a house a thousand times as
old (`as_if_old`), and the planner, with its usual settings, chooses as it would there.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from django.db import connection
from psycopg import sql

# Tables that do not grow with the years: how the provider is made up, its homes, its policy, the framework's own, and
# figures that a job folds away every minute.
SMALL = re.compile(
    r"organisation_.*|policy_.*|django_(migrations|content_type)|timescales_calendarcorrection|ledger_epoch"
    r"|ledger_partition|identity_key|protected_table|pg_.*|outbound_rotagap|socialaccount_.*|housing_home|assurance_delta"
)
# Partial indexes of what still waits for somebody: they are as long as the work that lies there, not as the years.
WAITING = {
    "record_rings_once_at_a_time", "case_has_one_closure_waiting", "handover_offered_to", "message_dead",
    "hazard_still_open", "worry_that_waits", "marker_still_on", "watch_that_waits",
}  # fmt: skip
# Nobody has looked at anything in a house that was just filled in: the index of looks is empty, and so read whole.
LOOKS = re.compile(r"ledger_entry_\w+_recorded_at_id_idx\d*")
# Asked for each of one's own unread notices, and there for each grant in the circle of one record.
FOR_EACH = {("may_know_of", "outbound_notice"), ("me", "access_grant"), ("my_parts", "access_grant")}
PARTITION = re.compile(r"_(\d{4}_?\d{2}|default)$")
# Not what an index is asked for: that is worked out once for each scan.
CONDITIONS = ("Filter", "Join Filter", "Hash Cond", "Merge Cond")
WHOLE = {"Index Scan", "Index Only Scan", "Bitmap Index Scan"}
TAKES_ALL = {"Sort", "Aggregate", "Hash", "WindowAgg", "SetOp"}
# Tables without a row, as months of the ledger that have not begun: any way to read them is as good as another.
EMPTY: set[str] = set()
ASKED = re.compile(r"hearth\.(\w+)\(")
# Asked of the rows that nothing before it opened, which for a broad reader are the restricted ones: docs/adr/0097.
ASKED_LAST = re.compile(r" OR hearth\.reaches\(")
EXPLAINED: tuple[LiteralString, ...] = (
    "set session_preload_libraries = 'auto_explain'", "set auto_explain.log_min_duration = 0",
    "set auto_explain.log_nested_statements = on", "set auto_explain.log_format = 'json'",
    "set auto_explain.log_level = 'notice'",
)  # fmt: skip
# Every table and index counts as having a thousand times its rows. What there are many of (cases, circles, people)
# there are as many times more of, so that one case has the notes it had and one circle the rows it had.
AS_IF_OLD: tuple[LiteralString, ...] = (
    "analyze",
    """update pg_statistic s set stadistinct = -least(1, s.stadistinct / c.reltuples) from pg_class c
      where c.oid = s.starelid and s.stadistinct > 20 and c.reltuples > 0
        and c.relnamespace = 'public'::regnamespace""",
    """update pg_statistic s set stakind1 = case s.stakind1 when 1 then 0 else s.stakind1 end from pg_class c
      where c.oid = s.starelid and s.stadistinct < 0 and c.relnamespace = 'public'::regnamespace""",
    """update pg_class set reltuples = reltuples * 1000 where reltuples > 0
      and relnamespace in ('public'::regnamespace, 'hearth'::regnamespace)""",
)


@dataclass(frozen=True)
class Statement:
    """One statement as it was run, with the plan it was given."""

    said: str
    plan: dict[str, Any]


def in_general(said: str) -> str:
    """A statement without what was asked for: the same for every row it is said for."""
    return re.sub(r"'[^']*'(::\w+)?|\b\d+\b", "?", re.sub(r"IN \([^()]*\)", "IN (?)", said))


def explain_everything(superuser: psycopg.Connection, database: str) -> None:
    """Let every later connection to a database be told the plans of what it asks."""
    for setting in EXPLAINED:
        superuser.execute(sql.SQL("alter database {} " + setting).format(sql.Identifier(database)))


def as_if_old(superuser: psycopg.Connection) -> None:
    """Let the planner take this database for one of a house a thousand times as big."""
    for statement in AS_IF_OLD:
        superuser.execute(statement)


@contextmanager
def told_plans() -> Iterator[list[Statement]]:
    """Everything Django’s connection asks meanwhile. The last plan may be told only with the end of the transaction."""
    told: list[Statement] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        words = notice.message_primary or ""
        if "plan:" in words:
            plan = json.loads(words[words.index("{") :])
            told.append(Statement(plan["Query Text"], plan["Plan"]))

    connection.ensure_connection()
    connection.connection.add_notice_handler(hear)
    try:
        yield told
    finally:
        connection.connection.remove_notice_handler(hear)


def faults(statement: Statement) -> list[str]:
    """What would grow in the plan of one statement."""
    return sorted({fault for node, above in _nodes(statement.plan, ()) for fault in _of(node, above)})


def indexes(statement: Statement) -> set[str]:
    """The indexes one statement was answered by."""
    return {node["Index Name"] for node, _ in _nodes(statement.plan, ()) if "Index Name" in node}


def _nodes(node: dict[str, Any], above: tuple[dict[str, Any], ...]) -> Iterator[tuple[dict[str, Any], Any]]:
    yield node, above
    for below in node.get("Plans", []):
        yield from _nodes(below, (*above, node))


def _of(node: dict[str, Any], above: tuple[dict[str, Any], ...]) -> Iterator[str]:
    kind, table = node["Node Type"], PARTITION.sub("", node.get("Relation Name", ""))
    if node.get("Relation Name") in EMPTY:
        return
    for name in CONDITIONS:
        for asked in ASKED.findall(ASKED_LAST.sub(" OR (", str(node.get(name, "")))):
            if (asked, table) in FOR_EACH:
                continue
            yield f"hearth.{asked}() is asked for every row of {table or kind}"
    if SMALL.fullmatch(table):
        return
    if kind == "Seq Scan":
        yield f"{table} is read whole"
    elif kind in WHOLE and "Index Cond" not in node and not _is_short(node["Index Name"]) and not _stops(node, above):
        yield f"the whole index {node['Index Name']} is read"


def _is_short(index: str) -> bool:
    return index in WAITING or LOOKS.fullmatch(index) is not None


def _stops(node: dict[str, Any], above: tuple[dict[str, Any], ...]) -> bool:
    """Whether somebody above takes only the first few rows, and nobody in between must have all."""
    if node["Node Type"] == "Bitmap Index Scan":
        return False
    for node in reversed(above):
        if node["Node Type"] == "Limit":
            return True
        if node["Node Type"] in TAKES_ALL:
            return False
    return False
