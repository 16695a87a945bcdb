"""Keys that live in files outside the database."""

import os
import secrets
from pathlib import Path

from django.conf import settings

IDENTITY = "identity.key"


def key(name: str, *, length: int = 32) -> bytes:
    """The key of that name, made on first use. The file is readable by its owner only."""
    path = Path(settings.HEARTH_KEYS) / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(length))
    return path.read_bytes()
