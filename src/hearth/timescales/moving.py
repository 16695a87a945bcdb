"""Moves stored clocks, as the house: the one acting may not see the record (a reporter who is still worried)."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from hearth.access.identity import as_the_house
from hearth.ledger.asking import Asked
from hearth.ledger.inserting import insert
from hearth.ledger.terms import Subject
from hearth.policy.calendars import Nation
from hearth.timescales import standing
from hearth.timescales.clocks import Clock, Happening, Ref
from hearth.timescales.engine import changes, fires, fold, take
from hearth.timescales.grounds import Ground
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.models import Notice
from hearth.timescales.rows import as_clock, columns
from hearth.timescales.terms import (
    ACTION_GIVEN,
    EXTENDED,
    GOING,
    MARKED_WRONG,
    OWNER_CHANGED,
    PAUSED,
    RESUMED,
    State,
    WrongRecord,
)

ALWAYS = frozenset({PAUSED, RESUMED, EXTENDED, MARKED_WRONG, OWNER_CHANGED, ACTION_GIVEN})

CLOCKS = Asked(lambda kind, about: ClockRow.objects.filter(about_kind=kind, about_id=about), given=2)


def record_of(kind: str, number: int, circle: int | None) -> Subject:
    """A record by its kind and number, for what is said about it from down here."""

    class Record:
        ledger_kind: ClassVar[str] = kind
        id = number
        circle_id = circle

    return Record()


def move(happening: Happening, circle_id: int | None, ground: Ground, *, is_new: bool = False) -> bool:
    """Start, stop, band, pause and renew the clocks of every record a happening is about or touches.

    `is_new`: the record it is about was made just now. Returns whether any clock moved.
    """
    kinds = kinds_that_listen(happening, ground)
    refs = [ref for ref in (happening.about, *happening.also) if kinds is None or ref[0] in kinds]
    require_subjects(happening, refs, ground)
    moved = False
    with as_the_house():
        for ref in sorted(set(refs)):
            if is_new and ref == happening.about:
                moved |= begin(happening, ref, circle_id, ground)
            else:
                moved |= move_one(happening, ref, circle_id, ground)
    return moved


def kinds_that_listen(happening: Happening, ground: Ground) -> frozenset[str] | None:
    """The kinds of record whose clocks may move; None for what moves any clock."""
    if happening.act in ALWAYS:
        return None
    return frozenset(rule.about for pack in ground.packs.all() for rule in pack.rules_for(happening.act))


def require_subjects(happening: Happening, refs: Sequence[Ref], ground: Ground) -> None:
    """A promise that would begin needs its record: forgetting to name it would lose the promise silently."""
    pack = ground.packs.in_force(happening.at)
    for rule in pack.rules_for(happening.act) if pack else ():
        if fires(rule.starts, happening) and rule.about not in {kind for kind, _ in refs}:
            raise WrongRecord(f"“{happening.act}” begins “{rule.id}” about a {rule.about}, and names none")


def begin(happening: Happening, ref: Ref, circle_id: int | None, ground: Ground) -> bool:
    """The first clocks of a record that nobody else can see yet: there is none to move and nothing to be late for."""
    begun = fold([happening], ref, ground)
    if begun:
        save(begun, {}, circle_of(circle_id, happening, ref), ground)
    return bool(begun)


def move_one(happening: Happening, ref: Ref, circle_id: int | None, ground: Ground) -> bool:
    standing.lock(ref)
    rows = CLOCKS(*ref)
    circle = rows[0].circle_id if rows else circle_id
    if circle != circle_id:
        ground = standing.ground_of(circle)
    before = [as_clock(row) for row in rows]
    late = standing.is_late(happening, ref, circle)
    again = late or ground.turned_since(happening.at)
    after = take(before, happening, ref, ground, is_late=again, history=lambda: standing.history(ref, circle))
    changed = changes(before, after)
    if not changed:
        return False
    known = {clock.key: row for clock, row in zip(before, rows, strict=True)}
    save(changed, known, circle_of(circle, happening, ref), ground, happening.seq if late else None)
    return True


def circle_of(circle_id: int | None, happening: Happening, ref: Ref) -> int:
    if circle_id is None:
        raise WrongRecord(f"a promise about a {ref[0]} needs a circle, and “{happening.act}” has none")
    return circle_id


def save(
    changed: Sequence[Clock],
    rows: dict[tuple[str, int], ClockRow],
    circle_id: int,
    ground: Ground,
    late_entry: int | None = None,
) -> None:
    """Write changed clocks. What stops is written before what starts: a promise runs only once at a time."""
    given = given_to([rows[clock.key].pk for clock in changed if clock.key in rows and clock.state is State.RUNNING])
    new = []
    for clock in sorted(changed, key=lambda each: each.is_going):
        row = rows.get(clock.key)
        told = given.get(row.pk, frozenset()) if row else frozenset()
        values = columns(clock, ground.rule_of(clock), ground.days_of(clock), told)
        if row is None:
            new.append(ClockRow(circle_id=circle_id, changed_by_late_entry=late_entry, **values))
        else:
            values["changed_by_late_entry"] = late_entry or row.changed_by_late_entry
            differ = {name: value for name, value in values.items() if getattr(row, name) != value}
            ClockRow.objects.filter(pk=row.pk).update(**differ)
    if new:
        insert(*new)


def given_to(clock_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """The notices already given of these clocks."""
    told: dict[int, set[str]] = {}
    if clock_ids:
        for clock_id, rung in Notice.objects.filter(clock_id__in=clock_ids).values_list("clock_id", "rung"):
            told.setdefault(clock_id, set()).add(rung)
    return {clock_id: frozenset(rungs) for clock_id, rungs in told.items()}


def retime(ground: Ground, nation: Nation, day: date) -> int:
    """Work out anew when promises that still run fall due, after the calendar was corrected for a day."""
    moved = 0
    going = ClockRow.objects.filter(state__in=sorted(GOING), limit__contains="working", counted_from__date__lte=day)
    for row in going.select_for_update().iterator(chunk_size=500):
        before = as_clock(row)
        after = ground.timed(before)
        if after != before and ground.packs.of(row.digest).nation == nation:
            save([after], {before.key: row}, row.circle_id, ground)
            moved += 1
    return moved
