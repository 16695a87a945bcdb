"""`hearth pack`: policies as data."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli.problems import DONE, FoundWrong
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

GUIDE = """
A pack is a folder of TOML files: the clauses of a policy in our words, and the rules, gates, posts and words that cite
them. A pack it inherits lies beside it.

  hearth pack check packs/*    say everything that is wrong, each with its file and line

The check also asks whether every happening, fact and part a rule names exists in this version of Hearth, and whether
every worked date in the pack comes out as its author wrote it. Exit code 3 when anything is wrong.
"""


def add(commands: "Commands") -> None:
    """The group and its command."""
    group = command(commands, "pack", "check a policy that was written as data", GUIDE)
    inner = group.add_subparsers(metavar="WHAT", required=True)
    checking = command(inner, "check", "say everything that is wrong with a pack, each with its file and line")
    checking.add_argument("folder", nargs="+", type=Path, help="the folder of a pack")
    checking.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """Check every pack, even after one is wrong."""
    from hearth.timescales.pack_check import check_pack

    told: set[str] = set()
    for folder in options.folder:
        problems = [str(problem) for problem in check_pack(folder)]
        for problem in dict.fromkeys(problems):
            if problem not in told:  # an inherited pack's problems are told once
                print(problem)
        told.update(problems)
        if not problems:
            print(f"{folder.name}: nothing is wrong")
    if told:
        raise FoundWrong(f"{len(told)} {'thing is' if len(told) == 1 else 'things are'} wrong.")
    return DONE
