"""Sealing: every few seconds what was written is fixed in a batch, signed, and anchored outside.

A batch takes every transaction that is certainly over (below the snapshot's xmin), so one that commits late is never
skipped: it comes into a later batch. Writers never wait for each other, as they would for a chain of single rows.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString

from psycopg import Connection

from hearth.ledger.anchors import AnchorDisagrees, anchor_of, newest_in, write_anchor
from hearth.ledger.keys import Signer
from hearth.ledger.rows import FIXED_SETTINGS, leaves_between
from hearth.ledger.seals import LEAF, NOTHING_BEFORE, Epoch, Seal, epochs, last_seal, seal_numbered

LEAVES_A_PART = 20_000
A_PART = LEAVES_A_PART * LEAF.size
ONE_SNAPSHOT = "set transaction isolation level repeatable read"
ONE_AT_A_TIME = "lock table ledger_seal in share row exclusive mode"
BEYOND: LiteralString = """
    select coalesce(max(xid)::text::bigint, 0) + 1
    from (select max(xid) as xid from ledger_entry where epoch = %s
      union all select max(xid) from ledger_change where epoch = %s) as either
"""
CLOCK: LiteralString = "select clock_timestamp()"
NOBODY_WRITES = "lock table ledger_entry, ledger_change in share mode"


def seal(connection: Connection, *, signer: Signer, anchors: Path) -> Seal | None:
    """Seal everything that is certainly over and anchor it. Returns the new seal, or None when nothing waited.

    `connection` is the sealer's, outside a transaction. Raises AnchorDisagrees rather than seal on top of a ledger that
    was rewritten or cut since the last anchor.
    """
    with connection.transaction():
        _begin(connection, ONE_AT_A_TIME)
        head = last_seal(connection)
        epoch = epochs(connection)[-1]
        _require_anchored(connection, epoch, anchors)
        made = _seal_up_to(connection, _over(connection), head, epoch.n, signer)
    newest = made or head
    if newest and newest_in(anchors) != anchor_of(newest):
        write_anchor(anchors, anchor_of(newest))
    return made


def begin_epoch(connection: Connection, *, signer: Signer, why: str) -> Epoch:
    """After a restore: seal what the restored database holds, then begin a new run of transaction ids.

    What was sealed after the backup was taken is gone; `verify` lists it as lost in this restore.
    """
    with connection.transaction():
        _begin(connection, ONE_AT_A_TIME, NOBODY_WRITES)
        last = epochs(connection)[-1]
        head = last_seal(connection)
        made = _seal_up_to(connection, _beyond_everything(connection, last.n), head, last.n, signer)
        newest = made or head
        at = _value(connection, CLOCK)
        drafted = Epoch(last.n + 1, at, newest.n if newest else 0, why, signer.name, b"")
        begun = replace(drafted, signature=signer.sign(drafted.signed_text))
        connection.execute(
            "insert into ledger_epoch (n, began_at, after_seal, why, key, signature) values (%s, %s, %s, %s, %s, %s)",
            [begun.n, begun.began_at, begun.after_seal, begun.why, begun.key, begun.signature],
        )
    return begun


def _begin(connection: Connection, *locks: str) -> None:
    """Locks first: the snapshot is taken after them, so it sees everything the last sealer did."""
    connection.execute(ONE_SNAPSHOT)
    for lock in locks:
        connection.execute(lock.encode())
    for setting in FIXED_SETTINGS.split(";"):
        connection.execute(setting.encode())


def _over(connection: Connection) -> int:
    """Transactions below this number are over, and this snapshot sees all that they wrote."""
    return int(_value(connection, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))


def _beyond_everything(connection: Connection, epoch: int) -> int:
    return int(_value(connection, BEYOND, epoch, epoch))


def _value(connection: Connection, query: LiteralString, *values: object) -> Any:
    for row in connection.execute(query, values):
        return row[0]
    raise LookupError(query)


def _require_anchored(connection: Connection, epoch: Epoch, folder: Path) -> None:
    anchored = newest_in(folder)
    if anchored is None or (anchored.epoch < epoch.n and anchored.n > epoch.after_seal):
        return  # never anchored yet, or lost in a restore that was declared
    found = seal_numbered(connection, anchored.n)
    if found is None or found.hash != anchored.hash:
        raise AnchorDisagrees(
            f"Seal {anchored.n} was anchored and is no longer in the ledger. Nothing is sealed until this is looked"
            " into: run “hearth ledger verify”. After a restore, “hearth pg restore” begins a new epoch."
        )


def _seal_up_to(connection: Connection, to_xid: int, head: Seal | None, epoch: int, signer: Signer) -> Seal | None:
    n = head.n + 1 if head else 1
    from_xid = head.to_xid if head and head.epoch == epoch else 0
    if to_xid <= from_xid:
        return None
    rows, root, newest = _list_leaves(connection, n, epoch, from_xid, to_xid)
    if not rows:
        return None
    sealed_at = max(_value(connection, CLOCK), newest, *([head.sealed_at] if head else []))
    previous = head.hash if head else NOTHING_BEFORE
    drafted = Seal(n, epoch, from_xid, to_xid, rows, sealed_at, root, previous, b"", signer.name, b"")
    hashed = replace(drafted, hash=drafted.true_hash)
    made = replace(hashed, signature=signer.sign(hashed.signed_text))
    connection.execute(
        "insert into ledger_seal (n, epoch, from_xid, to_xid, rows, sealed_at, root, previous, hash, key, signature)"
        " values (%s, %s, %s::text::xid8, %s::text::xid8, %s, %s, %s, %s, %s, %s, %s)",
        list(made.__dict__.values()),
    )
    return made


def _list_leaves(connection: Connection, n: int, epoch: int, from_xid: int, to_xid: int) -> tuple[int, bytes, datetime]:
    """Store the list of the batch's rows part by part. Returns how many, the root, and the newest recorded time."""
    root, part, count, waiting = hashlib.sha256(), 0, 0, bytearray()
    newest = _value(connection, CLOCK)
    for leaves, recorded_at in leaves_between(connection, epoch, from_xid, to_xid, LEAVES_A_PART):
        root.update(leaves)
        waiting += leaves
        count += len(leaves) // LEAF.size
        newest = max(newest, recorded_at)
        while len(waiting) >= A_PART:
            _store_part(connection, n, part, waiting[:A_PART])
            del waiting[:A_PART]
            part += 1
    if waiting:
        _store_part(connection, n, part, waiting)
    return count, root.digest(), newest


def _store_part(connection: Connection, n: int, part: int, leaves: bytearray) -> None:
    connection.execute("insert into ledger_seal_leaves (n, part, leaves) values (%s, %s, %s)", [n, part, bytes(leaves)])
