"""The one way in which something is said to have happened, and what people may do to a running promise."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from hearth.access import clock as wall
from hearth.access.identity import as_the_house, current
from hearth.access.operations import check, require_identity
from hearth.access.queries import parts_in
from hearth.access.terms import Act, Viewer
from hearth.ledger.operations import record
from hearth.ledger.terms import Subject
from hearth.ledger.transactions import all_or_nothing, forget
from hearth.policy.calendars import Nation
from hearth.policy.operations import keep_adopted
from hearth.policy.packs import Chain, Pack
from hearth.policy.terms import Fact, NotNow
from hearth.timescales import moving
from hearth.timescales.clocks import Clock, Happening
from hearth.timescales.declarations import check_facts, touched
from hearth.timescales.engine import fires, refuse_extension, refuse_pause, step
from hearth.timescales.gates import unmet
from hearth.timescales.grounds import Ground
from hearth.timescales.models import CalendarCorrection
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.rows import as_clock
from hearth.timescales.standing import company_with_policy_of, ground_of
from hearth.timescales.standing import ground as ground_now
from hearth.timescales.terms import (
    CALENDAR_CORRECTED,
    EXPLAINED,
    EXTENDED,
    PAUSED,
    RESUMED,
    GateUnmet,
    NotThisClock,
    State,
)
from hearth.timescales.turning import bring_into_force

NOT_RECORDED = 0


@all_or_nothing
def happened(
    act: str,
    *,
    about: Subject,
    by: Viewer | None,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
    words: Mapping[str, str] | None = None,
    why: str = "",
    is_new: bool = False,
) -> Happening:
    """Write in the ledger that something happened, and let the policy in force move the clocks it touches.

    `by` is the signed identity, or None where the jobs process acts for nobody. Facts are those the act declares in
    its app's terms.py; what people typed goes into words. `is_new` says that this transaction made the record, so that
    nothing was ever promised to it.
    """
    require_by(by)
    known = dict(facts or {})
    check_facts(act, known)
    also = touched(act, known)
    ref = (about.ledger_kind, about.id)
    ground = ground_of(about.circle_id)
    draft = Happening(NOT_RECORDED, act, ref, at, known, also)
    typed = {**(words or {}), **({"why": why} if why else {})}
    clause = cited(draft, ground)
    entry = record(act, about=about, happened_at=at, facts=known, words=typed, clause=clause)
    happening = Happening(entry, act, ref, at, known, also)
    return replace(happening, has_moved=moving.move(happening, about.circle_id, ground, is_new=is_new))


def require_by(by: Viewer | None) -> None:
    """The one who is named must be the one who is signed in; nobody only where nobody is."""
    if by is not None:
        require_identity(by)
    elif (signed := current()) is not None:
        raise ValueError(f"user {signed.id} is signed in, so it cannot be nobody's act")


def cited(happening: Happening, ground: Ground) -> str:
    """The clause an entry stands under: that of the promise it keeps, or else of the one it begins."""
    pack = ground.packs.in_force(happening.at)
    rules = pack.rules_for(happening.act) if pack else ()
    kept = next((rule.clause for rule in rules if fires(rule.stops, happening)), None) if rules else None
    return kept or next((rule.clause for rule in rules if fires(rule.starts, happening)), "")


def require_gates(
    act: str, *, about: Subject, facts: Mapping[str, Fact] | None = None, at: datetime | None = None
) -> None:
    """Raise GateUnmet, with every clause and sentence, where the policy wants something first."""
    known, now = dict(facts or {}), at or wall.now()
    check_facts(act, known)
    ground = ground_of(about.circle_id)
    pack = ground.packs.in_force(now)
    gates = pack.gates_for(act) if pack else ()
    if pack is None or not gates:
        return
    before: list[Clock] = []
    if any(gate.if_over or gate.if_running or gate.no_clock_of for gate in gates):
        with as_the_house():
            before = clocks_in(about)
    after = left_by(act, about, known, now, before, ground)
    found = unmet(pack, act, known, at=now, before=before, after=after, ground=ground)
    if found:
        whose = company_with_policy_of(about, now)
        raise GateUnmet([replace(each, entity=whose) for each in found], act, about)


def clocks_in(about: Subject) -> list[Clock]:
    """The clocks of a record, and those still going in its circle."""
    own = ClockRow.objects.filter(about_kind=about.ledger_kind, about_id=about.id)
    if about.circle_id is not None:
        own |= ClockRow.objects.filter(circle_id=about.circle_id, state__in=["running", "paused"])
    return [as_clock(row) for row in own.exclude(state=State.VOID)]


def left_by(
    act: str, about: Subject, facts: Mapping[str, Fact], at: datetime, before: Sequence[Clock], ground: Ground
) -> list[Clock]:
    """What the act would leave of these clocks. What it would itself begin does not count."""
    happening = Happening(NOT_RECORDED, act, (about.ledger_kind, about.id), at, facts, touched(act, facts))
    left: list[Clock] = []
    for ref in dict.fromkeys(clock.about for clock in before):
        own = [clock for clock in before if clock.about == ref]
        left += step(own, happening, ref, ground) if happening.touches(ref) else own
    return [clock for clock in left if clock.started_by != NOT_RECORDED]


@transaction.atomic
def pause(row: ClockRow, *, ground: str, why: str, by: Viewer, at: datetime) -> None:
    """Pause a running promise on a ground the policy names. Refused contact and no access are none."""
    check(by, Act.PAUSE_CLOCK, row)
    require_reason(why)
    refuse_pause(as_clock(row), ground, pack_of_row(row), at)
    change(PAUSED, row, by=by, at=at, why=why, ground=ground)


@transaction.atomic
def resume(row: ClockRow, *, why: str, by: Viewer, at: datetime) -> None:
    """Let a paused promise run again. The time it stood still is given back."""
    check(by, Act.PAUSE_CLOCK, row)
    require_reason(why)
    if State(row.state) is not State.PAUSED:
        raise NotThisClock("This promise is not paused")
    change(RESUMED, row, by=by, at=at, why=why)


@transaction.atomic
def extend(row: ClockRow, *, to: date, why: str, by: Viewer, at: datetime) -> None:
    """Give a promise a later day. The one who does it is the approver and plays a part the policy names."""
    check(by, Act.EXTEND_CLOCK, row)
    require_reason(why)
    refuse_extension(as_clock(row), to, pack_of_row(row), [str(part) for part in parts_in(by, row)])
    change(EXTENDED, row, by=by, at=at, why=why, to=to)


@transaction.atomic
def explain_breach(row: ClockRow, *, ground: str, why: str, by: Viewer, at: datetime) -> None:
    """Say why a promise ran over: a ground of the policy's list and words. It changes no clock and excuses none."""
    check(by, Act.PAUSE_CLOCK, row)
    require_reason(why)
    if not as_clock(row).is_over(at):
        raise NotThisClock("This promise has not run over")
    change(EXPLAINED, row, by=by, at=at, why=why, ground=ground)


