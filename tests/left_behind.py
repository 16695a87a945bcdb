"""What a test run leaves in the temporary folder: nothing; and what a crashed one left, the next removes."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

OURS = ("hearth-tests-", "hearth-cli-", "hearth-clone-", "hearth-faults-")
A_DAY = 24 * 3600


def remove_old(folder: Path | None = None, *, older_than: float = A_DAY) -> list[str]:
    """Remove folders of earlier runs that are older than a day, belong to us, and that no process uses."""
    place = folder or Path(tempfile.gettempdir())
    old = [path for path in place.iterdir() if path.name.startswith(OURS) and _is_old(path, older_than)]
    used = b"".join(said for _, said in _processes()) if old else b""
    gone = [path for path in old if os.fsencode(path) not in used]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in gone]


def _is_old(path: Path, older_than: float) -> bool:
    try:
        told = path.lstat()
    except OSError:
        return False
    return (
        path.is_dir() and not path.is_symlink() and told.st_uid == os.geteuid() and told.st_mtime < _before(older_than)
    )


def _before(seconds: float) -> float:
    return time.time() - seconds


def processes_of(home: Path) -> list[int]:
    """Every other process whose words or surroundings name that folder, or that works in it."""
    named = os.fsencode(home)
    return [number for number, said in _processes() if named in said and number != os.getpid()]


def _processes() -> Iterator[tuple[int, bytes]]:
    """The words, surroundings and working folder of every process we may look at."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            where = os.fsencode(os.readlink(process / "cwd"))
            yield (
                int(process.name),
                b"\0".join([(process / "cmdline").read_bytes(), (process / "environ").read_bytes(), where]),
            )
        except OSError:
            continue
