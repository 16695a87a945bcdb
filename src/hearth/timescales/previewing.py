"""What a change would move, before anybody makes it: promises, days and counts, never a record."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from hearth.access.clock import now
from hearth.access.identity import as_the_house
from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.policy.calendars import Correction, Nation, WorkingCalendar
from hearth.policy.packs import Pack
from hearth.policy.queries import pack_of, with_own_policy
from hearth.timescales.clocks import LAST, Clock
from hearth.timescales.engine import turned
from hearth.timescales.grounds import Ground
from hearth.timescales.models import CalendarCorrection
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.rows import as_clock
from hearth.timescales.standing import ground as ground_now
from hearth.timescales.terms import GOING


@dataclass(frozen=True)
class Moved:
    """So many running promises of one kind that would fall due on another day."""

    promise: str
    clause: str
    was: date | None
    becomes: date | None
    count: int


@dataclass(frozen=True)
class Kept:
    """So many running promises of one kind, their limit now and what the other policy would give the next of them."""

    promise: str
    clause: str
    limit: str
    new_limit: str
    new_clause: str
    is_kept: bool
    count: int

    @property
    def is_same(self) -> bool:
        """Whether the other policy promises the same."""
        return self.is_kept and self.limit == self.new_limit


def calendar_would_move(viewer: Viewer, *, nation: Nation, day: date, working: bool) -> list[Moved]:
    """Which running promises a correction would move and to when. Restricted records move too and are not told of."""
    visible(CalendarCorrection.objects.all(), to=viewer, act=Act.KEEP_CALENDAR)
    found: Counter[tuple[str, str, date | None, date | None]] = Counter()
    with as_the_house():
        now = ground_now()
        then = Ground(now.packs, (*now.corrections, (LAST, Correction(nation, day, working))))
        going = ClockRow.objects.filter(state__in=sorted(GOING), limit__contains="working", restricted=False)
        for row in going.filter(counted_from__date__lte=day).iterator(chunk_size=500):
            before, pack = as_clock(row), now.packs.of(row.digest)
            after = then.timed(before)
            if pack.nation == nation and after.due != before.due:
                found[pack.rules[row.rule].promise, row.clause, _day(before), _day(after)] += 1
    return _in_order(found)


def corrections(viewer: Viewer) -> list[CalendarCorrection]:
    """Every correction of the calendar, the latest first."""
    rows = visible(CalendarCorrection.objects.all(), to=viewer, act=Act.KEEP_CALENDAR)
    return list(rows.order_by("-entry"))


def is_working(viewer: Viewer, *, nation: Nation, day: date) -> bool:
    """Whether a day counts as a working day now."""
    known = [Correction(Nation(row.nation), row.day, row.working) for row in reversed(corrections(viewer))]
    return WorkingCalendar.corrected(nation, known).is_working(day)


def policy_would_change(viewer: Viewer, pack: Pack, *, entity: int | None = None) -> list[Kept]:
    """What runs now, in kinds, beside what the other policy would promise the next of them."""
    going = ClockRow.objects.filter(_of(entity), state__in=sorted(GOING))
    rows = visible(going, to=viewer, act=Act.ADOPT_POLICY)
    found: Counter[tuple[str, str, str, str, str, str, bool]] = Counter()
    for row in _narrow(rows).iterator(chunk_size=500):
        rule, other = pack_of(row.digest).rules[row.rule], pack.rules.get(row.rule)
        limit = other.limit_for(row.facts) if other else None
        new = str(limit) if limit else ""
        found[row.rule, rule.promise, row.clause, row.limit, new, other.clause if other else "", bool(other)] += 1
    return [Kept(*each[1:], count) for each, count in sorted(found.items())]


def policy_would_move(viewer: Viewer, pack: Pack, *, entity: int | None = None) -> list[Moved]:
    """Which running promises a policy would move that holds for running ones, and to when. Names no record.

    Restricted records move too and are not told of.
    """
    visible(ClockRow.objects.none(), to=viewer, act=Act.APPROVE_POLICY)
    found: Counter[tuple[str, str, date | None, date | None]] = Counter()
    with as_the_house():
        days = ground_now().calendar(pack.nation)
        going = ClockRow.objects.filter(
            _of(entity), state__in=sorted(GOING), restricted=False, rule__in=sorted(pack.for_running())
        )
        for row in going.exclude(digest=pack.digest).iterator(chunk_size=500):
            before = as_clock(row)
            after = turned(before, pack, days)
            if after.due != before.due:
                rule = pack.rules[row.rule]
                found[rule.promise, rule.clause, _day(before), _day(after)] += 1
    return _in_order(found)


def _of(entity: int | None) -> Q:
    """The promises a policy is for: of one company's records, or of all that have no policy of their own."""
    if entity is not None:
        return Q(circle__entity=entity)
    own = with_own_policy(now())
    return ~Q(circle__entity__in=own) if own else Q()


def _in_order(found: Counter[tuple[str, str, date | None, date | None]]) -> list[Moved]:
    moved = [Moved(*each, count) for each, count in found.items()]
    return sorted(moved, key=lambda each: (each.was or date.max, each.promise))


def _narrow(rows: "QuerySet[ClockRow]") -> "QuerySet[ClockRow]":
    return rows.only("digest", "rule", "clause", "limit", "facts")


def _day(clock: Clock) -> date | None:
    return clock.due.day or _date(clock.due.at) if clock.due else None


def _date(moment: datetime) -> date:
    return moment.date()
