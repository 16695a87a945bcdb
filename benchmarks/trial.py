"""`python -m benchmarks trial`: how long a policy is tried, by the clock and in CPU, and how much memory that takes."""

import argparse
import os
import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import LiteralString

from benchmarks.house import House
from benchmarks.processor import fixed_work, used
from hearth.cli import invented

MOST_SECONDS = 60
PER = 100_000
GROWS = 1.1
"""Memory is flat where the most of the second half is no more than this times the most of the first."""
# The day since which about so many things happened: whoever reads a record is not asked about by any policy.
SINCE: LiteralString = """
    select happened_at from ledger_entry where act not like '%%.read' order by happened_at desc offset %s limit 1
"""
ROOT = Path(__file__).resolve().parents[1]


def words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("--pack", type=Path, default=ROOT / "packs" / "livv-2022", help="which policy is tried")
    parser.add_argument("--since", type=date.fromisoformat, help="the first day; else the one since which so many")
    parser.add_argument("--happenings", type=int, default=PER, help="happenings there were (default: %(default)s)")


def trial(house: House, options: argparse.Namespace) -> int:
    """Try a policy once, alone. Returns 1 where it takes too long or memory grows."""
    os.environ.update(invented.surroundings(house.folder, "worker", house.database))
    import django

    django.setup()
    from hearth.policy.durations import start_of
    from hearth.policy.packs import load
    from hearth.timescales.simulating import simulate

    pack, until, speed = load(options.pack), datetime.now(UTC), fixed_work()
    since = start_of(options.since) if options.since else _since(house, options.happenings)
    peaks: dict[bool, int] = {}

    def note(_kind: str, done: int, of: int) -> None:
        peaks[2 * done > of] = _peak()

    before, began = used(os.getpid(), house.postmaster), time.monotonic()
    found = simulate(pack, since=since, until=until, progress=note)
    took, cpu = time.monotonic() - began, used(os.getpid(), house.postmaster).since(before)
    first, second = peaks.get(False, _peak()), peaks.get(True, _peak())
    print(f"{pack.name} since {since:%Y-%m-%d}: {found.records:,} records, {found.happenings:,} happenings told again")
    print(f"{took:.1f} s by the clock; CPU: {cpu.application:.1f} s of Python, {cpu.postgres:.1f} s of PostgreSQL")
    print(f"memory at most {first} MB in the first half, {second} MB in the second")
    load = "{:.1f} {:.1f} {:.1f}".format(*os.getloadavg())
    print(f"{found.differing:,} records differ; load {load}; a fixed piece of work {speed} to {fixed_work()} ms")
    seconds = took * PER / max(found.happenings, 1)
    wrong = too_much(seconds, first, second)
    print("\n".join(wrong) or f"Holds: {PER:,} happenings take {seconds:.1f} s, memory is flat.", file=sys.stderr)
    return 1 if wrong else 0


def too_much(seconds: float, first: int, second: int) -> list[str]:
    """What does not hold, in sentences: the seconds of so many happenings, the memory of both halves."""
    wrong = []
    if seconds > MOST_SECONDS:
        wrong.append(f"{PER:,} happenings take {seconds:.0f} s, and {MOST_SECONDS} is the budget")
    if second > GROWS * first:
        wrong.append(f"memory grows from {first} to {second} MB")
    return wrong


def _since(house: House, happenings: int) -> datetime:
    with house.superuser() as connection:
        row = connection.execute(SINCE, [happenings]).fetchone()
    if row is None:
        sys.exit(f"Fewer than {happenings:,} things happened there. Say --since, or --happenings.")
    found: datetime = row[0]
    return found


def _peak() -> int:
    """The most memory this process had so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
