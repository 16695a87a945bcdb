"""`hearth counts`: whether every monthly figure is what the ledger tells."""

import argparse
import os
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE, FoundWrong
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
Every figure of every month is counted again from the ledger and from the clocks, and compared with what is kept. It
runs beside Hearth and changes nothing, unless --mend is given: then the figures are made what the ledger tells.
`hearth clocks check` says whether the clocks are themselves what the ledger tells.

  hearth counts check           exit code 3 when a figure differs
  hearth counts check --mend    and put it right
"""


def add(commands: "Commands") -> None:
    """The group and its command."""
    group = command(commands, "counts", "compare every monthly figure with what the ledger tells", GUIDE)
    inner = group.add_subparsers(metavar="WHAT", required=True)
    checking = command(inner, "check", "count everything again and compare the figures")
    checking.add_argument("--mend", action="store_true", help="make the figures what the ledger tells")
    checking.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Check the figures of the database that HEARTH_DATABASE_URL names, or of our own."""
    folder = places.home()
    places.require_database(folder)
    os.environ.update(places.surroundings(folder, "worker"))
    import django

    django.setup()
    from hearth.assurance.operations import check_counts, mend_counts

    if options.mend:
        print(f"{mend_counts():,} figures were put right.")
        return DONE
    wrong = check_counts()
    for difference in wrong:
        print(difference)
    if wrong:
        raise FoundWrong(f"{len(wrong):,} figures are not what the ledger tells. Put them right with --mend.")
    print("Every figure is what the ledger tells.")
    return DONE
