"""Comparing what is kept with what the ledger tells: one group of commands for each kind of thing that is."""

import argparse
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE, FoundWrong
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

# Both are reached once Django stands: what differs, one after the other, and putting all of it right.
type Tools = tuple[Callable[[], Iterable[object]], Callable[[], int]]


@dataclass(frozen=True)
class Comparison:
    """A kind of thing, what its command says, and how it is compared and put right."""

    group: str
    things: str
    thing: str
    says: str
    checks: str
    guide: str
    tools: Callable[[], Tools]


def add_comparison(commands: "Commands", it: Comparison) -> None:
    """The group and its command."""
    group = command(commands, it.group, it.says, it.guide)
    inner = group.add_subparsers(metavar="WHAT", required=True)
    checking = command(inner, "check", it.checks)
    checking.add_argument("--mend", action="store_true", help=f"make the {it.things} what the ledger tells")
    checking.set_defaults(run=lambda options: _compare(it, options))


def _compare(it: Comparison, options: argparse.Namespace) -> int:
    """In the database that HEARTH_DATABASE_URL names, or our own."""
    folder = places.home()
    places.require_database(folder)
    os.environ.update(places.surroundings(folder, "worker"))
    import django

    django.setup()
    check, mend = it.tools()
    if options.mend:
        print(f"{mend():,} {it.things} were put right.")
        return DONE
    wrong = 0
    for difference in check():
        print(difference)
        wrong += 1
    if wrong:
        raise FoundWrong(f"{wrong:,} {it.things} are not what the ledger tells. Put them right with --mend.")
    print(f"Every {it.thing} is what the ledger tells.")
    return DONE
