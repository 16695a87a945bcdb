"""How long somebody stays signed in. Kept in the session on the server, by our one clock."""

from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN = "hearth_began", "hearth_seen"
REMEMBER_EVERY = timedelta(seconds=30)  # one write per half minute is exact enough and spares the database


class Ended(Enum):
    """Why a session is over."""

    IDLE = "idle"
    TOO_LONG = "too long"


def limits() -> tuple[timedelta, timedelta]:
    """Idle and absolute limit."""
    return timedelta(minutes=settings.HEARTH_IDLE_MINUTES), timedelta(hours=settings.HEARTH_SESSION_HOURS)


def is_over(session: SessionBase, at: datetime) -> Ended | None:
    """Whether the session has reached a limit. A session that never began counts from now."""
    idle, absolute = limits()
    began, seen = _time(session, BEGAN, at), _time(session, SEEN, at)
    if at - began >= absolute:
        return Ended.TOO_LONG
    return Ended.IDLE if at - seen >= idle else None


def time_left(session: SessionBase, at: datetime) -> timedelta:
    """How long until the nearer of the two limits, if nothing happens."""
    idle, absolute = limits()
    return min(idle - (at - _time(session, SEEN, at)), absolute - (at - _time(session, BEGAN, at)))


def touch(session: SessionBase, at: datetime) -> None:
    """Remember that somebody was here."""
    session.setdefault(BEGAN, at.isoformat())
    if SEEN not in session or at - _time(session, SEEN, at) >= REMEMBER_EVERY:
        session[SEEN] = at.isoformat()


def _time(session: SessionBase, key: str, otherwise: datetime) -> datetime:
    written = session.get(key)
    return datetime.fromisoformat(written) if written else otherwise
