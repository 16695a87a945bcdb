"""Backups: the whole cluster as PostgreSQL's own files, checked against their manifest when made and when restored.

They are physical because a dump by the tables' owner stops at row security. Keys are never in them: whoever has a
backup without the keys cannot read drafts, safe addresses or attached files, so keep the two apart.
"""

import hashlib
import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from hearth.cli.postgres.server import SUPERUSER, Server, ServerProblem

ABOUT = "hearth-backup.json"
CLUSTER, FILES = "database", "files"


def make(server: Server, files: Path, target: Path, *, at: datetime) -> None:
    """Copy the running cluster and the attached files into `target`, verified; it appears whole or not at all."""
    if target.exists():
        raise ServerProblem(f"{target} exists already. Name a new folder for the backup.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700)
        _tool(
            server, "pg_basebackup", "-D", str(part / CLUSTER), "-h", str(server.sockets), "-U", SUPERUSER,
            "-X", "stream", "-c", "fast", "--manifest-checksums=SHA256", "--no-password",
        )  # fmt: skip
        if files.is_dir():
            shutil.copytree(files, part / FILES)
        about = {"format": 1, "made_at": at.isoformat(), "files": _digests(part / FILES)}
        (part / ABOUT).write_text(json.dumps(about, indent=1) + "\n")
        verify(server, part)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def verify(server: Server, backup: Path) -> None:
    """Check every file of a backup against what was written down when it was made."""
    if not (backup / ABOUT).is_file():
        raise ServerProblem(f"{backup} is not a backup made by hearth pg backup.")
    _tool(server, "pg_verifybackup", str(backup / CLUSTER))
    told = json.loads((backup / ABOUT).read_text())["files"]
    found = _digests(backup / FILES)
    wrong = sorted(name for name in told.keys() | found.keys() if told.get(name) != found.get(name))
    if wrong:
        raise ServerProblem(f"The attached file {wrong[0]} in {backup} is not the one that was backed up.")


def restore(server: Server, files: Path, backup: Path) -> None:
    """Bring a verified backup to life as this server's data. Never over a database that is there."""
    if server.is_made or (files.is_dir() and any(files.iterdir())):
        raise ServerProblem(f"There is a database in {server.data} already. Restore into a new folder (--into).")
    verify(server, backup)
    server.data.parent.mkdir(parents=True, exist_ok=True)
    part = server.data.with_name(server.data.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        shutil.copytree(backup / CLUSTER, part)
        server.adopt(part)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    if (backup / FILES).is_dir():
        shutil.copytree(backup / FILES, files, dirs_exist_ok=True)


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _tool(server: Server, program: str, *arguments: str) -> None:
    done = subprocess.run([server.binary(program), *arguments], capture_output=True, text=True, cwd="/")
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
        raise ServerProblem(f"{program} found a problem: {said[0]}")
