"""The worked dates of a pack: each must come out as written, or the pack is not what its author meant."""

from collections.abc import Iterator
from datetime import date, datetime

from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import LOCAL, due, end_of
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import WorkedDate

MOMENT = "%Y-%m-%d %H:%M"


def wrong_dates(pack: Pack) -> Iterator[Problem]:
    """Every worked date of the pack's own that does not come out. One it inherits was true of what it builds on."""
    for worked in (each for each in pack.worked_dates if each.place.pack == pack.name):
        try:
            found = falls_due(worked, pack)
        except ValueError as problem:
            yield Problem(worked.place, f"“{worked.what}”: {problem}")
            continue
        if found != worked.falls_due:
            yield Problem(worked.place, f"“{worked.what}”: should fall due {worked.falls_due}, falls due {found}")


def falls_due(worked: WorkedDate, pack: Pack) -> str:
    """The day or moment a worked date comes to, as the example writes it."""
    rule = pack.rules[worked.rule]
    start = datetime.strptime(worked.start, MOMENT).replace(tzinfo=LOCAL)
    if rule.starts and not any(start_.when is None or start_.when.holds(worked.facts) for start_ in rule.starts):
        return "never: its clock does not start"
    if not pack.holds_on(rule.clause, start.date()):
        return "never: its clause is not in force"
    day = worked.facts.get(rule.due_on) if rule.due_on else None
    counted = worked.facts.get(rule.counts_from) if rule.counts_from else None
    if isinstance(counted, date):
        start = datetime.combine(counted, start.timetz())
    limit = rule.limit_for(worked.facts)
    point = end_of(day) if isinstance(day, date) else None
    if limit:
        point = due(start, limit, WorkingCalendar(pack.nation))
    if point is None:
        return "as required"
    return str(point.day) if point.day else point.at.astimezone(LOCAL).strftime(MOMENT)
