"""What a transaction of an act needs: done whole or not at all, and what was asked once is known until it ends."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection, transaction
from psycopg import Connection
from psycopg.pq import TransactionStatus

_depth: ContextVar[int] = ContextVar("hearth_acts_within_acts", default=0)
_known: WeakKeyDictionary[Connection[Any], dict[str, Any]] = WeakKeyDictionary()


def all_or_nothing[**P, R](act: Callable[P, R]) -> Callable[P, R]:
    """An act that happens whole or not at all. Only the outermost has a savepoint: those within fail with it.

    Whoever wants to go on after an act within another was refused gives it a `transaction.atomic()` of its own; else
    every later statement is refused.
    """

    @wraps(act)
    def whole(*args: P.args, **options: P.kwargs) -> R:
        depth = _depth.get()
        token = _depth.set(depth + 1)
        try:
            with transaction.atomic(savepoint=depth == 0):
                return act(*args, **options)
        finally:
            _depth.reset(token)

    return whole


def once[R](what: str, ask: Callable[[], R]) -> R:
    """The answer to a question that has one for a whole transaction, whoever asks. Outside of one it is asked anew."""
    link = connection.connection
    if link is None or link.autocommit:
        return ask()
    if link.info.transaction_status is TransactionStatus.IDLE:
        forget(link)
    if what not in _known.get(link, {}):
        answer = ask()  # which may begin the transaction, and so forget
        _known.setdefault(link, {})[what] = answer
    found: R = _known[link][what]
    return found


def forget(link: Connection[Any] | None = None) -> None:
    """Nothing is known any more: a transaction began, was rolled back in part, or changed what was asked."""
    link = link or connection.connection
    if link is not None:
        _known.pop(link, None)
