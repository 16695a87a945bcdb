"""`python -m benchmarks measure|trial`: what hot requests cost, and trying a policy, on a filled demonstration."""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.house import House, set_up
from benchmarks.measuring import measure
from benchmarks.processor import fixed_work
from benchmarks.report import broken, table
from benchmarks.trial import trial
from benchmarks.trial import words as words_of_trial
from hearth.cli import places

# Until each connection has sent a statement eight times under each role, PostgreSQL plans it anew: thrice before it
# is prepared and five after (docs/adr/0076). Eight connections and two roles; a server that runs is past that.
WARM_UP = 240
HERE = Path(__file__).resolve().parent
SIZE = "select count(*), pg_size_pretty(pg_database_size(current_database())) from cases_case"


def main() -> int:
    """Measure, tell, and say whether every budget held."""
    options = arguments()
    house = House(places.home(), options.database)
    house.refuse_unless_invented()
    return int(options.run(house, options))


def measured(house: House, options: argparse.Namespace) -> int:
    """What hot requests cost."""
    set_up(house)
    house.server.start()
    told: dict[str, Any] = surroundings(house)
    told["fixed work ms"] = [fixed_work()]
    was_counting = house.count_statements()
    try:
        told |= measure(
            house,
            requests=options.requests,
            warm_up=options.warm_up,
            seed=options.seed,
            only=tuple(options.only),
            both=options.both,
        )
    finally:
        if not was_counting:
            house.count_no_more()
    told["fixed work ms"] = [*told["fixed work ms"], fixed_work()]
    told["load afterwards"] = os.getloadavg()
    if options.json:
        options.json.write_text(json.dumps(told, indent=1))
    print(table(told))
    wrong = broken(told, json.loads((HERE / "budgets.json").read_text()))
    print("\n".join(wrong) or "Every budget holds.", file=sys.stderr)
    return 1 if wrong else 0


def tried(house: House, options: argparse.Namespace) -> int:
    """How long a policy is tried."""
    was_running = house.server.is_running
    house.server.start()
    try:
        return trial(house, options)
    finally:
        if not was_running:
            house.server.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    ways = parser.add_subparsers(required=True)
    measuring, trying = (ways.add_parser(name, description=__doc__) for name in ("measure", "trial"))
    for each, run in ((measuring, measured), (trying, tried)):
        each.add_argument("--database", default=places.DATABASE, help="a filled database in HEARTH_HOME's PostgreSQL")
        each.set_defaults(run=run)
    words_of_trial(trying)
    measuring.add_argument("--requests", type=int, default=320, help="how often each is made (default: %(default)s)")
    measuring.add_argument(
        "--warm-up", type=int, default=WARM_UP, help="and how often before that (default: %(default)s)"
    )
    measuring.add_argument("--seed", type=int, default=1, help="which of the invented people make them")
    measuring.add_argument("--only", nargs="*", default=[""], help="only requests whose name has one of these in it")
    measuring.add_argument("--both", action="store_true", help="also with row security passed by")
    measuring.add_argument("--json", type=Path, help="write every figure to this file")
    return parser.parse_args()


def surroundings(house: House) -> dict[str, object]:
    """When, what, how many and on what: without these a figure means nothing."""
    with house.superuser() as connection:
        row = connection.execute(
            "select count(*), pg_size_pretty(pg_database_size(current_database())) from cases_case"
        ).fetchone()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=HERE)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip(),
        "cases": row[0] if row else 0,
        "size": row[1] if row else "",
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load before": os.getloadavg(),
    }


if __name__ == "__main__":
    sys.exit(main())
