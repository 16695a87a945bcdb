"""A disk with little room: a small file system of our own where the machine allows one.

Where it does not (for that one must be root), PostgreSQL is made to say what it says on a full disk, at the same place
and with the same code. The way from there to the page is the same; only the disk is not really full.
"""

import contextlib
import errno
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

BLOCK = 1 << 12
SAY_FULL = """
    create or replace function public.no_room() returns trigger language plpgsql as
    $$begin raise exception using errcode = '53100', message = 'could not extend file: No space left on device'; end$$;
    create or replace trigger no_room before insert on public.concerns_concern execute function public.no_room();
"""


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """A file system of that size in a folder, if we may; says whether."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "none", str(folder)]
    is_real = subprocess.run(words, capture_output=True).returncode == 0
    try:
        yield is_real
    finally:
        if is_real:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@dataclass(frozen=True)
class Room:
    """Room on the disk of a database, to be taken away and given back."""

    ballast: Path
    database: str
    is_real: bool

    def take(self) -> None:
        """Leave nothing."""
        if not self.is_real:
            self._tell(SAY_FULL)
            return
        full = pytest.raises(OSError, match=os.strerror(errno.ENOSPC))
        with self.ballast.open("wb", buffering=0) as file, full:
            while True:
                file.write(bytes(BLOCK))

    def give_back(self) -> None:
        """As somebody does who has cleared the disk."""
        if self.is_real:
            self.ballast.unlink()
        else:
            self._tell("drop trigger no_room on public.concerns_concern")

    def _tell(self, statement: str) -> None:
        with psycopg.connect(self.database, user="hearth_owner", autocommit=True) as owner:
            owner.execute(statement)
