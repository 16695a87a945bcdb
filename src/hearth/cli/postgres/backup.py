"""Backups: the whole cluster as PostgreSQL's own files, locked as they are copied, and opened again to check the copy.

They are physical because a dump by the tables' owner stops at row security. They are locked because notes are not
encrypted in the database: they must be searched. Nothing of a backup is written in the clear. Keys are never in it.
"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, cast

import psycopg

from hearth.cli.postgres.locked import CHUNK, CannotOpen, Locking, Opened, name_of
from hearth.cli.postgres.server import SUPERUSER, Server, ServerProblem

ABOUT, MANIFEST = "hearth-backup.json", "backup_manifest"
CLUSTER, FILES = "database.locked", "files.locked"
# Keeps the server from throwing away what was written while the copy runs; gone with our connection.
HOLD = "select pg_create_physical_replication_slot('hearth_backup', true, true)"


def make(server: Server, files: Path, target: Path, *, key: bytes, at: datetime) -> None:
    """Copy the running cluster and the attached files into `target`, locked and checked; whole or not at all."""
    if target.exists():
        raise ServerProblem(f"{target} exists already. Name a new folder for the backup.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700)
        told = {"format": 2, "made_at": at.isoformat(), "id": secrets.token_hex(16), "key": name_of(key)}
        (part / ABOUT).write_text(json.dumps(told, indent=1) + "\n")
        with _locked(part, CLUSTER, key) as locking:
            _copy_cluster(server, locking)
        with _locked(part, FILES, key) as locking, _tar(locking, "w|") as tar:
            if files.is_dir():
                tar.add(files, arcname=".")
        verify(part, key)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def verify(backup: Path, key: bytes) -> None:
    """Open a backup to its end and compare every file of the cluster with what PostgreSQL wrote down about it."""
    _require_key(backup, key)
    manifest, found = b"{}", {}
    with _opened(backup, CLUSTER, key) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None and member.name == MANIFEST:
                manifest = content.read()
            elif content is not None:
                found[member.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # reads, as asked
    told = {each["Path"]: each["Checksum"] for each in json.loads(manifest).get("Files", [])}
    wrong = sorted(name for name, checksum in told.items() if found.get(name) != checksum)
    if wrong or not told:
        raise ServerProblem(f"The copy in {backup} is not whole: {(wrong or [MANIFEST])[0]}. Make the backup again.")
    with _opened(backup, FILES, key):
        pass


def restore(server: Server, files: Path, backup: Path, *, key: bytes) -> None:
    """Bring a backup to life as this server's data. Never over a database that is there, and never half of one."""
    if server.is_made or (files.is_dir() and any(files.iterdir())):
        raise ServerProblem(f"There is a database in {server.data} already. Restore into a new folder (--into).")
    _require_key(backup, key)
    data_part, files_part = (path.with_name(path.name + ".part") for path in (server.data, files))
    try:
        _unpack(backup, CLUSTER, key, data_part)
        _check(server, data_part)
        _unpack(backup, FILES, key, files_part)
        server.adopt(data_part)
        if any(files_part.iterdir()):
            shutil.rmtree(files, ignore_errors=True)
            files_part.rename(files)
    finally:
        shutil.rmtree(data_part, ignore_errors=True)
        shutil.rmtree(files_part, ignore_errors=True)


def _copy_cluster(server: Server, locking: Locking) -> None:
    """The cluster as one stream from PostgreSQL's own program, with all that was written meanwhile."""
    words = [
        str(server.binary("pg_basebackup")), "-D", "-", "-F", "tar", "-X", "fetch", "-c", "fast",
        "-h", str(server.sockets), "-U", SUPERUSER, "--manifest-checksums=SHA256", "--no-password",
    ]  # fmt: skip
    with psycopg.connect(server.url("postgres", SUPERUSER), autocommit=True) as held, tempfile.TemporaryFile() as said:
        held.execute(HOLD)
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said, cwd="/") as program:
            stream = cast(IO[bytes], program.stdout)
            try:
                while data := stream.read(CHUNK):
                    locking.write(data)
            except BaseException:
                program.kill()
                raise
        if program.returncode:
            said.seek(0)
            raise ServerProblem(_problem("pg_basebackup", said.read().decode(errors="replace")))


@contextmanager
def _locked(folder: Path, name: str, key: bytes) -> Iterator[Locking]:
    """A file of a backup to write into, on the disk for certain when the block ends."""
    with (folder / name).open("wb") as target:
        locking = Locking(target, key, _about(folder, name))
        yield locking
        locking.close()
        target.flush()
        os.fsync(target.fileno())


@contextmanager
def _opened(backup: Path, name: str, key: bytes) -> Iterator[tarfile.TarFile]:
    """One file of a backup to read from. Reaching the end of the block means that all of it was as it was locked."""
    try:
        with (backup / name).open("rb") as source:
            opened = Opened(source, key, _about(backup, name))
            with _tar(opened, "r|") as tar:
                yield tar
            opened.to_the_end()
    except (CannotOpen, FileNotFoundError):
        raise ServerProblem(
            f"{backup / name} was changed or is damaged, so nothing in this backup can be relied on. Use another one."
        ) from None


def _unpack(backup: Path, name: str, key: bytes, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    with _opened(backup, name, key) as tar:
        tar.extractall(folder, filter="data")


def _check(server: Server, folder: Path) -> None:
    """PostgreSQL's own check of a copied cluster, its write-ahead log with it."""
    done = subprocess.run([server.binary("pg_verifybackup"), folder], capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise ServerProblem(_problem("pg_verifybackup", done.stderr or done.stdout))


def _require_key(backup: Path, key: bytes) -> None:
    if not (backup / ABOUT).is_file():
        raise ServerProblem(f"{backup} is not a backup made by hearth pg backup.")
    try:
        told = json.loads((backup / ABOUT).read_bytes())["key"]
    except (ValueError, KeyError, TypeError):
        raise ServerProblem(f"{backup / ABOUT} was changed or is damaged. Use another backup.") from None
    if told != name_of(key):
        raise ServerProblem(
            f"{backup} was locked with another key (its name is {told}; the one here is {name_of(key)}). "
            "Put the keys that belong to it into HEARTH_KEYS."
        )


def _about(backup: Path, name: str) -> bytes:
    """What a stream is locked for: this file of this backup, as described."""
    return name.encode() + b"\0" + (backup / ABOUT).read_bytes()


def _tar(stream: Locking | Opened, mode: str) -> tarfile.TarFile:
    return tarfile.open(fileobj=stream, mode=mode, bufsize=CHUNK)  # type: ignore[call-overload,no-any-return]  # a stream has read or write only


def _problem(program: str, said: str) -> str:
    return f"{program} found a problem: {(said.strip() or 'it said nothing').splitlines()[0]}"
