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
BATCH = 5_000


class Row(NamedTuple):
    """A row to be sealed or checked. The first four fields are the order of the ledger."""

    epoch: int
    xid: int
    kind: int
    id: int
    recorded_at: datetime
    line: str


class OpenedRow(NamedTuple):
    """A row with what stands beside it: the salted words or contents, and whether a disposal took them."""

    epoch: int
    xid: int
    kind: int
    id: int
    recorded_at: datetime
    line: str
    digest: bytes | None
    opened: bytes | None
    disposed: bool


def rows_between(connection: Connection, epoch: int, from_xid: int, to_xid: int) -> Iterator[Row]:
    """The rows of an epoch's transactions from `from_xid` up to and not including `to_xid`, in the ledger's order."""
    query: LiteralString = (
        "select r.epoch, r.xid::text::bigint, {kind}::smallint, r.id, r.recorded_at, {line} from {table} r"
        " where r.epoch = {epoch} and r.xid >= {from_xid}::text::xid8 and r.xid < {to_xid}::text::xid8"
        " order by r.epoch, r.xid, r.id"
    )
    bounds = {"epoch": sql.Literal(epoch), "from_xid": sql.Literal(from_xid), "to_xid": sql.Literal(to_xid)}
    entries = sql.SQL(query).format(
        kind=sql.Literal(ENTRY), line=sql.SQL(ENTRY_LINE), table=sql.SQL("ledger_entry"), **bounds
    )
    changes = sql.SQL(query).format(
        kind=sql.Literal(CHANGE), line=sql.SQL(CHANGE_LINE), table=sql.SQL("ledger_change"), **bounds
    )
    streams = (_stream(connection, name, one) for name, one in (("entries", entries), ("changes", changes)))
    return map(Row._make, heapq.merge(*streams))


def all_rows(connection: Connection) -> Iterator[OpenedRow]:
    """Every row of the ledger with what stands beside it, in the ledger's order, a few thousand in memory at a time."""
    query: LiteralString = (
        "with disposed as materialized ("
        "select distinct jsonb_array_elements_text(facts -> 'disposed' -> {name})::bigint as id"
        " from ledger_entry where act = 'ledger.disposed')"
        " select r.epoch, r.xid::text::bigint, {kind}::smallint, r.id, r.recorded_at, {line}, r.{digest},"
        " b.salt || convert_to(b.body, 'UTF8'), d.id is not null"
        " from {table} r left join {beside} b on b.id = r.id left join disposed d on d.id = r.id"
        " order by r.epoch, r.xid, r.id"
    )
    entries = sql.SQL(query).format(
        kind=sql.Literal(ENTRY), name=sql.Literal("entry"), line=sql.SQL(ENTRY_LINE), table=sql.SQL("ledger_entry"),
        digest=sql.SQL("words_digest"), beside=sql.SQL("ledger_entry_words"),
    )  # fmt: skip
    changes = sql.SQL(query).format(
        kind=sql.Literal(CHANGE), name=sql.Literal("change"), line=sql.SQL(CHANGE_LINE), table=sql.SQL("ledger_change"),
        digest=sql.SQL("rows_digest"), beside=sql.SQL("ledger_change_rows"),
    )  # fmt: skip
    streams = (_stream(connection, name, one) for name, one in (("entries", entries), ("changes", changes)))
    return map(OpenedRow._make, heapq.merge(*streams))


def _stream(connection: Connection, name: str, query: sql.Composed) -> Iterator[tuple[object, ...]]:
    with connection.cursor(name=name, binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute(query)
        yield from cursor
