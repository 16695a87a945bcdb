"""`hearth pg`: the PostgreSQL that Hearth brings with it."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.access.keys import BACKUP, BrokenKey, key_in
from hearth.cli import places
from hearth.cli.embedded import server_with_roles
from hearth.cli.only_one import running_demonstration
from hearth.cli.postgres import backup, databases
from hearth.cli.problems import DONE, FAILED, Problem
from hearth.cli.progress import step
from hearth.cli.updating import run_module
from hearth.cli.words import command
from hearth.ledger.keys import PRIVATE, signer

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
It listens on a socket in HEARTH_HOME only, never on the network, and knows people by their system user.

  hearth pg start                     start it and leave it running
  hearth pg status                    whether it runs, and where (exit code 1 when it does not)
  hearth pg stop                      stop it
  hearth pg backup FOLDER             copy everything but the keys into a new FOLDER, locked, and check the copy
  hearth pg restore FOLDER --into NEW check a backup and bring it to life in a new HEARTH_HOME

A backup is locked with backup.key in HEARTH_KEYS, and keys are not in it: keep a copy of HEARTH_KEYS somewhere else.
Whoever loses the keys loses every backup. Before a restore, put that copy into HEARTH_KEYS of the new place. The
ledger then begins a new epoch: verifying it shows what was written after the backup as lost, not as tampered with.
"""


def add(commands: "Commands") -> None:
    """The group and its commands."""
    group = command(commands, "pg", "start, stop, back up or restore the PostgreSQL that Hearth brings", GUIDE)
    inner = group.add_subparsers(metavar="WHAT", required=True)
    for name, run, summary in (
        ("start", start, "start it and leave it running"),
        ("stop", stop, "stop it"),
        ("status", status, "say whether it runs, and where"),
    ):
        command(inner, name, summary).set_defaults(run=run)
    copying = command(inner, "backup", "copy everything but the keys into a new folder, locked, and check the copy")
    copying.add_argument("folder", type=Path, help="a folder that does not exist yet")
    copying.set_defaults(run=back_up)
    reviving = command(inner, "restore", "check a backup and bring it to life in a new place")
    reviving.add_argument("folder", type=Path, help="a folder made by hearth pg backup")
    reviving.add_argument("--into", type=Path, help="the new HEARTH_HOME (default: the present one, if empty)")
    reviving.set_defaults(run=restore)


def start(_: argparse.Namespace) -> int:
    """Start it and leave it running, with an empty database where there is none."""
    places.refuse_outside_database()
    server = server_with_roles(places.home())
    if not databases.exists(server, places.DATABASE):
        databases.create(server, places.DATABASE)
    print(f"PostgreSQL is running: {server.url(places.DATABASE)}")
    return DONE


def stop(_: argparse.Namespace) -> int:
    """Stop it, unless the demonstration needs it."""
    places.refuse_outside_database()
    folder = places.home()
    if running_demonstration(folder):
        raise Problem("The demonstration is using it. Stop that first, with Ctrl-C where it runs.")
    server = places.embedded_server(folder)
    print("PostgreSQL is stopped." if server.is_running else "PostgreSQL was not running.")
    server.stop()
    return DONE


def status(_: argparse.Namespace) -> int:
    """Whether it runs, and where."""
    places.refuse_outside_database()
    server = places.embedded_server(places.home())
    if not server.is_running:
        print(f"PostgreSQL is not running; its data {'lies' if server.is_made else 'would lie'} in {server.data}.")
        return FAILED
    print(f"PostgreSQL is running: {server.url(places.DATABASE)}\nIts data lies in {server.data}.")
    return DONE


def back_up(options: argparse.Namespace) -> int:
    """Copy everything but the keys, locked, and check the copy."""
    places.refuse_outside_database()
    folder = places.home()
    server = places.embedded_server(folder)
    if not server.is_running:
        raise Problem("PostgreSQL is not running. Start it with: hearth pg start.")
    keys = places.keys(folder)
    is_new = not (keys / BACKUP).exists()
    signer(keys)  # a restore begins an epoch with it: it must be there to be copied, also where nothing is sealed yet
    with step("Copying the database and checking the copy"):
        target = options.folder.absolute()
        backup.make(server, places.files(folder), target, key=backup_key(keys), at=datetime.now(UTC))
    print(f"Backed up to {options.folder}. It opens only with the keys, and the keys are not in it.")
    print(f"A key for backups was made. Copy it away now: {keys / BACKUP}" if is_new else f"They lie in {keys}.")
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Check a backup and bring it to life in a new place."""
    places.refuse_outside_database()
    folder = options.into.absolute() if options.into else places.home()
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    server = places.embedded_server(folder)
    require_keys(folder)
    with step("Checking the backup and copying it"):
        key = backup_key(places.keys(folder))
        backup.restore(server, places.files(folder), options.folder.absolute(), key=key)
    with step("Starting PostgreSQL"):
        server.start()
    if databases.exists(server, places.DATABASE):
        why = f"restored from {options.folder.name}"
        print(run_module("hearth.cli.epoch", why, told=places.surroundings(folder, "sealer")), end="")
    print(f"Restored: {server.url(places.DATABASE)}")
    return DONE


def require_keys(folder: Path) -> None:
    """Without the keys that belong to it, a backup does not open, and its ledger could not go on being sealed."""
    if not all((places.keys(folder) / name).is_file() for name in (PRIVATE, BACKUP)):
        raise Problem(f"Put the keys that belong to the backup into {places.keys(folder)} first.")


def backup_key(keys: Path) -> bytes:
    """The key that locks backups, made with the first."""
    try:
        return key_in(keys, BACKUP)
    except BrokenKey as problem:
        raise Problem(str(problem)) from None
