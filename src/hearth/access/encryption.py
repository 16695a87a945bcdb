"""Text that not even somebody who reads the whole database may read: drafts, safe addresses, sign-in secrets.

AES-GCM under a keyring outside the database. Table, row and column are bound to every value, so one that is copied
into another row or column no longer opens. Each value begins with the number of its key: a new key is added beside
the old ones, which go on opening what they sealed.
"""

import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from hearth.access import keys

KEYRING = "keyring"
NUMBER_BYTES = 2
NONCE_BYTES = 12


class CannotOpen(Exception):
    """The value was changed, moved to another place, or its key is missing."""


def encrypt(plain: bytes, *, table: str, row: str, column: str) -> bytes:
    """A value that opens only in this column of this row, under the newest key."""
    number = newest_key()
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = number.to_bytes(NUMBER_BYTES, "big") + nonce
    return head + _cipher(number).encrypt(nonce, plain, _place(table, row, column))


def decrypt(sealed: bytes, *, table: str, row: str, column: str) -> bytes:
    """The value of this column of this row, or CannotOpen."""
    number = int.from_bytes(sealed[:NUMBER_BYTES], "big")
    nonce, body = sealed[NUMBER_BYTES : NUMBER_BYTES + NONCE_BYTES], sealed[NUMBER_BYTES + NONCE_BYTES :]
    if number not in _numbers() or len(nonce) != NONCE_BYTES:
        raise CannotOpen("The key of this value is not in the keyring.")
    try:
        return _cipher(number).decrypt(nonce, body, _place(table, row, column))
    except InvalidTag:
        raise CannotOpen("This value was changed or belongs somewhere else.") from None


def newest_key() -> int:
    """The number of the key that new values are sealed under; the first is made on first use."""
    return max(_numbers(), default=0) or add_key()


def add_key() -> int:
    """Add a key to the keyring. Running processes use it from their next value on."""
    number = max(_numbers(), default=0) + 1
    keys.key(_name(number))
    return number


def _numbers() -> set[int]:
    folder = Path(settings.HEARTH_KEYS) / KEYRING
    return {int(file.stem) for file in folder.glob("*.key")} if folder.is_dir() else set()


def _name(number: int) -> str:
    return f"{KEYRING}/{number:04}.key"


@lru_cache(maxsize=16)
def _cipher(number: int) -> AESGCM:
    return AESGCM(keys.key(_name(number)))


def _place(table: str, row: str, column: str) -> bytes:
    return "\0".join((table, row, column)).encode()
