"""`hearth fill`: many invented cases, to try Hearth and to measure it at size."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.cli import invented, places
from hearth.cli.embedded import server_with_roles
from hearth.cli.problems import DONE, Problem
from hearth.cli.progress import step, tell
from hearth.cli.updating import run_module
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

SEED = 1
PROCESSES = 3  # on two cores: one reckons while another’s rows are copied
GUIDE = """
Three years of invented homes, people, concerns and cases, for the demonstration in HEARTH_HOME (made where there is
none) or the database that HEARTH_DATABASE_URL names. The same cases, seed and day give the same records. Every row goes
through the triggers it would go through anyway; the clocks are reckoned by the engine, and the ledger is sealed at the
end. A database in which anybody real signs in is refused, and so is one that was filled before. A fill that was
stopped goes on where it stopped when it is asked for again with the same numbers.

  hearth fill --cases 1000
  hearth ledger verify
  hearth clocks check
"""


def add(commands: "Commands") -> None:
    """What it takes."""
    parser = command(commands, "fill", "fill the demonstration with many invented cases", GUIDE)
    parser.add_argument("--cases", type=_several, required=True, help="how many cases")
    parser.add_argument(
        "--seed", type=int, default=SEED, help="another number gives other cases (default: %(default)s)"
    )
    parser.add_argument("--today", type=date.fromisoformat, help="the day on which their stories end (default: today)")
    parser.add_argument("--pack", default="manchester-2025", help="the provider's policy, where one is made")
    parser.add_argument("--processes", type=_several, default=PROCESSES, help="how many at once (default: %(default)s)")
    parser.set_defaults(run=run)


def _several(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise argparse.ArgumentTypeError("write a number above nought")
    return int(typed)


def run(options: argparse.Namespace) -> int:
    """Fill it, seal it, and say how to look at it."""
    folder = places.home()
    today = options.today or datetime.now(UTC).date()
    with _database(folder, options.pack):
        os.environ.update(places.surroundings(folder, "owner"))
        _fill(options, datetime.combine(today, time(), UTC))
        with step("Sealing the ledger and tidying the tables"), ThreadPoolExecutor(1) as beside:
            sealed = beside.submit(run_module, "hearth.cli.filling.sealing", told=places.surroundings(folder, "sealer"))
            _tidy()
            sealed.result()
    tell(f"{options.cases:,} cases are filled in. “hearth demo” shows them.")
    return DONE


@contextmanager
def _database(folder: Path, pack: str) -> Iterator[None]:
    """The database that is named, or our own with the invented provider; stopped again where it did not run."""
    if os.environ.get("HEARTH_DATABASE_URL"):
        yield
        return
    ours = not places.embedded_server(folder).is_running
    try:
        server = server_with_roles(folder, for_copying())
        invented.provider(server, folder, pack)
        yield
    finally:
        if ours:
            places.embedded_server(folder).stop()


def for_copying() -> dict[str, str]:
    """How our own PostgreSQL runs while it is filled. With its usual settings a third of the time goes into writing the
    same pages out and reading them in again, and an eighth into vacuuming and sampling tables that only grow: they are
    tidied at the end."""
    return {
        "max_wal_size": "4GB",
        "wal_buffers": "64MB",
        "checkpoint_timeout": "30min",
        "autovacuum": "off",
    }


def _fill(options: argparse.Namespace, now: datetime) -> None:
    import django

    django.setup()
    from hearth.cli.filling.filler import NotForFilling, fill, refuse_real_records
    from hearth.ledger.connecting import connect

    try:
        with connect() as connection:
            refuse_real_records(connection)
        tell(f"  Filling in {options.cases:,} cases")
        progress = _shown(options.cases)
        fill(options.cases, options.seed, now=now, processes=options.processes, progress=progress)
    except NotForFilling as problem:
        raise Problem(str(problem)) from problem


def _tidy() -> None:
    from hearth.cli.filling.filler import tidy

    tidy()


def _shown(of: int) -> Callable[[int], None]:
    """How far it is: in one line on a terminal, else a line for every tenth."""
    tenths = 0

    def show(done: int) -> None:
        nonlocal tenths
        before, tenths = tenths, done * 10 // of
        if sys.stderr.isatty():
            tell(f"\r  {done:,} of {of:,} cases", end="" if done < of else "\n")
        elif tenths > before:
            tell(f"  {done:,} of {of:,} cases")

    return show
