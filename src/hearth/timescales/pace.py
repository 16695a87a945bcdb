"""How long something that goes on will still take, from how far it has come. Plain Python."""

from datetime import timedelta


def time_left(gone: timedelta, done: int, of: int) -> timedelta | None:
    """By the pace so far; nothing before anything was done, or where nothing is left."""
    return gone * (of - done) / done if 0 < done < of else None


def in_minutes(left: timedelta) -> int:
    """Whole minutes, the one that has begun among them."""
    return -(-left // timedelta(minutes=1))
