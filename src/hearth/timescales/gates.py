"""Gates: what a pack wants to be true before an act. Plain Python."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hearth.policy.durations import local_day
from hearth.policy.packs.conditions import compared, could_hold, needed
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Gate
from hearth.policy.terms import Fact, Whose
from hearth.timescales.clocks import Clock
from hearth.timescales.grounds import Ground
from hearth.timescales.terms import Need, State, Unmet


def unmet(
    pack: Pack,
    act: str,
    facts: Mapping[str, Fact],
    *,
    at: datetime,
    before: Sequence[Clock],
    after: Sequence[Clock],
    ground: Ground,
) -> list[Unmet]:
    """The gates that are not open: `before` are the clocks as they stand, `after` as the act would leave them."""
    today = local_day(at)
    return [
        Unmet(gate.id, gate.clause, gate.sentence, tuple(fact for fact, _values in compared(gate.requires)))
        for gate in pack.gates_for(act)
        if pack.holds_on(gate.clause, today)
        and stands(gate, facts, at, before, ground)
        and not is_open(gate, facts, after, ground)
    ]


def needs(
    pack: Pack, act: str, known: Mapping[str, Fact], *, at: datetime, before: Sequence[Clock], ground: Ground
) -> list[Need]:
    """What the gates will ask for, told what is known of the record: what is left out of `known` is still answered."""
    found = []
    for gate in pack.gates_for(act):
        could = gate.when is None or could_hold(gate.when, known)
        if not could or not pack.holds_on(gate.clause, local_day(at)) or not is_time_for(gate, at, before, ground):
            continue
        surely = needed(gate.requires) if gate.when is None or gate.when.holds(known) else frozenset[str]()
        asked = dict.fromkeys(fact for fact, _values in compared(gate.requires) if fact not in known)
        found += [Need(fact, gate.clause, gate.sentence, is_certain=fact in surely) for fact in asked]
    return found


def stands(gate: Gate, facts: Mapping[str, Fact], at: datetime, before: Sequence[Clock], ground: Ground) -> bool:
    """Whether the gate is in the way at all, here and now."""
    return not (gate.when and not gate.when.holds(facts)) and is_time_for(gate, at, before, ground)


def is_time_for(gate: Gate, at: datetime, before: Sequence[Clock], ground: Ground) -> bool:
    """Whether the clocks a gate waits for stand as it says."""
    if gate.if_over and not any(clock.rule == gate.if_over and clock.is_over(at) for clock in before):
        return False
    return not gate.if_running or any(is_going(clock, gate.if_running, ground) for clock in before)


def is_open(gate: Gate, facts: Mapping[str, Fact], after: Sequence[Clock], ground: Ground) -> bool:
    if gate.no_clock_of and any(is_going(clock, gate.no_clock_of, ground) for clock in after):
        return False
    return gate.requires is None or gate.requires.holds(facts)


def is_going(clock: Clock, whose: Whose, ground: Ground) -> bool:
    return clock.state != State.VOID and clock.is_going and ground.rule_of(clock).whose == whose
