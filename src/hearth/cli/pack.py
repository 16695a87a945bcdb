"""`hearth pack`: policies as data."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import explaining, simulate
from hearth.cli.problems import DONE, FoundWrong, Problem
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands
    from hearth.policy.packs import Pack

GUIDE = """
A pack is a folder of TOML files: the clauses of a policy in our words, and the rules, gates, posts and words that cite
them. A pack it inherits lies beside it or ships with Hearth.

  hearth pack check packs/*                  say everything that is wrong, each with its file and line
  hearth pack coverage packs/manchester-2025  list what keeps each clause, and the clauses nothing keeps
  hearth pack diff packs/old packs/new       say in plain words what is different
  hearth pack simulate packs/new --since 2026-01-01   what it would have meant since then
  hearth pack explain packs/livv-2022 RC6    one clause: what it asks, what keeps it, how it stands
  hearth pack new packs/ours --title "Our association" --inherits wales    a folder to begin with
  hearth pack new packs/ours --title "Ours" --like packs/livv-2022 --post advisory_team="Support team"
  hearth pack new packs/ours --title "Ours" --like packs/livv-2022 --name "Livv Homes=Our Homes"

The check also asks whether every happening, fact and part a rule names exists in this version of Hearth, and whether
every worked date in the pack comes out as its author wrote it. Exit code 3 when anything is wrong. A section that is
right and that nothing in Hearth reads yet is named too, with the part it waits for, and so is a report or a metric that
has no figures; that is nothing wrong.

Explain asks the database too, where one runs: for each keeper whether it is kept, at risk, broken or attested, and how
a promise was kept month by month, with small numbers kept back. Where another policy is in force, it says which.

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
    comparing = command(inner, "diff", "say in plain words what is different between two packs")
    comparing.add_argument("old", type=Path, help="the folder of the pack as it is")
    comparing.add_argument("new", type=Path, help="the folder of the pack as it would be")
    comparing.set_defaults(run=compare)
    explaining = command(inner, "explain", "print one clause, what keeps it and how it stands today")
    explaining.add_argument("folder", type=Path, help="the folder of a pack")
    explaining.add_argument("clause", help="the clause's number, as the policy has it")
    explaining.set_defaults(run=explain)
    trying = command(inner, "simulate", "say what a policy would have meant, told from the ledger", simulate.GUIDE)
    simulate.add(trying)
    beginning = command(inner, "new", "write a pack to begin with")
    beginning.add_argument("folder", type=Path, help="the folder to write, beside the pack it inherits")
    beginning.add_argument("--title", required=True, help="what the pack is called")
    beginning.add_argument(
        "--inherits",
        default="england",
        help="the pack it builds on: england, wales, scotland, northern-ireland or another",
    )
    beginning.add_argument("--like", type=Path, help="clone this pack instead, with its clauses and posts")
    beginning.add_argument(
        "--post", action="append", default=[], metavar="ID=TITLE", help="with --like: a post's title"
    )
    beginning.add_argument(
        "--name", action="append", default=[], metavar="OLD=NEW", help="with --like: another name that changes"
    )
    beginning.set_defaults(run=begin)


def check(options: argparse.Namespace) -> int:
    """Check every pack, even after one is wrong."""
    from hearth.assurance.terms import COUNTED
    from hearth.policy.packs.unread import unread, without_figures
    from hearth.timescales.pack_check import check_pack

    told: set[str] = set()
    for folder in options.folder:
        problems = [str(problem) for problem in check_pack(folder)]
        for problem in dict.fromkeys(problems):
            if problem not in told:  # an inherited pack's problems are told once
                print(problem)
        told.update(problems)
        if not problems:
            pack, counted = _read(folder), {*COUNTED, *(act for act, _fact in COUNTED.values())}
            for note in (*unread(pack), *without_figures(pack, counted)):
                print(f"{note}")
            print(f"{folder.name}: nothing is wrong")
    if told:
        raise FoundWrong(f"{len(told)} {'thing is' if len(told) == 1 else 'things are'} wrong.")
    return DONE


def cover(options: argparse.Namespace) -> int:
    """List every clause with its keepers, and count them."""
    from hearth.policy.packs.coverage import counted, coverage, in_words
    from hearth.policy.packs.keeping import Standing

    pack = _read(options.folder)
    rows, unkept = coverage(pack), {Standing.WRITTEN, Standing.NOTHING}
    of = ""
    for row in rows:
        if options.missing and not row.waits_for and row.standing not in unkept:
            continue
        if row.clause.policy != of:
            of = row.clause.policy
            print(f"== {pack.policies[of].title} ==" if of else "== All policies ==")
        print(f"{row.clause.id}  {row.clause.text}")
        for line in [in_words(each, pack) for each in row.keepers] or ["nothing keeps it"]:
            print(f"    {line}")
    found = counted(rows)
    print(", ".join(f"{number} {standing}" for standing, number in found.items()))
    if any(found[each] for each in unkept):
        raise FoundWrong(f"Nothing keeps {sum(found[each] for each in unkept)} of {len(rows)} clauses.")
    return DONE


def compare(options: argparse.Namespace) -> int:
    """Print every difference, then how many there are of each kind."""
    from hearth.policy.packs.diffing import differences, in_short

    found = differences(_read(options.old), _read(options.new))
    for each in found:
        print(each)
    print(in_short(found))
    return DONE


def explain(options: argparse.Namespace) -> int:
    """Print one clause, what keeps it, and how it stands today where there is a database."""
    return explaining.explain(options, _read(options.folder))


def begin(options: argparse.Namespace) -> int:
    """Write a new pack, or a clone of another."""
    from hearth.policy.packs.beginning import NotHere, begin, clone, still_named

    try:
        if options.like:
            posts, names = (dict(each.partition("=")[::2] for each in said) for said in (options.post, options.name))
            written = clone(options.folder, like=options.like, title=options.title, posts=posts, names=names)
        else:
            written = begin(options.folder, title=options.title, inherits=options.inherits)
    except NotHere as problem:
        raise Problem(f"{problem}.") from problem
    for path in written:
        print(path)
    if options.like and (left := still_named(options.folder, options.like)):
        print(
            "These lines still have a name of the policy it is like. Change them, or write it anew with --name OLD=NEW:"
        )
        print("\n".join(left))
    return DONE


def _read(folder: Path) -> "Pack":
    from hearth.policy.packs import BadPack, load

    try:
        return load(folder)
    except BadPack as bad:
        raise FoundWrong(f"This pack is wrong and cannot be read.\n{bad}") from bad
