"""`hearth clocks`: whether every running promise is what the ledger says it is."""

import argparse
import os
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE, FoundWrong
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
Every record's history is told again from the ledger, under the policy that was in force, and the clocks that come out
are compared with those that are kept. It runs beside Hearth and changes nothing, unless --mend is given: then the
clocks are made what the ledger tells.

  hearth clocks check           exit code 3 when a clock differs
  hearth clocks check --mend    and put it right
"""


def add(commands: "Commands") -> None:
    """The group and its command."""
    group = command(commands, "clocks", "compare every clock with what the ledger tells", GUIDE)
    inner = group.add_subparsers(metavar="WHAT", required=True)
    checking = command(inner, "check", "tell every history again and compare the clocks")
    checking.add_argument("--mend", action="store_true", help="make the clocks what the ledger tells")
    checking.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Check the clocks of the database that HEARTH_DATABASE_URL names, or of our own."""
    folder = places.home()
    places.require_database(folder)
    os.environ.update(places.surroundings(folder, "worker"))
    import django

    django.setup()
    from hearth.timescales.rebuilding import check_clocks, rebuild_clocks

    if options.mend:
        print(f"{rebuild_clocks():,} clocks were put right.")
        return DONE
    wrong = 0
    for difference in check_clocks():
        print(difference)
        wrong += 1
    if wrong:
        raise FoundWrong(f"{wrong:,} clocks are not what the ledger tells. Put them right with --mend.")
    print("Every clock is what the ledger tells.")
    return DONE
