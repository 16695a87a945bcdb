"""Cursors that tell PostgreSQL who acts before the first statement he sends, and not again while that stands.

Every cursor of the connection is one of these, so no statement goes out under the identity of whoever acted before.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.pq import TransactionStatus

from hearth.access import identity
from hearth.access.terms import Viewer
from hearth.ledger import transactions

APPLY = """
    select set_config('hearth.identity', %s, true), set_config('hearth.request', %s, true),
      set_config('hearth.voucher', %s, true), set_config('role', %s, true)
"""
# Somebody's parts are worked out here, once, and sealed for this transaction: each policy of each statement asks them.
APPLY_AND_VOUCH = """
    select set_config('hearth.identity', %s, true), set_config('hearth.request', %s, true),
      set_config('hearth.voucher', hearth.voucher(), true), set_config('role', %s, true)
"""
VOUCHER = 2  # its place among what PostgreSQL answers
SAID_ANEW_AFTER = identity.LIFE_SECONDS / 2
UNDOES = "ROLLBACK"

Link = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What the running transaction was told of one who acts."""

    viewer: Viewer | None
    request: str
    token: str
    voucher: str
    role: str
    at: float

    def holds(self, viewer: Viewer | None, now: float) -> bool:
        """Whether it is new enough and of this very viewer: another object may know of other posts."""
        return self.viewer is viewer and now - self.at < SAID_ANEW_AFTER


@dataclass(slots=True)
class Transaction:
    """Who acts in it now, and what was told of the last person and of the house, by turns with whom he acts."""

    standing: Said | None = None
    person: Said | None = None
    house: Said | None = None

    def told(self, viewer: Viewer | None, now: float) -> Said | None:
        """What was told of him, where nobody else but the house acted since: another might have changed his posts."""
        before = self.house if viewer is identity.HOUSE else self.person
        return before if before and before.holds(viewer, now) else None

    def keep(self, said: Said) -> None:
        """It stands now."""
        self.standing = said
        if said.viewer is identity.HOUSE:
            self.house = said
        else:
            self.person = said


_running: WeakKeyDictionary[Link, Transaction] = WeakKeyDictionary()


def say(link: Link) -> str:
    """Tell the running transaction who acts, unless that stands there already. Returns the role that stands.

    Settings end with their transaction, so where none runs nothing stands. A failed one is left alone: rolling it back
    restores what stood at its savepoint.
    """
    if link.autocommit:
        return ""
    status = link.pgconn.transaction_status
    if status == TransactionStatus.IDLE:
        forget(link)
    running = _running.setdefault(link, Transaction())
    said, now = running.standing, time.monotonic()
    viewer, request = identity.current(), identity.request_id()
    if said and said.request == request and said.holds(viewer, now):
        return said.role
    if status == TransactionStatus.INERROR:
        return ""
    said = _tell(link, running.told(viewer, now), viewer, request, now)
    running.keep(said)
    return said.role


def _tell(link: Link, before: Said | None, viewer: Viewer | None, request: str, now: float) -> Said:
    """Send it: as it was sent earlier in this transaction, else with a voucher worked out by PostgreSQL."""
    cursor = psycopg.Cursor(link)
    if before:
        cursor.execute(APPLY, (before.token, request, before.voucher, before.role))
        return replace(before, request=request)
    token, _, role = identity.settings_for(viewer, link.info.backend_pid)
    if token:
        answer = cursor.execute(APPLY_AND_VOUCH, (token, request, role)).fetchone()
    else:
        answer = cursor.execute(APPLY, (token, request, "", role)).fetchone()
    assert answer  # noqa: S101 - a select of settings answers with a row
    return Said(viewer, request, token, answer[VOUCHER], role, now)


def forget(link: Link) -> None:
    """Nothing that was said or asked in this transaction stands any more."""
    _running.pop(link, None)
    transactions.forget(link)


class Speaking(psycopg.Cursor[Any]):
    """Every cursor of a connection. It prepares under each role by itself: a plan rests on the role's policies."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Say who acts, then send."""
        role = say(self.connection)
        if isinstance(query, str):
            if query[:8].upper() == UNDOES:
                forget(self.connection)
            elif role:
                query = f"/*{role}*/ {query}"
        return super().execute(query, params, **options)

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
        """Say who acts, then send."""
        say(self.connection)
        super().executemany(query, params_seq, **options)

    def stream(self, *args: Any, **options: Any) -> Any:
        """Say who acts, then send."""
        say(self.connection)
        return super().stream(*args, **options)

    def copy(self, *args: Any, **options: Any) -> Any:
        """Say who acts, then send."""
        say(self.connection)
        return super().copy(*args, **options)


class SpeakingHeld(psycopg.ServerCursor[Any]):
    """A cursor that PostgreSQL holds, for reading many rows a few at a time."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Say who acts, then declare it."""
        say(self.connection)
        return super().execute(query, params, **options)
