"""`hearth pack simulate`: what a policy would have meant, told from the ledger. Nothing is changed."""

import argparse
import json
import os
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hearth.cli import places
from hearth.cli.problems import DONE, FoundWrong, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from hearth.timescales.simulating import Figure, Progress, Simulation

COLUMNS = (
    ("promised", "fell due"),
    ("late", "late"),
    ("told", "breach told"),
    ("blocked", "acts stopped"),
    ("counted", "counted"),
)
GUIDE = """
Tells the ledger again as if the pack had been in force since a day, and says what would have been different: what fell
due, what would have been late, of which breaches somebody would have been told, which acts a gate would have stopped,
and what would be counted for a figure that the policy in force does not name, or no more; and, promise by promise, who
would be told of a breach instead of whom, with how many breaches each policy tells of. A promise that began before
that day keeps the policy it began under. Records about people who work with the provider are left out. What people
would have done otherwise nobody can know.

A gate that asks about other records (a process that still runs) asks those of the same case: their clocks as they were
kept, not as this pack would have made them. On a terminal it says how far it is, and about how long it still takes.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("folder", type=Path, help="the folder of the pack to try")
    parser.add_argument("--since", type=_day, required=True, metavar="DAY", help="the first day, such as 2026-01-01")
    parser.add_argument("--until", type=_day, metavar="DAY", help="count only what fell due before this day")
    parser.add_argument("--company", metavar="NAME", help="try it on the records of one company of the group")
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Try the pack on the database that HEARTH_DATABASE_URL names, or on our own."""
    folder = places.home()
    places.require_database(folder)
    os.environ.update(places.surroundings(folder, "worker"))
    import django

    django.setup()
    from hearth.policy.durations import start_of
    from hearth.policy.packs import BadPack, load
    from hearth.timescales.simulating import simulate

    now = datetime.now(UTC)
    since = start_of(options.since)
    until = min(start_of(options.until), now) if options.until else now
    if since >= until:
        raise Problem("The first day must be before the last.")
    try:
        pack = load(options.folder)
    except BadPack as bad:
        raise FoundWrong(f"This pack is wrong and cannot be tried.\n{bad}") from bad
    entity, company = _company(options.company) if options.company is not None else (None, "")
    found = simulate(pack, since=since, until=until, entity=entity, progress=_progress(time.monotonic()))
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if options.json:
        _as_json(found, company)
    else:
        _as_table(found, company)
    return DONE


def _company(name: str) -> tuple[int, str]:
    """The company of that name, as it is written."""
    from hearth.organisation.queries import companies

    known = companies()
    if not known:
        raise Problem("The organisation names no companies. Leave --company out.")
    for pk, called in known.items():
        if called.casefold() == name.strip().casefold():
            return pk, called
    raise Problem(f"No company of the group is called “{name}”. There are: {', '.join(known.values())}.")


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{words}” is not a day such as 2026-01-01") from None


def _progress(began: float) -> "Progress":
    """How far it is and how long it will still take, on one line that is written anew."""
    from hearth.timescales.pace import in_minutes, time_left

    def show(kind: str, done: int, of: int) -> None:
        left = time_left(timedelta(seconds=time.monotonic() - began), done, of)
        minutes = f", about {in_minutes(left):,} min to go" if left else ""
        if sys.stderr.isatty():
            print(f"\r  {kind}: {done:,} of {of:,} records{minutes}   ", end="", file=sys.stderr, flush=True)

    return show


def _as_json(found: "Simulation", company: str) -> None:
    figures = [
        {
            "month": each.month.isoformat(),
            "team": each.team,
            "what": each.what,
            "name": each.name,
            "recorded": each.recorded,
            "tried": each.tried,
        }
        for each in found.figures()
    ]
    said = {"pack": found.pack.name, "version": found.pack.version, "digest": found.pack.digest, "company": company}
    said |= {"since": found.since.isoformat(), "until": found.until.isoformat()}
    counts = {"records": found.records, "happenings": found.happenings, "left_out": found.left_out}
    json.dump({**said, **counts, "figures": figures, "told_instead": _told_instead(found)}, sys.stdout, indent=1)
    print()


def _as_table(found: "Simulation", company: str) -> None:
    whose = f", on the records of {company}" if company else ""
    print(f"{found.pack.title} {found.pack.version}{whose}: {found.records:,} records, {found.happenings:,} happenings")
    if found.left_out:
        print(f"{found.left_out:,} restricted records are left out.")
    figures = found.figures()
    _block("Month", figures, lambda each: each.month.strftime("%Y-%m"))
    _block("Team", figures, lambda each: each.team or "nobody named")
    _block("Promise, gate or figure", [each for each in figures if each.recorded != each.tried], lambda each: each.name)
    for number, each in enumerate(_told_instead(found)):
        if not number:
            print("\nWho would be told instead (breaches told, as it was → as it would be)")
        was, would_be = (", ".join(each[key]) or "nobody named" for key in ("was", "would_be"))
        times = f" ({each['recorded']:,} → {each['tried']:,})" if each["of"] == "late" else ""
        print(f"{each['called'] or each['of'].replace('_', ' ')}: {was} → {would_be}{times}")


def _told_instead(found: "Simulation") -> list[dict[str, Any]]:
    """Of what somebody else would be told than under the policy in force, and how many breaches each tells of."""
    from hearth.policy.packs.who_is_told import told_instead
    from hearth.timescales.simulating import TOLD

    if found.before is None:
        return []
    recorded, tried = Counter[str](), Counter[str]()
    for figure in found.figures():
        if figure.what == TOLD:
            recorded[figure.name] += figure.recorded
            tried[figure.name] += figure.tried
    return [
        {
            "of": each.of.value,
            "name": each.name,
            "called": each.called,
            "was": each.was,
            "would_be": each.would_be,
            "clause": each.clause,
            "recorded": recorded[each.name],
            "tried": tried[each.name],
        }
        for each in told_instead(found.before, found.pack)
    ]


def _block(title: str, figures: "list[Figure]", by: "Callable[[Figure], str]") -> None:
    """One table: what was recorded, an arrow, what would have been."""
    recorded: Counter[tuple[str, str]] = Counter()
    tried: Counter[tuple[str, str]] = Counter()
    for each in figures:
        recorded[by(each), each.what] += each.recorded
        tried[by(each), each.what] += each.tried
    names = sorted({name for name, _ in (*recorded, *tried)})
    print(f"\n{title:<34}" + "".join(f"{words:>18}" for _, words in COLUMNS))
    for name in names:
        cells = (f"{recorded[name, what]:,} → {tried[name, what]:,}" for what, _ in COLUMNS)
        print(f"{name[:34]:<34}" + "".join(f"{cell:>18}" for cell in cells))
    if not names:
        print("Nothing would have been different.")
