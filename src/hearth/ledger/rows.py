"""The ledger's rows in the one form that is hashed: PostgreSQL's own text of the row, read with fixed settings."""

import heapq
from collections.abc import Iterator
from datetime import datetime
from typing import LiteralString, NamedTuple

from psycopg import Connection, sql

ENTRY, CHANGE = 1, 2
KIND_NAMES = {ENTRY: "entry", CHANGE: "change"}

ENTRY_LINE: LiteralString = (
    "row(r.id, r.act, r.about_kind, r.about_id, r.circle_id, r.by_id, r.happened_at, r.recorded_at, r.clause,"
    " r.request, r.facts, r.words_digest, r.xid, r.epoch)::text"
)
CHANGE_LINE: LiteralString = (
    "row(r.id, r.table_name, r.row_id, r.circle_id, r.what, r.columns, r.by_id, r.recorded_at, r.request,"
    " r.rows_digest, r.xid, r.epoch)::text"
)
FIXED_SETTINGS: LiteralString = (
    "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex';"
    " set local client_encoding = 'UTF8'"
)
BATCH = 2_000  # more would not fit into what PostgreSQL keeps in memory for one answer


class OpenedRow(NamedTuple):
    """A row with the salted words or contents that stand beside it, and whether a disposal took them.

    The first four fields are the order of the ledger.
    """

    epoch: int
    xid: int
    kind: int
    id: int
    recorded_at: datetime
    line: str
    digest: bytes | None
    opened: bytes | None
    disposed: bool


def leaves_between(
    connection: Connection, epoch: int, from_xid: int, to_xid: int, at_once: int
) -> Iterator[tuple[bytes, datetime]]:
    """The leaves of an epoch's transactions from `from_xid` up to and not including `to_xid`, in the ledger's order.

    They come for some whole transactions at a time, of `at_once` rows or more, with the newest time of recording in it.
    PostgreSQL packs and hashes them, as `seals.LEAF` says: millions of rows need not be sent to be sealed.
    """
    for first, beyond in _runs(connection, epoch, from_xid, to_xid, at_once):
        query = sql.SQL(LEAVES).format(
            entries=_packed(ENTRY, ENTRY_LINE, "ledger_entry"), changes=_packed(CHANGE, CHANGE_LINE, "ledger_change")
        )
        with connection.cursor(binary=True) as cursor:
            yield from cursor.execute(query, {"epoch": epoch, "first": str(first), "beyond": str(beyond)})


LEAVES: LiteralString = """
    select string_agg(r.leaf, '' order by r.xid, r.kind, r.id), max(r.recorded_at)
    from ({entries} union all {changes}) r
"""
PACKED: LiteralString = """
    select r.xid, {kind} as kind, r.id, r.recorded_at,
      int8send(r.xid::text::bigint) || {kind_byte} || int8send(r.id) || sha256(convert_to({line}, 'UTF8')) as leaf
    from {table} r
    where r.epoch = %(epoch)s and r.xid >= %(first)s::xid8 and r.xid < %(beyond)s::xid8
"""
ROWS_OF_EACH: LiteralString = """
    select r.xid::text::bigint, sum(r.rows)::bigint
    from (select e.xid, count(*) as rows from ledger_entry e
        where e.epoch = %(epoch)s and e.xid >= %(first)s::xid8 and e.xid < %(beyond)s::xid8 group by e.xid
      union all select c.xid, count(*) from ledger_change c
        where c.epoch = %(epoch)s and c.xid >= %(first)s::xid8 and c.xid < %(beyond)s::xid8 group by c.xid) r
    group by r.xid order by r.xid
"""


def _packed(kind: int, line: LiteralString, table: str) -> sql.Composed:
    return sql.SQL(PACKED).format(
        kind=sql.Literal(kind), kind_byte=sql.Literal(bytes([kind])), line=sql.SQL(line), table=sql.Identifier(table)
    )


def _runs(connection: Connection, epoch: int, from_xid: int, to_xid: int, at_once: int) -> Iterator[tuple[int, int]]:
    """Runs of transactions with so many rows or more, each from its first to the one after its last."""
    bounds = {"epoch": epoch, "first": str(from_xid), "beyond": str(to_xid)}
    first, waiting = None, 0
    for xid, rows in connection.execute(ROWS_OF_EACH, bounds).fetchall():
        first, waiting = xid if first is None else first, waiting + rows
        if waiting >= at_once:
            yield first, xid + 1
            first, waiting = None, 0
    if first is not None:
        yield first, to_xid


OPENED: LiteralString = """
    with disposed as materialized (
      select distinct jsonb_array_elements_text(facts -> 'disposed' -> {name})::bigint as id
      from ledger_entry where act = 'ledger.disposed')
    select r.epoch, r.xid::text::bigint, {kind}::smallint, r.id, r.recorded_at, {line}, r.{digest},
      b.salt || convert_to(b.body, 'UTF8'), r.id in (select id from disposed)
    from {table} r left join {beside} b on b.id = r.id
    order by r.epoch, r.xid, r.id
"""
TABLES: dict[int, tuple[LiteralString, str, str, str]] = {
    ENTRY: (ENTRY_LINE, "words_digest", "ledger_entry", "ledger_entry_words"),
    CHANGE: (CHANGE_LINE, "rows_digest", "ledger_change", "ledger_change_rows"),
}
# The order is an index's: sorting would write a third of all that is stored to the disk.
UNSORTED: LiteralString = "set local enable_sort = off"


def all_rows(connection: Connection) -> Iterator[OpenedRow]:
    """Every row of the ledger with what stands beside it, in the ledger's order, a few thousand in memory at a time."""
    connection.execute(UNSORTED)
    streams = (_stream(connection, kind, opened(kind)) for kind in KIND_NAMES)
    return map(OpenedRow._make, heapq.merge(*streams))


def opened(kind: int) -> sql.Composed:
    """The statement that reads every row of one kind as an `OpenedRow`."""
    line, digest, table, beside = TABLES[kind]
    return sql.SQL(OPENED).format(
        kind=sql.Literal(kind), name=sql.Literal(KIND_NAMES[kind]), line=sql.SQL(line), digest=sql.Identifier(digest),
        table=sql.Identifier(table), beside=sql.Identifier(beside),
    )  # fmt: skip


def _stream(connection: Connection, kind: int, query: sql.Composed) -> Iterator[tuple[object, ...]]:
    with connection.cursor(name=KIND_NAMES[kind], binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute(query)
        yield from cursor
