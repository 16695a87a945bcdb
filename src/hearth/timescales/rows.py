"""Clocks between the engine's values and the table's rows."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import Due, parse
from hearth.policy.packs.shapes import Rule
from hearth.policy.terms import Fact, Sort
from hearth.timescales import models
from hearth.timescales.clocks import Clock, Happening, Pause, rungs
from hearth.timescales.declarations import declared, touched
from hearth.timescales.terms import State

if TYPE_CHECKING:
    from django.db.models import QuerySet


class KeptClock(NamedTuple):
    """The columns a clock is read from. Where very many are read, a record of each is most of the work."""

    circle_id: int
    rule: str
    about_kind: str
    about_id: int
    digest: str
    started_by_entry: int
    started_at: datetime
    counted_from: datetime
    limit: str
    on_day: date | None
    facts: dict[str, Fact]
    owner_id: int | None
    state: str
    stopped_by_entry: int | None
    stopped_at: datetime | None
    pauses: list[Any]
    extended_to: date | None
    due_at: datetime | None
    due_day: date | None


def columns(clock: Clock, rule: Rule, days: WorkingCalendar, given: frozenset[str] = frozenset()) -> dict[str, object]:
    """A clock's columns. `given` are the rungs already told, so that the next notice is known."""
    return {
        "about_kind": clock.about[0],
        "about_id": clock.about[1],
        "rule": clock.rule,
        "digest": clock.digest,
        "clause": rule.clause_for(dict(clock.facts)),
        "force": rule.force.value,
        "whose": rule.whose.value,
        "owner_part": rule.owner,
        "owner_id": clock.owner_id,
        "started_by_entry": clock.started_by,
        "started_at": clock.started_at,
        "counted_from": clock.counted_from,
        "limit": str(clock.limit) if clock.limit else "",
        "on_day": clock.on_day,
        "facts": dict(clock.facts),
        "state": clock.state.value,
        "stopped_by_entry": clock.stopped_by,
        "stopped_at": clock.stopped_at,
        "pauses": [[each.ground, written(each.since), each.until and written(each.until)] for each in clock.pauses],
        "extended_to": clock.extended_to,
        "due_at": clock.due.at if clock.due else None,
        "due_day": clock.due.day if clock.due else None,
        "next_notice_at": next_notice(clock, rule, days, given),
    }


def next_notice(clock: Clock, rule: Rule, days: WorkingCalendar, given: frozenset[str]) -> datetime | None:
    """The moment of the first notice not yet given, while the promise runs."""
    if clock.state != State.RUNNING:
        return None
    return next((moment for rung, moment in rungs(clock, rule, days) if rung not in given), None)


def clocks_of(rows: "QuerySet[models.Clock]") -> Iterator[tuple[int, Clock]]:
    """Many clocks as they were kept, each with the circle of its record."""
    for row in map(KeptClock._make, rows.values_list(*KeptClock._fields)):
        yield row.circle_id, as_clock(row)


def as_clock(row: models.Clock | KeptClock) -> Clock:
    """The engine's clock of a row."""
    return Clock(
        rule=row.rule,
        about=(row.about_kind, row.about_id),
        digest=row.digest,
        started_by=row.started_by_entry,
        started_at=row.started_at,
        counted_from=row.counted_from,
        limit=parse(row.limit) if row.limit else None,
        on_day=row.on_day,
        facts=tuple(sorted(row.facts.items())),
        owner_id=row.owner_id,
        state=State(row.state),
        stopped_by=row.stopped_by_entry,
        stopped_at=row.stopped_at,
        pauses=tuple(
            Pause(ground, datetime.fromisoformat(since), until and datetime.fromisoformat(until))
            for ground, since, until in row.pauses
        ),
        extended_to=row.extended_to,
        due=Due(row.due_at, row.due_day) if row.due_at else None,
    )


def as_happening(
    entry_id: int, act: str, about_kind: str, about_id: int, happened_at: datetime, facts: dict[str, Fact]
) -> Happening:
    """The engine's happening of a ledger entry: days are days again, and the records it touches are named."""
    kinds = declared().get(act, {})
    known = {name: fact_of(name, fact, act) for name, fact in facts.items() if name in kinds}
    return Happening(entry_id, act, (about_kind, about_id), happened_at, known, touched(act, known))


def fact_of(name: str, fact: Fact, act: str) -> Fact:
    if declared()[act][name].sort == Sort.DAY and isinstance(fact, str):
        return date.fromisoformat(fact)
    return fact


def written(moment: datetime) -> str:
    return moment.isoformat()
