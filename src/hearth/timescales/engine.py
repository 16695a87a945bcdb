"""The engine: a fold over what happened. Given the packs and a record's happenings it says which clocks run.

It sees facts only. It never reads the time: warning and breach follow from the due time. What happened is taken in
the order of when it happened (then of when it was recorded), so clocks rebuilt from the ledger come out equal.
Plain Python.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import local_day, start_of
from hearth.policy.packs.conditions import compared
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Rule, Trigger
from hearth.policy.terms import AppliesTo, Fact, may_never_pause
from hearth.timescales.clocks import Clock, Happening, Ref, Turn, first_due
from hearth.timescales.grounds import Ground
from hearth.timescales.terms import (
    ACTION_GIVEN,
    CAME_INTO_FORCE,
    EXTENDED,
    MARKED_WRONG,
    OWNER_CHANGED,
    PAUSED,
    RESUMED,
    NotThisClock,
    State,
)

OWNS_IT = "owns_it"
# A record has another owner: what was promised to it is his from now on, and to no other record it touches.
GIVEN_TO_ANOTHER = (OWNER_CHANGED, ACTION_GIVEN)


def fold(history: Iterable[Happening], about: Ref, ground: Ground) -> tuple[Clock, ...]:
    """Every clock of one record, from all that happened to it."""
    clocks: tuple[Clock, ...] = ()
    for happening in told(history, about, ground):
        clocks = step(clocks, happening, about, ground)
    return clocks


def told(history: Iterable[Happening], about: Ref, ground: Ground) -> list[Happening]:
    """What happened to one record in the order it happened, without what was marked wrong.

    A policy that came into force for running promises happened to every record.
    """
    happenings = [each for each in history if each.touches(about)]
    happenings += [came_into_force(turn, about) for turn in ground.turns]
    # Only what was recorded before can have been marked wrong.
    marked = ((whole(each.facts.get("entry")), each.seq) for each in happenings if each.act == MARKED_WRONG)
    wrong = {entry for entry, seq in marked if entry is not None and entry < seq}
    return [each for each in sorted(happenings, key=lambda each: (each.at, each.seq)) if each.seq not in wrong]


def take(
    clocks: Sequence[Clock],
    happening: Happening,
    about: Ref,
    ground: Ground,
    *,
    is_late: bool,
    history: Callable[[], Iterable[Happening]],
) -> tuple[Clock, ...]:
    """The clocks after one more entry. A late one, or one that marks another wrong, has the record's history retold."""
    if is_late or happening.act == MARKED_WRONG:
        return fold(history(), about, ground)
    return step([clock for clock in clocks if clock.state != State.VOID], happening, about, ground)


def step(clocks: Sequence[Clock], happening: Happening, about: Ref, ground: Ground) -> tuple[Clock, ...]:
    """The clocks of one record after one more happening, which is not earlier than those already taken."""
    if happening.act in (PAUSED, RESUMED, EXTENDED):
        return tuple(handled(clock, happening, ground) for clock in clocks)
    if happening.act == CAME_INTO_FORCE:
        new = ground.packs.of(str(happening.facts["digest"]))
        return tuple(turned(clock, new, ground.calendar(new.nation)) for clock in clocks)
    pack = ground.packs.in_force(happening.at)
    after: list[Clock] = []
    begun: list[Clock] = []
    for clock in clocks:
        if not clock.is_going:
            after.append(clock)
            continue
        moved = answered(clock, happening, ground)
        after.append(moved)
        if moved.state == State.MET and ground.rule_of(clock).cadence:
            begun += again(moved, happening, pack, ground)
    going = {clock.rule for clock in (*after, *begun) if clock.is_going}
    if pack is None:
        return (*after, *begun)
    for rule in pack.rules_for(happening.act):
        if rule.about == about[0] and rule.id not in going and begins(rule, happening, pack):
            owner = owner_so_far(clocks) if rule.owner == OWNS_IT else None
            begun.append(started(rule, happening, about, pack, ground, owner))
    return (*after, *begun)


def fires(triggers: Sequence[Trigger], happening: Happening) -> bool:
    act, facts = happening.act, happening.facts
    for trigger in triggers:  # noqa: SIM110 - asked for every clock of every happening; half the time of any()
        if trigger.fires(act, facts):
            return True
    return False


def begins(rule: Rule, happening: Happening, pack: Pack) -> bool:
    """Whether a happening begins a promise: it is one that starts it, and its clause is in force on that day."""
    return fires(rule.starts, happening) and pack.holds_on(rule.clause, local_day(happening.at))


def came_into_force(turn: Turn, about: Ref) -> Happening:
    """The coming into force of a policy, as it happened to one record."""
    return Happening(turn.entry, CAME_INTO_FORCE, about, turn.at, {"digest": turn.digest})


def turned(clock: Clock, pack: Pack, days: WorkingCalendar) -> Clock:
    """A going clock under a pack that came into force, where its promise holds for running ones too.

    It counts on from where it began, in the band it is in, with its pauses and with the later day it was given. Where
    the new promise wants a day nobody named when it began, nothing changes.
    """
    rule = pack.rules.get(clock.rule)
    if rule is None or rule.applies_to is not AppliesTo.RUNNING or rule.about != clock.about[0]:
        return clock
    if not clock.is_going or clock.digest == pack.digest or (rule.due_on and clock.on_day is None):
        return clock
    limit = rule.limit_for(dict(clock.facts))
    moved = replace(
        clock,
        digest=pack.digest,
        limit=limit,
        on_day=clock.on_day if rule.due_on else None,
        owner_id=clock.owner_id if rule.owner == OWNS_IT else None,
    )
    return moved.timed(days)


