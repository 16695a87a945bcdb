"""A ledger of a test's own, with real commits: written by the jobs process, sealed, and then perhaps tampered with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from hearth.ledger.anchors import anchors_in
from hearth.ledger.keys import Signer, public_keys, signer
from hearth.ledger.report import Report
from hearth.ledger.sealing import begin_epoch, seal
from hearth.ledger.seals import Epoch, Seal
from hearth.ledger.verifying import verify
from way_out import post_office

__all__ = ["post_office"]

MAY = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
RECORD = "select hearth.record(%s, %s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass
class OwnLedger:
    """A ledger in a database of its own, with its keys and anchors in a folder."""

    connect: Callable[[str], psycopg.Connection]
    folder: Path
    connections: dict[str, psycopg.Connection] = field(default_factory=dict)

    def as_(self, role: str) -> psycopg.Connection:
        """The connection of a role: worker, sealer, owner, or the server's superuser."""
        if role not in self.connections:
            self.connections[role] = self.connect(role)
        return self.connections[role]

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def anchors(self) -> Path:
        return self.folder / "anchors"

    @property
    def signer(self) -> Signer:
        return signer(self.keys)

    def write(self, count: int = 1, *, words: bool = True, connection: psycopg.Connection | None = None) -> list[int]:
        """Entries, each in its own transaction, each with words unless said otherwise."""
        connection = connection or self.as_("worker")
        return [self._write(connection, number, words) for number in range(count)]

    def _write(self, connection: psycopg.Connection, number: int, words: bool) -> int:
        typed = f'{{"why": "He said it was number {number}"}}' if words else None
        values = ["case.noted", "case", number, None, MAY, "5.2(a)", f'{{"step": {number}}}', typed, True]
        return connection.execute(RECORD, values).fetchone()[0]

    def seal(self) -> Seal | None:
        return seal(self.as_("sealer"), signer=self.signer, anchors=self.anchors)

    def begin_epoch(self) -> Epoch:
        return begin_epoch(self.as_("sealer"), signer=self.signer, why="restore")

    def verify(self, *, anchored: bool = True) -> Report:
        anchors = anchors_in(self.anchors) if anchored else []
        return verify(self.as_("sealer"), keys=public_keys(self.keys), anchors=anchors)

    def tamper(self, *statements: str) -> None:
        """What somebody who owns the whole server does: switches the guards off, changes, switches them on again."""
        root = self.as_("postgres")
        query = "select tgrelid::regclass::text, tgname from pg_trigger where tgname like 'refuse%'"
        guards = root.execute(query).fetchall()
        for table, guard in guards:
            root.execute(f"alter table {table} disable trigger {guard}")
        for statement in statements:
            root.execute(statement)
        for table, guard in guards:
            if root.execute("select to_regclass(%s)", [table]).fetchone()[0]:
                root.execute(f"alter table {table} enable always trigger {guard}")


@pytest.fixture
def ledger(own_database: str, tmp_path: Path) -> Iterator[OwnLedger]:
    """An empty ledger."""
    own = OwnLedger(lambda role: psycopg.connect(_address(own_database, role), autocommit=True), tmp_path)
    yield own
    for connection in own.connections.values():
        connection.close()


@pytest.fixture
def sealed(ledger: OwnLedger) -> OwnLedger:
    """A ledger of twelve entries in three seals."""
    for _ in range(3):
        ledger.write(4)
        ledger.seal()
    return ledger


def _address(database: str, role: str) -> str:
    user = role if role == "postgres" else f"hearth_{role}"
    return database.replace("postgresql://", f"postgresql://{user}@")
