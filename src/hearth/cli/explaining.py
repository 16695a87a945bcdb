"""`hearth pack explain`: one clause, what keeps it, and how it stands today where there is a database to ask."""

import argparse
import difflib
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hearth.cli import places
from hearth.cli.problems import DONE, FoundWrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hearth.assurance.promises import Promised
    from hearth.assurance.terms import Figures, Told
    from hearth.policy.packs import Pack
    from hearth.policy.packs.keeping import Keeper
    from hearth.policy.packs.shapes import Clause

NO_DATABASE = "How it stands today is not known: PostgreSQL is not running. Start it with: hearth pg start."
NO_ANSWER = "How it stands today is not known: the database did not answer."


def explain(options: argparse.Namespace, pack: "Pack") -> int:
    """Print one clause with its standing, its note, its slips, everything that keeps it, and how it stands."""
    clause = pack.clauses.get(options.clause)
    if clause is None:
        near = ", ".join(difflib.get_close_matches(options.clause, list(pack.clauses), n=4, cutoff=0.5))
        raise FoundWrong(f"There is no clause “{options.clause}”." + (f" There are: {near}." if near else ""))
    for line in (*_written(clause, pack), *(_today(clause, pack) if places.has_database() else [NO_DATABASE])):
        print(line)
    return DONE


def _written(clause: "Clause", pack: "Pack") -> "Iterator[str]":
    """What the pack says of it."""
    from hearth.policy.packs.coverage import in_words

    yield f"{clause.id}  {clause.text}"
    yield f"    {clause.source} ({clause.standing})"
    if clause.note:
        yield f"    {clause.note}"
    if clause.replaced_by:
        yield f"    replaced by {clause.replaced_by}: {pack.clauses[clause.replaced_by].text}"
    for slip in (each for each in pack.slips.values() if each.clause == clause.id):
        yield f"    printed “{slip.printed}”; may mean: {'; '.join(slip.candidates)} ({slip.state})"
    for line in [in_words(each, pack) for each in pack.keepers_of(clause.id)] or ["nothing keeps it"]:
        yield f"    {line}"


def _today(clause: "Clause", pack: "Pack") -> "Iterator[str]":
    """How it stands in the database that HEARTH_DATABASE_URL names, or in our own."""
    os.environ.update(places.surroundings(places.home(), "worker"))
    import django

    django.setup()
    from django.db import DatabaseError, transaction

    from hearth.assurance.promises import NoSuchClause, told_to_the_house
    from hearth.policy.terms import NoPolicy

    try:
        with transaction.atomic():
            here, promised, figures = told_to_the_house(clause.id, at=datetime.now(UTC))
    except NoPolicy:
        yield "No policy is in force here yet."
    except NoSuchClause:
        yield f"No policy that was ever in force here has a clause {clause.id}."
    except DatabaseError:
        yield NO_ANSWER
    else:
        under = "" if here.digest == pack.digest else f", under the policy kept here: {here.title} {here.version}"
        yield f"Today{under}: {promised.state}"
        if promised.clause.text != clause.text:
            yield f"    there it says: {promised.clause.text}"
        yield from _evidence(promised, figures)


def _evidence(promised: "Promised", figures: "Mapping[Keeper, Figures]") -> "Iterator[str]":
    """Each keeper with its state, and behind a promise the months in which any fell due."""
    from hearth.assurance.states import Why

    for each in promised.evidence:
        why = "" if each.why is Why.UNTOLD else f" ({each.why})"
        yield f"    {each.keeper.kind}: {each.named}: {each.state}{why}"
        if each.keeper in figures:
            yield from _months(figures[each.keeper])


def _months(figures: "Figures") -> "Iterator[str]":
    """How a promise was kept month by month, as the page tells it."""
    parts = list(figures.measure.parts.values())
    for month in figures.months:
        if month.in_all.number != 0:
            told = [f"{_number(one, figures)} {label.lower()}" for label, one in zip(parts, month.parts, strict=False)]
            more = f": {', '.join(told)}" if told else ""
            yield f"        {month.month:%Y-%m}: {_number(month.in_all, figures)} in all{more}"


def _number(told: "Told", figures: "Figures") -> str:
    if told.number is not None:
        return f"{told.number:,}"
    return f"fewer than {figures.fewer_than}" if told.is_small else "not shown"
