"""Verifying: the ledger recomputed here from its raw rows, against its seals, their signatures and the anchor.

Memory stays flat: rows and seals stream from one snapshot in the same order and are compared side by side.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from cryptography.exceptions import InvalidSignature
from psycopg import Connection

from hearth.ledger.anchors import Anchor
from hearth.ledger.keys import PublicKeys
from hearth.ledger.notebook import Notebook
from hearth.ledger.report import Loss, Problem, Report
from hearth.ledger.rows import FIXED_SETTINGS, OpenedRow, all_rows
from hearth.ledger.seals import IN_TURN, LEAF, NOTHING_BEFORE, Epoch, Seal, epochs
from hearth.ledger.structure import check_structure

type Progress = Callable[[int, int], None]

ONE_SNAPSHOT = "set transaction isolation level repeatable read, read only"
LONGEST_TRANSACTION = timedelta(hours=1)
PROGRESS_EVERY = 10_000
KIND = slice(1, 3)


def verify(
    connection: Connection, *, keys: PublicKeys, anchors: Iterable[Anchor] = (), progress: Progress | None = None
) -> Report:
    """Check everything there is to check and say what is wrong. Changes nothing.

    `connection` is the sealer's, outside a transaction. `anchors` come from the anchor folder or from e-mails.
    """
    with connection.transaction():
        connection.execute(ONE_SNAPSHOT)
        for setting in FIXED_SETTINGS.split(";"):
            connection.execute(setting.encode())
        notes = Notebook()
        begun = epochs(connection)
        for epoch in begun[1:]:
            if not _is_signed(keys, epoch.key, epoch.signature, epoch.signed_text):
                notes.add(Problem.EPOCH_UNSIGNED, f"epoch {epoch.n}")
        walk = _Walk(connection, notes, keys, begun, progress)
        walk.run()
        counted, losses = _compare_anchors(connection, notes, begun, anchors)
        check_structure(connection, notes)
    return notes.report(
        rows=walk.sealed, seals=walk.seals, unsealed=walk.unsealed, disposed=walk.disposed, anchors=counted,
        losses=losses,
    )  # fmt: skip


class _Walk:
    """One pass over rows and seals side by side."""

    def __init__(
        self, connection: Connection, notes: Notebook, keys: PublicKeys, begun: list[Epoch], progress: Progress | None
    ) -> None:
        self.connection, self.notes, self.keys, self.progress = connection, notes, keys, progress
        self.ends = {epoch.n - 1: epoch.after_seal for epoch in begun[1:]}
        self.rows: Iterator[OpenedRow] = all_rows(connection)
        self.row: OpenedRow | None = next(self.rows, None)
        self.head: Seal | None = None
        self.sealed = self.seals = self.unsealed = self.disposed = self.seen = 0
        counted = connection.execute("select coalesce(sum(rows), 0)::bigint from ledger_seal").fetchone()
        self.expected = int(counted[0]) if counted else 0

    def run(self) -> None:
        """Every seal in turn, then the rows after the last."""
        with self.connection.cursor(name="seals") as seals:
            seals.itersize = 100
            seals.execute(IN_TURN)
            for columns in seals:
                seal = Seal(*columns)
                self._check_seal(seal)
                self._check_rows(seal)
                self.head = seal
                self.seals += 1
        self._check_tail()
        self.notes.settle_moves()

    def _check_seal(self, seal: Seal) -> None:
        head, name = self.head, f"seal {seal.n}"
        if seal.n > (head.n if head else 0) + 1:
            self.notes.add(Problem.SEAL_GONE, f"seal {(head.n if head else 0) + 1}")
        if seal.hash != seal.true_hash:
            self.notes.add(Problem.SEAL_EDITED, name)
        if not _is_signed(self.keys, seal.key, seal.signature, seal.signed_text):
            self.notes.add(Problem.SEAL_UNSIGNED, name)
        if seal.previous != (head.hash if head else NOTHING_BEFORE) or not self._carries_on(seal):
            self.notes.add(Problem.CHAIN_BROKEN, name)
        if head and seal.sealed_at < head.sealed_at:
            self.notes.add(Problem.WRONG_TIME, name)

    def _carries_on(self, seal: Seal) -> bool:
        """Whether the seal takes up where the last one ended: in its epoch, or at the start of the next."""
        head = self.head
        if head and seal.epoch == head.epoch:
            return seal.from_xid == head.to_xid
        ended = head.n if head else 0
        skipped = range(head.epoch if head else 1, seal.epoch)
        return seal.from_xid == 0 and all(self.ends.get(epoch) == ended for epoch in skipped)

    def _check_rows(self, seal: Seal) -> None:
        root, listed = hashlib.sha256(), 0
        for leaves in self._parts(seal):
            root.update(leaves)
            whole = len(leaves) - len(leaves) % LEAF.size
            for xid, kind, row_id, digest in LEAF.iter_unpack(leaves[:whole]):
                self._expect(seal, (seal.epoch, xid, kind, row_id), digest)
                listed += 1
        self.sealed += listed
        if root.digest() != seal.root or listed != seal.rows:
            self.notes.add(Problem.LIST_EDITED, f"seal {seal.n}")

    def _parts(self, seal: Seal) -> Iterator[bytes]:
        part = 0
        query = b"select leaves from ledger_seal_leaves where n = %s and part = %s"
        while row := self.connection.execute(query, [seal.n, part]).fetchone():
            yield row[0]
            part += 1

    def _expect(self, seal: Seal, key: tuple[int, int, int, int], digest: bytes) -> None:
        """The sealed row stands where it should and is what was sealed."""
        while self.row is not None and self.row[:4] < key:
            self.notes.planted(self.row, seal.n)
            self._next()
        row = self.row
        if row is None or row[:4] != key:
            self.notes.gone(key, seal.n)
            return
        if hashlib.sha256(row.line.encode()).digest() != digest:
            self.notes.row(Problem.EDITED, key, seal.n)
        elif not self._may_be(row, seal):
            self.notes.row(Problem.WRONG_TIME, key, seal.n)
        self._check_beside(row, seal.n)
        self._next()

    def _may_be(self, row: OpenedRow, seal: Seal) -> bool:
        """Recorded before it was sealed, and not long before the seal it would else have come into."""
        earliest = self.head.sealed_at - LONGEST_TRANSACTION if self.head else row.recorded_at
        return earliest <= row.recorded_at <= seal.sealed_at

    def _check_beside(self, row: OpenedRow, seal: int | None) -> None:
        key = row[:4]
        if row.digest is None and row.opened is not None:
            self.notes.row(Problem.WORDS_PLANTED, key, seal)
        elif row.digest is not None and row.opened is None:
            self.disposed += row.disposed
            if not row.disposed:
                self.notes.row(Problem.WORDS_GONE, key, seal)
        elif row.opened is not None and hashlib.sha256(row.opened).digest() != row.digest:
            self.notes.row(Problem.WORDS_EDITED, key, seal)

    def _check_tail(self) -> None:
        """What no seal covers yet. In a place that a seal already covers, it was planted."""
        head = self.head
        last_epoch = max(self.ends, default=0) + 1
        while self.row is not None:
            row = self.row
            covered = head and (row.epoch, row.xid) < (head.epoch, head.to_xid)
            if covered or row.epoch < last_epoch:
                self.notes.planted(row, None)
            else:
                self.unsealed += 1
                self._check_beside(row, None)
            self._next()

    def _next(self) -> None:
        self.row = next(self.rows, None)
        self.seen += 1
        if self.progress and (self.seen % PROGRESS_EVERY == 0 or self.row is None):
            self.progress(self.seen, max(self.seen, self.expected))


def _is_signed(keys: PublicKeys, name: str, signature: bytes, text: bytes) -> bool:
    key = keys.get(name)
    if key is None:
        return False
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _compare_anchors(
    connection: Connection, notes: Notebook, begun: list[Epoch], anchors: Iterable[Anchor]
) -> tuple[int, tuple[Loss, ...]]:
    """Each anchored seal is still there with the same hash, or was lost in a restore that was declared."""
    ended = {epoch.n - 1: epoch for epoch in begun[1:]}
    count, lost = 0, dict[int, list[int]]()
    for anchor in anchors:
        count += 1
        end = ended.get(anchor.epoch)
        if end and anchor.n > end.after_seal:
            lost.setdefault(end.n, []).append(anchor.n)
            continue
        row = connection.execute("select hash from ledger_seal where n = %s", [anchor.n]).fetchone()
        if row is None or row[0] != anchor.hash:
            notes.add(Problem.NOT_AS_ANCHORED, f"seal {anchor.n}")
    return count, tuple(Loss(ended[n - 1].after_seal + 1, max(seals), n) for n, seals in lost.items())
