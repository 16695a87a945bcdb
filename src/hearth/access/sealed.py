"""Words kept encrypted in a column: safe addresses, code words, drafts. The keys lie in files outside the database.

Each value is bound to its table, row and column, so that nobody can move it to a row where more people may read it.
"""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from hearth.access import keys

RING = "fields"
FORM = 1
NONCE = 12


class CannotOpen(Exception):
    """The value was moved, changed, or sealed with a key that is not here."""


def seal(text: str, *, table: str, row: str, column: str) -> bytes:
    """Encrypt with the newest key of the ring. `row` is the row's public id."""
    number = newest_key()
    nonce = os.urandom(NONCE)
    sealed = _cipher(number).encrypt(nonce, text.encode(), _place(table, row, column))
    return bytes([FORM, number]) + nonce + sealed


def unseal(value: bytes, *, table: str, row: str, column: str) -> str:
    """The text again, only at the place it was sealed for."""
    value = bytes(value)
    if len(value) < 2 + NONCE or value[0] != FORM:
        raise CannotOpen("not a sealed value")
    nonce, sealed = value[2 : 2 + NONCE], value[2 + NONCE :]
    try:
        return _cipher(value[1]).decrypt(nonce, sealed, _place(table, row, column)).decode()
    except (InvalidTag, FileNotFoundError) as problem:
        raise CannotOpen(f"{table}.{column} of {row}") from problem


def newest_key() -> int:
    """The number of the key that seals now. Put `2.key` beside `1.key` to rotate; the old one still opens."""
    ring = Path(settings.HEARTH_KEYS) / RING
    numbers = [int(path.stem) for path in ring.glob("*.key") if path.stem.isdigit()]
    return max(numbers, default=1)


def _place(table: str, row: str, column: str) -> bytes:
    return "\0".join((table, row, column)).encode()


@lru_cache(maxsize=16)
def _cipher(number: int) -> AESGCM:
    name = f"{RING}/{number}.key"
    if number != 1 and not (Path(settings.HEARTH_KEYS) / name).exists():
        raise FileNotFoundError(name)
    return AESGCM(keys.key(name))
