"""Streams locked with a key: AES-GCM in chunks, so that a backup of any size needs little memory and no open copy.

Each stream has a key of its own, derived from the backup's key, a salt and what the stream is (`about`). Each chunk
says its place and whether it is the last. So a changed byte, a chunk that was left out, repeated or moved, an end cut
off, and a stream of another backup all fail to open.
"""

import os
from collections.abc import Iterator
from typing import IO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = b"HEARTH 1"
SALT, KEY, TAG = 32, 32, 16
CHUNK = 1 << 20


class CannotOpen(Exception):
    """Something in the stream is not as it was locked, or the key is another."""


class Readable(Protocol):
    """What a stream is read from."""

    def read(self, size: int, /) -> bytes: ...


def name_of(key: bytes) -> str:
    """A name for a key that tells nothing about it, so that the wrong key can be told from a damaged backup."""
    return _derived(key, b"", b"name")[:8].hex()


class Locking:
    """A file to write into; what is written stands locked in `target`. Closing it writes the last chunk."""

    def __init__(self, target: IO[bytes], key: bytes, about: bytes) -> None:
        salt = os.urandom(SALT)
        self._target, self._cipher = target, AESGCM(_derived(key, salt, about))
        self._waiting, self._place = bytearray(), 0
        target.write(MARK + salt)

    def write(self, data: bytes) -> int:
        """Take more. One chunk is held back, because only the end tells which is the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._lock(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk."""
        self._lock(bytes(self._waiting), is_last=True)

    def _lock(self, chunk: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._place, is_last), chunk, None))
        self._place += 1


class Opened:
    """A locked stream, read in the clear. Raises CannotOpen at the first chunk that is not as it was locked."""

    def __init__(self, source: Readable, key: bytes, about: bytes) -> None:
        self._chunks = _chunks(source, key, about)
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        """Up to that many bytes; none at the end."""
        found = bytearray()
        while len(found) < size:
            if not self._rest:
                self._rest = next(self._chunks, b"")
                if not self._rest:
                    break
            taken = size - len(found)
            found += self._rest[:taken]
            self._rest = self._rest[taken:]
        return bytes(found)

    def to_the_end(self) -> None:
        """Read on to the last chunk, so that a stream cut off is noticed also behind what was asked for."""
        while self.read(CHUNK):
            pass


def _chunks(source: Readable, key: bytes, about: bytes) -> Iterator[bytes]:
    head = source.read(len(MARK) + SALT)
    if len(head) != len(MARK) + SALT or not head.startswith(MARK):
        raise CannotOpen
    cipher = AESGCM(_derived(key, head[len(MARK) :], about))
    chunk, place = source.read(CHUNK + TAG), 0
    while True:
        following = source.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(place, not following), chunk, None)
        except (InvalidTag, ValueError):
            raise CannotOpen from None
        if not following:
            return
        chunk, place = following, place + 1


def _nonce(place: int, is_last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([is_last])


def _derived(key: bytes, salt: bytes, about: bytes) -> bytes:
    return HKDF(SHA256(), KEY, salt, b"hearth backup\0" + about).derive(key)
