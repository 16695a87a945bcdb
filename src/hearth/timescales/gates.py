"""Gates: what a pack wants to be true before an act. Plain Python."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hearth.policy.durations import local_day
from hearth.policy.packs.conditions import compared
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Gate
from hearth.policy.terms import Fact, Whose
from hearth.timescales.clocks import Clock
from hearth.timescales.grounds import Ground
from hearth.timescales.terms import State, Unmet


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
    return [
        Unmet(gate.id, gate.clause, gate.sentence, tuple(fact for fact, _values in compared(gate.requires)))
        for gate in pack.gates_for(act)
        if pack.holds_on(gate.clause, local_day(at))
        and stands(gate, facts, at, before, ground)
        and not is_open(gate, facts, after, ground)
    ]


def stands(gate: Gate, facts: Mapping[str, Fact], at: datetime, before: Sequence[Clock], ground: Ground) -> bool:
    """Whether the gate is in the way at all, here and now."""
    if gate.when and not gate.when.holds(facts):
        return False
    if gate.if_over and not any(clock.rule == gate.if_over and clock.is_over(at) for clock in before):
        return False
    return not gate.if_running or any(is_going(clock, gate.if_running, ground) for clock in before)


def is_open(gate: Gate, facts: Mapping[str, Fact], after: Sequence[Clock], ground: Ground) -> bool:
    if gate.no_clock_of and any(is_going(clock, gate.no_clock_of, ground) for clock in after):
        return False
    return gate.requires is None or gate.requires.holds(facts)


def is_going(clock: Clock, whose: Whose, ground: Ground) -> bool:
    return clock.state != State.VOID and clock.is_going and ground.rule_of(clock).whose == whose
