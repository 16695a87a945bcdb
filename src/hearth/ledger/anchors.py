"""The anchor: the newest seal, written down outside the database, where its owner cannot rewrite it.

Who holds both the database and the signing key could make the ledger anew from any point on; the anchor shows it.
One file a month, one line an hour. Once a day the same is e-mailed to somebody who keeps it (`outbound`).
"""

import fcntl
import os
import quopri
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hearth.ledger.seals import Seal, instant

HOUR = 13  # “2026-11-21T20” of an instant
# An e-mail may break the line where there is a space, and quote each half.
_LINE = re.compile(r"hearth-anchor-1 n=(\d+) epoch=(\d+) sealed_at=(\S+) hash=([0-9a-f]{64})".replace(" ", r"[\s>|]+"))


class AnchorDisagrees(Exception):
    """The ledger no longer holds the seal that was anchored, so nothing more may be sealed on top of it."""


@dataclass(frozen=True)
class Anchor:
    """A seal as it was written down outside."""

    n: int
    epoch: int
    sealed_at: str
    hash: bytes

    @property
    def line(self) -> str:
        return f"hearth-anchor-1 n={self.n} epoch={self.epoch} sealed_at={self.sealed_at} hash={self.hash.hex()}"

    @property
    def e_mail(self) -> str:
        """What to send to somebody outside the organisation's systems, in lines short enough to travel as they are. It
        says nothing about anybody."""
        when = datetime.fromisoformat(self.sealed_at)
        lines = self.line.replace(" sealed_at=", "\nsealed_at=").replace(" hash=", "\nhash=")
        return f"Sealed on {when:%-d %B %Y at %H:%M} UTC.\n\n{lines}"


def anchor_of(seal: Seal) -> Anchor:
    """The line for a seal."""
    return Anchor(seal.n, seal.epoch, instant(seal.sealed_at), seal.hash)


def read_anchors(text: str) -> list[Anchor]:
    """Every anchor in a text: a file of ours, an e-mail that quotes one, or that e-mail as it was saved."""
    if "=3D" in text:  # quoted-printable, as a mail server may have written it down
        text = quopri.decodestring(text.encode()).decode(errors="replace")
    return [Anchor(int(n), int(epoch), at, bytes.fromhex(digest)) for n, epoch, at, digest in _LINE.findall(text)]


def anchors_in(folder: Path) -> list[Anchor]:
    """Every anchor in the folder, oldest first."""
    return [anchor for path in sorted(folder.glob("*.anchor")) for anchor in read_anchors(path.read_text())]


def newest_in(folder: Path) -> Anchor | None:
    """The newest anchor in the folder, if there is one."""
    newest = max(folder.glob("*.anchor"), default=None)
    return read_anchors(newest.read_text())[-1] if newest else None


def write_anchor(folder: Path, anchor: Anchor) -> None:
    """Add the anchor to the month's file. It takes the place of an earlier one of the same hour and epoch.

    Sealers that finish at the same time write one after the other, and none over a newer seal than its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        newest = newest_in(folder)
        if newest and (newest.epoch, newest.n) > (anchor.epoch, anchor.n):
            return
        path = folder / f"{anchor.sealed_at[:7]}.anchor"
        lines = read_anchors(path.read_text()) if path.exists() else []
        if lines and (lines[-1].sealed_at[:HOUR], lines[-1].epoch) == (anchor.sealed_at[:HOUR], anchor.epoch):
            lines.pop()
        _write_whole(path, [*lines, anchor])


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Let one process or thread at a time write in the folder."""
    door = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
    finally:
        os.close(door)


def _write_whole(path: Path, anchors: Iterable[Anchor]) -> None:
    draft = path.with_suffix(".draft")
    with draft.open("w") as file:
        file.writelines(f"{anchor.line}\n" for anchor in anchors)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