def answered(clock: Clock, happening: Happening, ground: Ground) -> Clock:
    """A going clock after a happening: met, ended, banded anew, given to another owner, or as it was."""
    pack = ground.packs.of(clock.digest)
    rule = pack.rules[clock.rule]
    if pack.may_move(happening.act, rule.id):
        if fires(rule.stops, happening):
            return ground.timed(clock.stopped(State.MET, happening.seq, happening.at))
        if fires(rule.ends, happening):
            return ground.timed(clock.stopped(State.ENDED, happening.seq, happening.at))
        if fires(rule.rebands, happening):
            facts = {**dict(clock.facts), **band_facts(rule, happening.facts)}
            return ground.timed(replace(clock, facts=tuple(sorted(facts.items())), limit=rule.limit_for(facts)))
    if happening.act in GIVEN_TO_ANOTHER and happening.about == clock.about and rule.owner == OWNS_IT:
        return replace(clock, owner_id=whole(happening.facts.get("owner")))
    return clock


def started(rule: Rule, happening: Happening, about: Ref, pack: Pack, ground: Ground, owner: int | None) -> Clock:
    """A new clock of a rule, begun by a happening."""
    counted = happening.facts.get(rule.counts_from) if rule.counts_from else None
    named = happening.facts.get(rule.due_on) if rule.due_on else None
    facts = band_facts(rule, happening.facts)
    counted_from = start_of(counted) if isinstance(counted, date) else happening.at
    limit, on_day = rule.limit_for(facts), named if isinstance(named, date) else None
    return Clock(
        rule=rule.id,
        about=about,
        digest=pack.digest,
        started_by=happening.seq,
        started_at=happening.at,
        counted_from=counted_from,
        limit=limit,
        on_day=on_day,
        facts=tuple(sorted(facts.items())),
        owner_id=(whole(happening.facts.get("owner")) or owner) if rule.owner == OWNS_IT else None,
        due=first_due(counted_from, limit, on_day, ground.calendar(pack.nation)),
    )


def again(met: Clock, happening: Happening, pack: Pack | None, ground: Ground) -> list[Clock]:
    """A cadence's next turn, by the pack now in force and in the band the last turn ran in."""
    rule = pack.rules.get(met.rule) if pack else None
    if pack is None or rule is None or not pack.holds_on(rule.clause, local_day(happening.at)):
        return []
    facts = {**dict(met.facts), **band_facts(rule, happening.facts)}
    turn = started(rule, replace(happening, facts=facts), met.about, pack, ground, met.owner_id)
    return [turn]


def handled(clock: Clock, happening: Happening, ground: Ground) -> Clock:
    """A clock that was paused, resumed or given a later day. What may not be has no effect, whoever wrote it."""
    if not clock.is_going or clock.key != (happening.facts.get("rule"), happening.facts.get("clock")):
        return clock
    ground_given, to = happening.facts.get("ground"), happening.facts.get("to")
    if happening.act == PAUSED:
        allowed = clock.state == State.RUNNING and ground_given in ground.rule_of(clock).pauses
        may = allowed and not may_never_pause(str(ground_given))
        return clock.paused_at(str(ground_given), happening.at) if may else clock
    if happening.act == RESUMED:
        return ground.timed(clock.resumed_at(happening.at))
    if isinstance(to, date) and ground.rule_of(clock).extends:
        return ground.timed(replace(clock, extended_to=to))
    return clock


def refuse_pause(clock: Clock, ground_given: str, pack: Pack, at: datetime) -> None:
    """Raise NotThisClock where the clock may not be paused on this ground now."""
    if may_never_pause(ground_given):
        raise NotThisClock("Refused contact, not engaging and no access never pause a promise")
    if ground_given not in pack.rules[clock.rule].pauses:
        raise NotThisClock("The policy does not let this promise be paused for that reason")
    if clock.state != State.RUNNING:
        raise NotThisClock("This promise is not running")
    if clock.is_over(at):
        raise NotThisClock("This promise is already over: a pause cannot mend it")


def refuse_extension(clock: Clock, to: date, pack: Pack, parts: Iterable[str]) -> None:
    """Raise NotThisClock where the clock may not be given that later day by somebody who plays these parts."""
    rule = pack.rules[clock.rule]
    if not rule.extends:
        raise NotThisClock("Nobody may give this promise a later day")
    if set(rule.extends).isdisjoint(parts):
        raise NotThisClock("Somebody else must approve a later day for this promise")
    if not clock.is_going:
        raise NotThisClock("This promise is not running")
    if clock.due is None or start_of(to) < clock.due.at:
        raise NotThisClock("Choose a day after the one it is due now")


def changes(before: Sequence[Clock], after: Sequence[Clock]) -> list[Clock]:
    """What is new or different; a clock that is no longer there at all is void, never gone."""
    known = {clock.key: clock for clock in before}
    kept = {clock.key for clock in after}
    new = [clock for clock in after if known.get(clock.key) != clock]
    return new + [
        replace(clock, state=State.VOID) for clock in before if clock.key not in kept and clock.state != State.VOID
    ]


def band_facts(rule: Rule, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts a rule's bands look at, where they are known."""
    names = {name for band in rule.bands for name, _ in compared(band.when)}
    return {name: facts[name] for name in sorted(names) if facts.get(name) is not None}


def owner_so_far(clocks: Sequence[Clock]) -> int | None:
    """Who keeps the record's other promises: of those still going first, then of the latest."""
    ordered = sorted(clocks, key=lambda clock: clock.is_going)
    return next((clock.owner_id for clock in reversed(ordered) if clock.owner_id), None)


def whole(fact: Fact) -> int | None:
    return fact if isinstance(fact, int) and not isinstance(fact, bool) else None
