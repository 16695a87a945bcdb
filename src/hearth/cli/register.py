"""`hearth import`: homes, tenancies, people and staff from files."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE, FoundWrong, Problem
from hearth.cli.progress import tell
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands
    from hearth.housing.imports.terms import Preview

GUIDE = """
The folder holds homes.csv, tenancies.csv, people.csv and staff.csv, or some of them. Samples lie in
docs/guides/register-files; the guide beside them says what each column means.

  hearth import FOLDER --as keeper@homes.example --look   say what would change, and change nothing
  hearth import FOLDER --as keeper@homes.example          import everything that can be used

It is done in the name of somebody who keeps the register; staff also need somebody who keeps users. Rows that cannot
be used are left out and listed, with what to do, in the file that --faults names. The same files again change nothing.
Exit code 3 when a look finds something wrong.
"""


def add(commands: "Commands") -> None:
    """The command and what it takes."""
    bringing = command(commands, "import", "bring in homes, tenancies, people and staff from CSV files", GUIDE)
    bringing.add_argument("folder", type=Path, help="the folder of the files")
    bringing.add_argument("--as", dest="email", required=True, metavar="E-MAIL", help="who imports")
    bringing.add_argument("--look", action="store_true", help="only say what would change")
    bringing.add_argument("--faults", type=Path, help="a CSV file to write what is wrong with which row into")
    bringing.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look, or look and import."""
    folder = places.home()
    places.require_database(folder)
    os.environ.update(places.surroundings(folder, "app"))
    import django

    django.setup()
    seen = _bring_in(options.folder, options.email, look_only=options.look)
    for kind, count in seen.counts.items():
        numbers = f"{count.new:,} new, {count.changed:,} changed, {count.unchanged:,} unchanged"
        print(f"{kind.value}: {numbers}, {count.left_out:,} left out")
    if options.faults:
        from hearth.housing.imports.faults import as_csv

        options.faults.write_bytes(as_csv(seen.faults))
    for fault in seen.faults[:20]:
        print(f"{fault.sheet.value} row {fault.row} {fault.column}: {fault.problem} {fault.what_to_do}")
    if options.look and seen.faults:
        raise FoundWrong(f"{len(seen.faults):,} rows or cells cannot be used. --faults FILE lists them all.")
    return DONE


def _bring_in(folder: Path, email: str, *, look_only: bool) -> "Preview":
    from django.db import transaction

    from hearth.access.clock import now
    from hearth.access.identity import acting_as
    from hearth.access.queries import viewer
    from hearth.access.terms import Refused
    from hearth.housing.imports.files import read_folder
    from hearth.housing.imports.operations import import_register, preview
    from hearth.housing.imports.terms import CannotRead
    from hearth.organisation.queries import NoSuchUser, user_called

    try:
        at = now()
        by = viewer(user_called(email))
        register = read_folder(folder, at.date())
        with acting_as(by), transaction.atomic():
            if look_only:
                return preview(register, by=by, at=at)
            return import_register(register, by=by, at=at, progress=show)[1]
    except (CannotRead, NoSuchUser) as problem:
        raise Problem(str(problem)) from problem
    except Refused as problem:
        raise Problem(
            f"{email} does not keep the register, or not the users that the file of staff would add."
        ) from problem


def show(done: int, of: int, what: str) -> None:
    """On a terminal, show how far it is."""
    if sys.stderr.isatty():
        tell(f"  {done} of {of}: {what}")
