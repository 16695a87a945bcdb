"""`hearth test --long`: all that an ordinary run leaves out, stage after stage, for it takes hours and much disk."""

import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hearth.cli import places
from hearth.cli.problems import DONE, FOUND_WRONG, Problem
from hearth.cli.progress import tell

CASES = 1_000_000
A_TENTH = 10  # growth is measured from a house a tenth as big
BYTES_A_CASE, SPARE = 50_000, 8_000_000_000  # 47,000 stored
CASES_AN_HOUR = 1_000_000  # filled, verified and measured, on two quiet cores
TESTS = "40 minutes"
# Two processes. A file of tests goes to one as a whole, so that what its tests share is made once; tests/conftest.py
# says which files come first.
AT_ONCE = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")
# A long test shares little with another: each goes to whichever process has time, but those of one group.
EACH_AT_ONCE = ("-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder")


@dataclass(frozen=True)
class Stage:
    """One command of the run. It shows its own progress."""

    what: str
    words: list[str]
    told: Mapping[str, str]


def run_all(root: Path, told: Mapping[str, str], cases: int) -> int:
    """Run every stage, also after one that failed, and sum up. The big houses go when all of it held."""
    folder = places.home() / "long"
    remove(folder)
    if cases:
        require_room(folder, cases)
        folder.mkdir(mode=0o755, exist_ok=True)
    tell(how_long(cases))
    stages = [*tests(told), *(houses(folder, told, cases) if cases else [])]
    try:
        taken = {stage.what: passed(stage, root) for stage in stages}
    finally:
        stop(folder)
    return summed_up(taken, folder, cases)


def summed_up(taken: Mapping[str, float | None], folder: Path, cases: int) -> int:
    """Each stage with its seconds, and what was left out."""
    tell("")
    for what, seconds in taken.items():
        tell(f"  {what}: {'FAILED' if seconds is None else f'{seconds:,.0f} s'}")
    if not cases:
        tell("  the big house: left out (--cases 0)")
    if None in taken.values():
        if cases:
            tell(f"What was filled stays in {folder} until the next run.")
        return FOUND_WRONG
    remove(folder)
    return DONE


def how_long(cases: int) -> str:
    """What somebody should know before he waits."""
    if not cases:
        return f"The tests take about {TESTS} of two quiet cores. No big house is filled (--cases 0)."
    hours = (cases + cases // A_TENTH) / CASES_AN_HOUR
    return (
        f"The tests take about {TESTS} of two quiet cores; filling, checking and measuring {cases:,} cases about "
        f"{hours:.0f} hours more, and {room(cases) / 1e9:.0f} GB. Leave that out with --cases 0."
    )


def room(cases: int) -> int:
    """The bytes that the houses of one run take."""
    return (cases + cases // A_TENTH) * BYTES_A_CASE + SPARE


def require_room(folder: Path, cases: int) -> None:
    """Say before the first hour, and not after the last, that the disk is too small."""
    data = places.embedded_server(folder / str(cases)).data
    there = next(path for path in data.parents if path.exists())
    free = shutil.disk_usage(there).free
    if free < room(cases):
        raise Problem(
            f"{cases:,} cases need {room(cases) / 1e9:.0f} GB on the disk that holds {there}, and {free / 1e9:.0f} are "
            "free. Free some, let HEARTH_HOME name a folder on another disk, or say --cases 0 to leave them out."
        )


def tests(told: Mapping[str, str]) -> list[Stage]:
    """Two at a time, but for what wants the machine alone. What chance chooses is new."""
    pytest = [sys.executable, "-m", "pytest", "--hypothesis-profile", "others each time"]
    named = ["-vv", "--durations=20"]
    return [
        Stage("the ordinary tests", [*pytest, *AT_ONCE, "-m", "not long"], told),
        Stage("the long tests", [*pytest, *EACH_AT_ONCE, "-m", "long and not alone", *named], told),
        Stage("the kills and the clones", [*pytest, "-m", "long and alone", *named], told),
    ]


def houses(folder: Path, told: Mapping[str, str], cases: int) -> list[Stage]:
    """A house and one a tenth as big: filled, verified and measured."""
    found, python = [], [sys.executable, "-W", "ignore", "-m"]
    for number in (cases // A_TENTH, cases):
        home = folder / str(number)
        there = {**told, "HEARTH_HOME": str(home)}
        figures = str(folder / f"{number}.json")
        commands = {
            "filling": ["hearth.cli", "fill", "--cases", str(number)],
            "starting": ["hearth.cli", "pg", "start"],
            "verifying the ledger of": ["hearth.cli", "ledger", "verify"],
            "checking the clocks of": ["hearth.cli", "clocks", "check"],
            "measuring": ["benchmarks", "measure", "--both", "--json", figures],
            "stopping": ["hearth.cli", "pg", "stop"],
        }
        found += [Stage(f"{what} {number:,} cases", [*python, *words], there) for what, words in commands.items()]
    compare = ["benchmarks.growth", *(str(folder / f"{number}.json") for number in (cases // A_TENTH, cases))]
    return [*found, Stage("growth", [*python, *compare], told)]


def passed(stage: Stage, root: Path) -> float | None:
    """The seconds it took, or nothing when it failed."""
    tell(f"\n{stage.what[0].upper()}{stage.what[1:]} ({time.strftime('%H:%M')})")
    began = time.monotonic()
    failed = subprocess.run(stage.words, env=dict(stage.told), cwd=root).returncode
    return None if failed else time.monotonic() - began


def stop(folder: Path) -> None:
    """Leave no PostgreSQL running, also after Ctrl-C."""
    for home in folder.glob("*[0-9]"):
        places.embedded_server(home).stop()


def remove(folder: Path) -> None:
    """The houses and their figures go."""
    stop(folder)
    for home in folder.glob("*[0-9]"):
        shutil.rmtree(places.embedded_server(home).data, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
