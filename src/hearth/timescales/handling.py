"""What may be done to one running promise, by the policy it was started under, and what was done to it so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hearth.access.queries import parts_in
from hearth.access.terms import Viewer
from hearth.ledger.queries import entries_about
from hearth.ledger.terms import Recorded, Subject
from hearth.policy.durations import Due
from hearth.policy.packs import Pack
from hearth.policy.queries import pack_of
from hearth.timescales.models import Clock
from hearth.timescales.moving import record_of
from hearth.timescales.rows import as_clock
from hearth.timescales.standing import ground
from hearth.timescales.terms import EXPLAINED, EXTENDED, PAUSED, RESUMED, State

HANDLED = frozenset({PAUSED, RESUMED, EXTENDED, EXPLAINED})
REASONS = "breach_reason"


@dataclass(frozen=True, slots=True)
class Handling:
    """What the policy allows for one promise: grounds to pause it, who may extend it, and who asks why it ran over."""

    grounds: Sequence[tuple[str, str]]
    extends: Sequence[str]
    may_extend: bool
    reasons: Sequence[tuple[str, str]]
    reason_clause: str
    is_paused: bool
    is_going: bool
    is_over: bool
    if_resumed: Due | None


def handling(viewer: Viewer, row: Clock, *, at: datetime) -> Handling:
    """What may be done to a promise now, by the pack it was started under."""
    clock, pack = as_clock(row), pack_of(row.digest)
    rule = pack.rules[row.rule]
    gate = next((gate for gate in pack.gates.values() if gate.if_over == row.rule), None)
    resumed = ground().timed(clock.resumed_at(at)).due if clock.state is State.PAUSED else None
    return Handling(
        grounds=[(code, pack.pause_grounds[code]) for code in rule.pauses],
        extends=rule.extends,
        may_extend=not set(rule.extends).isdisjoint(str(part) for part in parts_in(viewer, row)),
        reasons=breach_reasons(pack),
        reason_clause=gate.clause if gate else "",
        is_paused=clock.state is State.PAUSED,
        is_going=clock.is_going,
        is_over=clock.is_over(at),
        if_resumed=resumed,
    )


def breach_reasons(pack: Pack) -> Sequence[tuple[str, str]]:
    """Why a promise may have run over, in the policy's words."""
    return [(word.code, word.label) for word in pack.words[REASONS].words] if REASONS in pack.words else []


def handled_so_far(row: Clock) -> Sequence[Recorded]:
    """When the promise was paused, resumed or extended and why it ran over, with who did it and the reason."""
    entries = entries_about(record_of(row.about_kind, row.about_id, row.circle_id))
    return [each for each in entries if each.act in HANDLED and is_of(each, row)]


def why_over(row: Clock) -> str:
    """The last reason given for running over, in its writer's words."""
    return last_words(each for each in handled_so_far(row) if each.act == EXPLAINED)


def reason_for_breach(about: Subject) -> str:
    """Why a record's promises ran over, as it was last explained, for whoever closes it."""
    return last_words(each for each in entries_about(about) if each.act == EXPLAINED)


def last_words(entries: Iterable[Recorded]) -> str:
    words = [(each.words or {}).get("why", "") for each in entries]
    return words[-1] if words else ""


def is_of(entry: Recorded, row: Clock) -> bool:
    return (entry.facts.get("rule"), entry.facts.get("clock")) == (row.rule, row.started_by_entry)


def shown_due(point: Due | None) -> date | datetime | None:
    """A due time as it is shown: its day, or its moment."""
    return None if point is None else point.day or point.at
