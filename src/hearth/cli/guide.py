"""The words a person types. Each command's own module says what it takes; this file puts them in order."""

import argparse

from hearth import __version__
from hearth.cli import (
    checks,
    clocks,
    counts,
    demo,
    fill,
    ledger,
    pack,
    pg,
    register,
    replay,
    serve,
    staff,
    updating,
    work,
)
from hearth.cli.problems import EXIT_CODES

INTRODUCTION = """\
Hearth keeps the promises of a housing provider's safeguarding policy.

To look at it:              hearth demo
To work on it:              hearth test
To run it for your people:  hearth migrate, hearth serve, hearth work
"""
ENVIRONMENT = """\
environment:
  HEARTH_HOME          where data, keys and logs lie (default: .hearth in this folder)
  HEARTH_DATABASE_URL  a PostgreSQL 18 of your own instead of the one Hearth brings
  HEARTH_KEYS          the folder of keys (default: keys in HEARTH_HOME); never part of a backup

`hearth COMMAND --help` tells more about each.
"""
COMMANDS = (demo, fill, checks, serve, work, updating, staff, pg, register, pack, replay, ledger, clocks, counts)


def parser() -> argparse.ArgumentParser:
    """Every command, in the order a newcomer meets them."""
    top = argparse.ArgumentParser(
        prog="hearth",
        description=INTRODUCTION,
        epilog=ENVIRONMENT + "\n" + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"hearth {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for module in COMMANDS:
        module.add(commands)
    return top
