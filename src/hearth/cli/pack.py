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

  hearth pack check packs/*                  say everything that is wrong, each with its file and line
  hearth pack coverage packs/manchester-2025  list what keeps each clause, and the clauses nothing keeps

The check also asks whether every happening, fact and part a rule names exists in this version of Hearth, and whether
every worked date in the pack comes out as its author wrote it. Exit code 3 when anything is wrong.

Coverage ends with exit code 3 when nothing keeps a clause: every clause is kept by the house, attested by somebody, or
planned with the part of Hearth it waits for.
"""


def add(commands: "Commands") -> None:
    """The group and its command."""
    group = command(commands, "pack", "check a policy that was written as data", GUIDE)
    inner = group.add_subparsers(metavar="WHAT", required=True)
    checking = command(inner, "check", "say everything that is wrong with a pack, each with its file and line")
    checking.add_argument("folder", nargs="+", type=Path, help="the folder of a pack")
    checking.set_defaults(run=check)
    covering = command(inner, "coverage", "list what keeps each clause, and the clauses nothing keeps")
    covering.add_argument("folder", type=Path, help="the folder of a pack")
    covering.add_argument("--missing", action="store_true", help="only the clauses that nothing keeps or that wait")
    covering.set_defaults(run=cover)


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


def cover(options: argparse.Namespace) -> int:
    """List every clause with its keepers, and count them."""
    from hearth.policy.packs import BadPack, load
    from hearth.policy.packs.coverage import counted, coverage, in_words
    from hearth.policy.packs.keeping import Standing

    try:
        pack = load(options.folder)
    except BadPack as bad:
        raise FoundWrong(f"This pack is wrong and cannot be read.\n{bad}") from bad
    rows = coverage(pack)
    for row in rows:
        if options.missing and not row.waits_for and row.standing is not Standing.NOTHING:
            continue
        print(f"{row.clause.id}  {row.clause.text}")
        for line in [in_words(each, pack) for each in row.keepers] or ["nothing keeps it"]:
            print(f"    {line}")
    found = counted(rows)
    print(", ".join(f"{number} {standing}" for standing, number in found.items()))
    if found[Standing.NOTHING]:
        raise FoundWrong(f"Nothing keeps {found[Standing.NOTHING]} of {len(rows)} clauses.")
    return DONE
