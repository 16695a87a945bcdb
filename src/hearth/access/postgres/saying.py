"""Cursors that tell PostgreSQL who acts before the first statement he sends, and not again while that stands.

Every cursor of the connection is one of these, so no statement goes out under the identity of whoever acted before.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.pq import TransactionStatus

from hearth.access import identity
from hearth.access.terms import Viewer
from hearth.ledger import transactions

APPLY = """
    select set_config('hearth.identity', %s, true), set_config('hearth.request', %s, true), set_config('role', %s, true)
"""
# Somebody's parts are worked out here, once, and sealed for this transaction: each policy of each statement asks them.
APPLY_AND_VOUCH = """
    select set_config('hearth.identity', %s, true), set_config('hearth.request', %s, true),
      set_config('hearth.voucher', hearth.voucher(), true), set_config('role', %s, true)
"""
SAID_ANEW_AFTER = identity.LIFE_SECONDS / 2
UNDOES = "ROLLBACK"

Link = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the running transaction."""

    viewer: Viewer | None
    request: str
    role: str
    at: float


_said: WeakKeyDictionary[Link, Said] = WeakKeyDictionary()


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
    said, now = _said.get(link), time.monotonic()
    viewer, request = identity.current(), identity.request_id()
    if said and said.viewer is viewer and said.request == request and now - said.at < SAID_ANEW_AFTER:
        return said.role
    if status == TransactionStatus.INERROR:
        return ""
    who = identity.settings_for(viewer, link.info.backend_pid)
    psycopg.Cursor(link).execute(APPLY_AND_VOUCH if who[0] else APPLY, who)
    _said[link] = Said(viewer, request, who[-1], now)
    return who[-1]


def forget(link: Link) -> None:
    """Nothing that was said or asked in this transaction stands any more."""
    _said.pop(link, None)
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
