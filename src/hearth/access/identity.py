"""Who acts, told to PostgreSQL in a form that injected SQL cannot forge.

The token is `user.expiry.HMAC` over both and the backend's process id. `hearth.me()` checks it against a key that only
the definer reads. It answers injection and stray queries, not a taken-over process: the application holds the key.
"""

import hashlib
import hmac
import time
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from hearth.access import keys
from hearth.access.rules import is_broad
from hearth.access.terms import NotYours, Part, Viewer

LIFE_SECONDS = 300
BLOCK = 64


@dataclass(frozen=True)
class _House:
    id: int = 0
    name: str = "Hearth"
    parts: frozenset[Part] = frozenset()


HOUSE = _House()

_viewer: ContextVar[Viewer | None] = ContextVar("hearth_viewer", default=None)
_request: ContextVar[str] = ContextVar("hearth_request", default="")
_learnt: ContextVar[dict[tuple[int, int], frozenset[Part]] | None] = ContextVar("hearth_learnt", default=None)


def current() -> Viewer | None:
    """Who is acting now, if anybody."""
    return _viewer.get()


def require(by: Viewer) -> None:
    """Refuse to act or ask for somebody who is not the signed identity."""
    if (signed := current()) is None or signed.id != by.id:
        raise NotYours(f"user {by.id} is named, another identity is signed in")


def learnt() -> dict[tuple[int, int], frozenset[Part]] | None:
    """Which parts people play in circles, as far as it was asked while somebody only reads; none where he acts."""
    return _learnt.get()


@contextmanager
def reading(only: bool) -> Iterator[None]:
    """Only read. A page that is looked at asks many times which part somebody plays in one record."""
    was = _learnt.set({} if only else None)
    try:
        yield
    finally:
        _learnt.reset(was)


def request_id() -> str:
    """The id that ties together everything one request did."""
    return _request.get()


@contextmanager
def acting_as(viewer: Viewer | None, *, request: str | None = None) -> Iterator[None]:
    """Act as somebody, inside a running transaction too. What stood before stands again afterwards.

    PostgreSQL is told with the next statement (access.postgres.saying).
    """
    was_viewer = _viewer.set(viewer)
    was_request = _request.set(request or _request.get() or str(uuid.uuid4()))
    try:
        yield
    finally:
        _viewer.reset(was_viewer)
        _request.reset(was_request)


def as_the_house() -> AbstractContextManager[None]:
    """Act as the house for a moment: clocks, notices and the like, for records the person acting may not see."""
    return acting_as(HOUSE)


def settings_for(viewer: Viewer | None, backend_pid: int) -> tuple[str, str, str]:
    """What a transaction is told: the signed token, the request and the role that picks the plan."""
    if viewer is None:
        return "", _request.get(), "none"
    if viewer is HOUSE:
        return token(HOUSE.id, backend_pid), _request.get(), "hearth_house"
    role = "hearth_broad" if is_broad(viewer.parts) else "hearth_narrow"
    return token(viewer.id, backend_pid), _request.get(), role


def token(user_id: int, backend_pid: int, *, life: int = LIFE_SECONDS) -> str:
    """A token for one user on one database connection, for a few minutes."""
    expiry = int(time.time()) + life
    signed = hmac.new(_key(), f"{user_id}.{expiry}.{backend_pid}".encode(), hashlib.sha256).hexdigest()
    return f"{user_id}.{expiry}.{signed}"


def pads() -> tuple[bytes, bytes]:
    """The key as HMAC's inner and outer pads: what the owner writes into `hearth.identity_key`."""
    padded = _key().ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


@lru_cache(maxsize=1)
def _key() -> bytes:
    return keys.key(keys.IDENTITY)
