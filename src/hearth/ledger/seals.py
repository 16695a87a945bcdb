"""What a seal says, in the one form that is hashed and signed."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import Struct

from psycopg import Connection, sql

NOTHING_BEFORE = bytes(32)
LEAF = Struct(">QBQ32s")
"""How a sealed row is listed: transaction, kind, id, and the SHA-256 of the row. The list's SHA-256 is the root."""

COLUMNS = sql.SQL(
    "n, epoch, from_xid::text::bigint, to_xid::text::bigint, rows, sealed_at, root, previous, hash, key, signature"
)
IN_TURN = sql.SQL("select {} from ledger_seal order by n").format(COLUMNS)
NEWEST = sql.SQL("select {} from ledger_seal order by n desc limit 1").format(COLUMNS)
NUMBERED = sql.SQL("select {} from ledger_seal where n = %s").format(COLUMNS)


@dataclass(frozen=True)
class Seal:
    """One batch of the ledger, fixed: the rows of the transactions from `from_xid` up to and not including `to_xid`."""

    n: int
    epoch: int
    from_xid: int
    to_xid: int
    rows: int
    sealed_at: datetime
    root: bytes
    previous: bytes
    hash: bytes
    key: str
    signature: bytes

    @property
    def true_hash(self) -> bytes:
        """What the hash must be, given everything else the seal says."""
        text = (
            f"hearth-seal-1\nn={self.n}\nepoch={self.epoch}\nfrom={self.from_xid}\nto={self.to_xid}\nrows={self.rows}\n"
            f"sealed_at={instant(self.sealed_at)}\nroot={self.root.hex()}\nprevious={self.previous.hex()}\n"
        )
        return hashlib.sha256(text.encode()).digest()

    @property
    def signed_text(self) -> bytes:
        return b"hearth-seal-1\n" + self.hash


@dataclass(frozen=True)
class Epoch:
    """A run of transaction ids. A restore begins a new one; only the holder of the key can say so."""

    n: int
    began_at: datetime
    after_seal: int
    why: str
    key: str
    signature: bytes

    @property
    def signed_text(self) -> bytes:
        return (
            f"hearth-epoch-1\nn={self.n}\nbegan_at={instant(self.began_at)}\nafter_seal={self.after_seal}\nwhy={self.why}\n"
        ).encode()


def instant(at: datetime) -> str:
    """An instant in the one form that is hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def last_seal(connection: Connection) -> Seal | None:
    """The newest seal, if there is one."""
    row = connection.execute(NEWEST).fetchone()
    return Seal(*row) if row else None


def seal_numbered(connection: Connection, n: int) -> Seal | None:
    """The seal of that number, if there is one."""
    row = connection.execute(NUMBERED, [n]).fetchone()
    return Seal(*row) if row else None


def epochs(connection: Connection) -> list[Epoch]:
    """Every epoch, oldest first."""
    rows = connection.execute("select n, began_at, after_seal, why, key, signature from ledger_epoch order by n")
    return [Epoch(*row) for row in rows]
