"""What a test run leaves in the temporary folder: nothing; and what a crashed one left, the next removes."""

import os
import shutil
import tempfile
import time
from pathlib import Path

OURS = ("hearth-tests-", "hearth-cli-", "hearth-clone-", "hearth-faults-")
A_DAY = 24 * 3600


def remove_old(folder: Path | None = None, *, older_than: float = A_DAY) -> list[str]:
    """Remove folders of earlier runs that are older than a day, belong to us, and that no process uses."""
    place = folder or Path(tempfile.gettempdir())
    old = [path for path in place.iterdir() if path.name.startswith(OURS) and _is_old(path, older_than)]
    used = _what_processes_say() if old else b""
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


def _what_processes_say() -> bytes:
    """The words, surroundings and working folder of every process we may look at."""
    said = []
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            try:
                said.append((process / name).read_bytes())
            except OSError:
                continue
        try:
            said.append(os.fsencode(os.readlink(process / "cwd")))
        except OSError:
            continue
    return b"\0".join(said)
