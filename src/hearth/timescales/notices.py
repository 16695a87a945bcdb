"""Warnings, breaches and reminders: which are due, each told once. The jobs process asks; what is told names nobody."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hearth.access.identity import as_the_house
from hearth.policy.packs.shapes import Rule
from hearth.timescales.clocks import OVER, Clock, rungs
from hearth.timescales.grounds import Ground
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.models import Notice
from hearth.timescales.moving import given_to
from hearth.timescales.rows import as_clock
from hearth.timescales.standing import ground as ground_now
from hearth.timescales.terms import State


@dataclass(frozen=True, slots=True)
class ToTell:
    """One notice to give: of which promise, to whom, and whether it is a warning or a breach."""

    clock_id: int
    public_id: uuid.UUID
    circle_id: int
    restricted: bool
    about_kind: str
    about_id: int
    rule: str
    promise: str
    clause: str
    rung: str
    is_over: bool
    due_at: datetime
    due_day: date | None
    owner_id: int | None
    parts: tuple[str, ...]
    """The parts told: the one that keeps the promise and, once it is over, those the policy names."""


@transaction.atomic
def take_notices(*, at: datetime, limit: int = 100) -> list[ToTell]:
    """Take the notices that are due, note each as given, and say whom to tell.

    Deliver them in the same transaction: a notice is then told exactly once, whichever process takes it. Where several
    moments of one promise have passed unnoticed, only the last is told.
    """
    with as_the_house():
        ground = ground_now()
        due = ClockRow.objects.filter(next_notice_at__lte=at, state=State.RUNNING).order_by("next_notice_at")
        rows = list(due.select_for_update(skip_locked=True, of=("self",))[:limit])
        given = given_to([row.pk for row in rows])
        found = [take_one(row, given.get(row.pk, frozenset()), at, ground) for row in rows]
    return [each for each in found if each is not None]


def take_one(row: ClockRow, given: frozenset[str], at: datetime, ground: Ground) -> ToTell | None:
    clock = as_clock(row)
    rule = ground.rule_of(clock)
    ladder = rungs(clock, rule, ground.calendar(ground.packs.of(row.digest).nation))
    passed = [rung for rung, moment in ladder if moment <= at and rung not in given]
    Notice.objects.bulk_create(
        Notice(clock_id=row.pk, circle_id=row.circle_id, rung=rung, given_at=at) for rung in passed
    )
    row.next_notice_at = next((moment for _, moment in ladder if moment > at), None)
    ClockRow.objects.filter(pk=row.pk).update(next_notice_at=row.next_notice_at)
    return to_tell(row, clock, rule, passed[-1], at) if passed else None


def to_tell(row: ClockRow, clock: Clock, rule: Rule, rung: str, at: datetime) -> ToTell | None:
    if clock.due is None:
        return None
    is_over = rung == OVER or rung.endswith(" over") or clock.is_over(at)
    parts = (rule.owner, *rule.tell) if is_over else (rule.owner,)
    return ToTell(
        clock_id=row.pk,
        public_id=row.public_id,
        circle_id=row.circle_id,
        restricted=row.restricted,
        about_kind=row.about_kind,
        about_id=row.about_id,
        rule=rule.id,
        promise=rule.promise,
        clause=rule.clause,
        rung=rung,
        is_over=is_over,
        due_at=clock.due.at,
        due_day=clock.due.day,
        owner_id=row.owner_id,
        parts=tuple(dict.fromkeys(parts)),
    )
