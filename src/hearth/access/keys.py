"""Keys that live in files outside the database."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

IDENTITY = "identity.key"
BACKUP = "backup.key"  # locks backups; without it none opens


class BrokenKey(Exception):
    """A key file holds less than a key; going on would sign with something guessable."""


def key(name: str, *, length: int = 32) -> bytes:
    """The key of that name, made on first use. The file is readable by its owner only."""
    return key_in(Path(settings.HEARTH_KEYS), name, length=length)


def key_in(folder: Path, name: str, *, length: int = 32) -> bytes:
    """The same in a folder that is named, for commands that run without settings."""
    path = folder / name
    try:
        return _read(path, length)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _make(path, length)


def _make(path: Path, length: int) -> bytes:
    """Write the whole key beside its place and link it there: another process sees all of it or nothing."""
    handle, written = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(length))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            Path(path).hardlink_to(written)
    finally:
        Path(written).unlink()
    return _read(path, length)


def _read(path: Path, length: int) -> bytes:
    found = path.read_bytes()
    if len(found) < length:
        raise BrokenKey(f"The key file {path} is damaged. Restore it from the backup of the keys.")
    return found
