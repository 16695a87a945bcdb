"""`hearth migrate`: bring the database to this version, as its owner."""

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.postgres.databases import ROLES_SQL
from hearth.cli.problems import DONE, Problem
from hearth.cli.progress import step
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
Run it after each update, before hearth serve. It signs in as hearth_owner; where that role has a password, set
HEARTH_DATABASE_URL_OWNER. A PostgreSQL of your own needs Hearth's roles once, made by its superuser:

  hearth migrate --roles | psql -d hearth
"""


def add(commands: "Commands") -> None:
    """What it takes."""
    parser = command(commands, "migrate", "bring the database to this version of Hearth", GUIDE)
    parser.add_argument("--roles", action="store_true", help="print the SQL that makes Hearth's roles, and do nothing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Migrate the database that HEARTH_DATABASE_URL names, or our own."""
    if options.roles:
        print(ROLES_SQL.read_text(), end="")
        return DONE
    folder = places.home()
    places.require_database(folder)
    migrate(folder)
    return DONE


def migrate(folder: Path, database: str = places.DATABASE) -> None:
    """Apply what is missing, in a process that is the owner for its whole life."""
    with step("Bringing the database to this version"):
        run_module("hearth.cli.migrate", told=places.surroundings(folder, "owner", database))


def run_module(module: str, *words: str, told: Mapping[str, str]) -> str:
    """Run one of our modules in a process of its own, because a process has one database role for life."""
    done = subprocess.run([sys.executable, "-m", module, *words], env=told, capture_output=True, text=True)
    if done.returncode:
        if "No space left on device" in done.stderr or "Check free disk space" in done.stderr:
            raise Problem("The disk that holds the database is full. Free some space and start again.")
        last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise Problem(f"{module} failed: {last}")
    return done.stdout