def require_reason(why: str) -> None:
    if not why.strip():
        raise NotThisClock("Write the reason")


def pack_of_row(row: ClockRow) -> Pack:
    return ground_now().packs.of(row.digest)


def change(act: str, row: ClockRow, *, by: Viewer, at: datetime, why: str, **facts: Fact) -> None:
    """Say in the ledger, about the clock's own record, what was done to the clock."""
    about = moving.record_of(row.about_kind, row.about_id, row.circle_id)
    which: dict[str, Fact] = {"rule": row.rule, "clock": row.started_by_entry}
    happened(act, about=about, by=by, at=at, facts={**which, **facts}, why=why)
    row.refresh_from_db()


@transaction.atomic
def correct_calendar(*, nation: Nation, day: date, working: bool, why: str, by: Viewer, at: datetime) -> int:
    """Say that a day is, or is not, a working day after all. Returns how many running promises it moved."""
    check(by, Act.KEEP_CALENDAR)
    require_reason(why)
    facts: dict[str, Fact] = {"nation": nation.value, "day": day, "working": working}
    entry = record(CALENDAR_CORRECTED, about=None, happened_at=at, facts=facts, words={"why": why})
    with as_the_house():
        CalendarCorrection.objects.create(entry=entry, nation=nation, day=day, working=working)
        forget()
        return moving.retime(ground_now(), nation, day)


@transaction.atomic
def adopt_policy(
    chain: Chain,
    *,
    by: Viewer,
    at: datetime,
    in_force_from: datetime | None = None,
    why: str = "",
    entity: int | None = None,
) -> Pack:
    """Adopt a pack without asking anybody else, as a house does with its first. People propose: `pathway.adopting`."""
    check(by, Act.ADOPT_POLICY)
    return bring_in(chain, by=by, at=at, in_force_from=in_force_from or at, why=why, entity=entity)


@transaction.atomic
def bring_in(
    chain: Chain, *, by: Viewer, at: datetime, in_force_from: datetime, why: str, entity: int | None = None
) -> Pack:
    """A pack that was approved comes in now or later, for the organisation or for one company of the group.

    Clocks that run keep theirs where it does not say otherwise; those of another company it does not touch.
    """
    if in_force_from < at:
        raise NotNow("A policy cannot come into force in the past")
    with as_the_house():
        pack = keep_adopted(chain, in_force_from=in_force_from, at=at, by_id=by.id, entity=entity)
    facts: dict[str, Fact] = {"pack": pack.name, "digest": pack.digest, "starts_on": in_force_from.date()}
    facts |= {"entity": entity} if entity else {}
    record("policy.adopted", about=None, happened_at=at, facts=facts, words={"why": why})
    bring_into_force(at=at)
    return pack
