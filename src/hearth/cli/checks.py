"""`hearth test`: everything that must hold before a change goes in. It works in a clone only."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import hearth
from hearth.cli import big_figures
from hearth.cli.problems import DONE, FoundWrong, Problem
from hearth.cli.progress import step, tell
from hearth.cli.words import command

if TYPE_CHECKING:
    from hearth.cli.words import Commands

ROOT = Path(hearth.__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
ASKED_FOR = ("HEARTH_PICTURES", "HEARTH_SHOTS", "HEARTH_TEST_SLOW_ANSWERS")
TOGETHER = 2
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
GUIDE = """
Without more words it checks the code (format, lint, floors, types, migrations, templates, packs) and runs every test.
Further words go to pytest, and then only the tests run:

  ./hearth test tests/cli -k port
  ./hearth test --long              the big figures too: probes, kills, a million cases (it says how long that takes,
                                    and refuses where the disk is too small)
  ./hearth test --long --cases 0    without filling a big house
  ./hearth test --long tests/faults only those tests, with their long forms
"""


def add(commands: "Commands") -> None:
    """What it takes; what it does not know is pytest's."""
    parser = command(commands, "test", "check and test this clone of Hearth", GUIDE)
    parser.add_argument("--long", action="store_true", help="run the big figures too")
    parser.add_argument(
        "--cases", type=int, default=big_figures.CASES, help="how big --long makes its house (default: %(default)s)"
    )
    parser.add_argument("--only-checks", action="store_true", help="check the code, run no test")
    parser.add_argument("--fix", action="store_true", help="put format and lint right where a program can, and stop")
    parser.add_argument("pytest", nargs=argparse.REMAINDER, help="words for pytest")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the code, then become pytest, whose closing line comes last."""
    if not (ROOT / "pyproject.toml").is_file() or not (ROOT / "tests").is_dir():
        raise Problem("The tests are not part of an installed Hearth. Run ./hearth test in a clone of it.")
    os.chdir(ROOT)
    if options.fix:
        return fix()
    if options.only_checks:
        check_the_code()
        return DONE
    have_a_browser()
    if not options.pytest:
        check_the_code()
        if options.long:
            return big_figures.run_all(ROOT, surroundings(), options.cases)
    chosen = [] if options.long else ["-m", "not long"]
    words = [sys.executable, "-m", "pytest", *big_figures.AT_ONCE, *chosen, *options.pytest]
    sys.stdout.flush()
    os.execve(words[0], words, surroundings())


def fix() -> int:
    """Format, and mend what lint can mend by itself."""
    ruff = [sys.executable, "-m", "ruff"]
    mended = subprocess.run([*ruff, "check", "--fix", "."]).returncode
    return subprocess.run([*ruff, "format", "."]).returncode or mended


def surroundings() -> dict[str, str]:
    """No test sees this machine's own Hearth. Where pictures go, and how slowly a server answers, may be told.

    Modules are compiled once for all the processes of a run, also where the machine says that none are kept.
    """
    told = {name: value for name, value in os.environ.items() if name in ASKED_FOR or not name.startswith("HEARTH_")}
    told.pop("PYTHONDONTWRITEBYTECODE", None)
    path = f"{PROGRAMS}{os.pathsep}{told.get('PATH', os.defpath)}"
    return {"PYTHONPYCACHEPREFIX": str(ROOT / ".hearth" / "compiled"), **told, "PATH": path}


def have_a_browser() -> None:
    """Journeys drive a real Chromium: install it as root, or say the one command."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise Problem("The tests drive a real browser. Install it with: sudo apt-get install chromium")
    told = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step("Installing Chromium"):
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            done = subprocess.run(["apt-get", "-q", *words], env=told, capture_output=True, text=True)
            if done.returncode:
                last = (done.stderr.strip() or "it said nothing").splitlines()[-1]
                raise Problem(f"Chromium could not be installed: {last}")


def check_the_code() -> None:
    """Every check, even after one has failed, so that one run tells all there is to mend."""
    asked = checks()
    tell(f"Checking {', '.join(name for name, _ in asked)}:")
    with ThreadPoolExecutor(TOGETHER) as several:
        found = several.map(lambda check: passes(*check), asked)
    failed = [name for (name, _), holds in zip(asked, found, strict=True) if not holds]
    if failed:
        raise FoundWrong(f"Mend this first: {', '.join(failed)}. The tests were not run.")


def checks() -> list[tuple[str, list[str]]]:
    """What is checked, by which words. The longest is the first to begin."""
    python = [sys.executable, "-m"]
    found = [
        ("types", [*python, "mypy"]),
        ("format", [*python, "ruff", "format", "--check", "--quiet", "."]),
        ("lint", [*python, "ruff", "check", "--quiet", "."]),
        ("floors", [str(PROGRAMS / "lint-imports")]),
        ("migrations", [*python, "django", "makemigrations", "--check", "--dry-run"]),
    ]
    packs = sorted(str(path.parent) for path in (ROOT / "packs").glob("*/pack.toml"))
    if packs:
        found.append(("packs", [*python, "hearth.cli", "pack", "check", *packs]))
    if (ROOT / "src/hearth/web/templates").is_dir():
        found.append(("templates", [*python, "djlint", "--lint", "--quiet", "src/hearth/web/templates"]))
    return found


def passes(name: str, words: list[str]) -> bool:
    """Run one check; what it says is shown only when it fails."""
    told = {**surroundings(), "DJANGO_SETTINGS_MODULE": "hearth.site.settings", "HEARTH_SECRET_KEY": "checking"}
    began = time.monotonic()
    done = subprocess.run(words, env=told, capture_output=True, text=True)
    took = time.monotonic() - began
    if done.returncode:
        tell(f"  {name}: failed\n{done.stdout}{done.stderr}")
    else:
        tell(f"  {name}: done in {took:.1f} s")
    return done.returncode == 0
