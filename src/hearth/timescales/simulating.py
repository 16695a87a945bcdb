"""Tries a policy on what has happened: the ledger is told again under another pack, and nothing is changed.

A promise that began before the pack would have come into force keeps the pack it was begun under, exactly as when a
policy is adopted. What people would have done otherwise nobody can know: the happenings stay as they were.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from hearth.access.identity import as_the_house
from hearth.access.queries import entities_of, restricted_among
from hearth.ledger.models import Entry
from hearth.organisation.queries import teams_of_everybody
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Pack
from hearth.policy.queries import with_own_policy
from hearth.timescales.clocks import LAST, Clock, Happening, Ref, Turn
from hearth.timescales.engine import step, told
from hearth.timescales.gates import unmet
from hearth.timescales.grounds import Ground, Policies
from hearth.timescales.models import Clock as ClockRow
from hearth.timescales.newly_counted import differing
from hearth.timescales.rebuilding import STRETCH, Stretch, bounds, histories_of
from hearth.timescales.rows import clocks_of
from hearth.timescales.standing import ground as ground_now
from hearth.timescales.standing import touched_since
from hearth.timescales.terms import State

type Progress = Callable[[str, int, int], None]
"""The kind of record that is told, how many records were told so far, and of how many in all."""

PROMISED, LATE, TOLD, BLOCKED, COUNTED = "promised", "late", "told", "blocked", "counted"


@dataclass(frozen=True, slots=True)
class Tried:
    """The packs as they would have been: another one in force from a moment on, for one company or the organisation."""

    kept: Policies
    pack: Pack
    since: datetime

    def in_force(self, at: datetime) -> Pack | None:
        return self.pack if at >= self.since else self.kept.in_force(at)

    def of(self, digest: str) -> Pack:
        return self.pack if digest == self.pack.digest else self.kept.of(digest)

    def all(self) -> list[Pack]:
        return [*self.kept.all(), self.pack]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as it was recorded and as it would have been."""

    month: date
    team: str
    what: str
    name: str
    recorded: int
    tried: int


@dataclass(slots=True)
class Simulation:
    """What a pack would have meant: figures by month, team and promise or gate. Restricted records are left out."""

    pack: Pack
    since: datetime
    until: datetime
    entity: int | None = None
    own: frozenset[int] = frozenset()
    before: Pack | None = None
    """The policy in force at the end, to which it is compared."""
    records: int = 0
    happenings: int = 0
    left_out: int = 0
    recorded: Counter[tuple[date, str, str, str]] = field(default_factory=Counter)
    tried: Counter[tuple[date, str, str, str]] = field(default_factory=Counter)
    differing: int = 0
    teams: dict[int, str] = field(default_factory=dict)

    @property
    def is_of_a_group(self) -> bool:
        """Whether it looks at the records of some companies only."""
        return self.entity is not None or bool(self.own)

    def is_about(self, entity: int | None) -> bool:
        """Whether it looks at a company's records: those of the one asked for, or all without a policy of their own."""
        return entity not in self.own if self.entity is None else entity == self.entity

    def figures(self) -> list[Figure]:
        """Every figure, in order of month, team, kind and name."""
        keys = sorted({*self.recorded, *self.tried})
        return [Figure(*key, self.recorded[key], self.tried[key]) for key in keys]


def simulate(
    pack: Pack, *, since: datetime, until: datetime, entity: int | None = None, progress: Progress | None = None
) -> Simulation:
    """Tell all that happened since a moment again under a pack. Reads in short transactions; memory stays flat.

    Tried for one company, it looks at that company's records; else at all that stand under the organisation's policy.
    """
    with transaction.atomic():  # not as the house: it has nothing to do with teams
        found = Simulation(pack, since, until, entity, with_own_policy(until), teams=teams_of_everybody())
    with transaction.atomic(), as_the_house():
        ground = ground_now().for_entity(entity)
    trial = Ground(Tried(ground.packs, pack, since), ground.corrections, _turns(ground, pack, since))
    kinds = sorted({rule.about for each in trial.packs.all() for rule in each.rules.values()})
    stretches = [each for kind in kinds for each in _stretches(kind, since)]
    told, of = 0, sum(many for *_, many in stretches)
    for kind, low, touched, many in stretches:
        with transaction.atomic(), as_the_house():
            _stretch(kind, low, touched, trial, found)
        told += many
        if progress:
            progress(kind, told, of)
    found.before = ground.packs.in_force(until)
    _count(found)
    return found


def _count(found: Simulation) -> None:
    """What would be newly counted, or no more, by the team of whoever did it."""
    span = {"since": found.since, "until": found.until}
    with transaction.atomic(), as_the_house():
        rows = list(differing(found.before, found.pack, **span, entity=found.entity, own=found.own))
    for month, by, name, recorded, tried in rows:
        key = month, found.teams.get(by or 0, ""), COUNTED, name
        found.recorded[key] += recorded
        found.tried[key] += tried


def _stretches(kind: str, since: datetime) -> Iterator[tuple[str, int, frozenset[int], int]]:
    """The stretches of a kind of record in which anything is to be told again, and of how many records each."""
    with transaction.atomic(), as_the_house():
        first, last = bounds(kind)
        touched = touched_since(kind, since)
    for low in range(first, last + 1, STRETCH):
        with transaction.atomic(), as_the_house():
            many = len(_which(kind, low, touched, since))
        if many:
            yield kind, low, touched, many


def _which(kind: str, low: int, touched: frozenset[int], since: datetime) -> set[int]:
    """The records of one stretch to which something happened since, or which something touched."""
    lately = Entry.objects.filter(Stretch(kind, low).rows, happened_at__gte=since)
    told = {number for number in lately.values_list("about_id", flat=True).distinct() if number is not None}
    return told | touched.intersection(range(low, low + STRETCH))


def _turns(ground: Ground, pack: Pack, since: datetime) -> tuple[Turn, ...]:
    """What came into force before, and the tried pack where it holds for running promises too."""
    before = tuple(turn for turn in ground.turns if turn.at < since)
    return (*before, Turn(LAST, since, pack.digest)) if pack.for_running() else before


def _stretch(kind: str, low: int, touched: frozenset[int], trial: Ground, found: Simulation) -> None:
    """Tell those records of one stretch to which something happened, or which something touched."""
    which = _which(kind, low, touched, found.since)
    these = Q(about_kind=kind, about_id__in=sorted(which))
    gated = frozenset(gate.act for gate in found.pack.gates.values())
    histories, circles = histories_of(kind, these, trial, gated)
    recent = {ref: history for ref, history in histories.items() if any(each.at >= found.since for each in history)}
    hidden = restricted_among({circles[ref] for ref in recent})
    entities = entities_of({circles[ref] for ref in recent}) if found.is_of_a_group else {}
    rows, beside = _rows(these), _beside(recent, circles, trial, found)
    stopped: list[tuple[Happening, str]] = []
    for ref, history in recent.items():
        if not found.is_about(entities.get(circles[ref])):
            continue
        if circles[ref] in hidden:
            found.left_out += 1
            continue
        kept = [clock for clock in rows.get(ref, []) if clock.state is not State.VOID]
        others = [clock for clock in beside.get(circles[ref], ()) if clock.about != ref]
        clocks, blocked = _walk(history, ref, trial, found.since, others)
        found.records += 1
        found.happenings += len(history)
        found.differing += {*kept} != {*clocks}
        found.recorded.update(_counted(kept, trial, found))
        found.tried.update(_counted(clocks, trial, found))
        stopped += ((each, gate) for each, gate in blocked if each.at < found.until)
    found.tried.update(_stopped(stopped, found))


def _stopped(acts: Sequence[tuple[Happening, str]], found: Simulation) -> Iterator[tuple[date, str, str, str]]:
    """Each act a gate would have stopped, with the team of whoever did it."""
    who = dict(Entry.objects.filter(id__in={each.seq for each, _gate in acts}).values_list("id", "by_id"))
    for each, gate in acts:
        yield _month(each.at), found.teams.get(who.get(each.seq) or 0, ""), BLOCKED, gate


def _rows(these: Q) -> dict[Ref, list[Clock]]:
    found: dict[Ref, list[Clock]] = {}
    for _circle, clock in clocks_of(ClockRow.objects.filter(these).order_by("id")):
        found.setdefault(clock.about, []).append(clock)
    return found


def _beside(
    histories: Mapping[Ref, Iterable[Happening]], circles: Mapping[Ref, int], trial: Ground, found: Simulation
) -> dict[int, list[Clock]]:
    """The clocks, as they were kept, of every record in the circles in which a gate asks about them."""
    asking = {gate.act for gate in found.pack.gates.values() if gate.if_over or gate.if_running or gate.no_clock_of}
    asked = {
        circles[ref]
        for ref, history in histories.items()
        if any(each.act in asking and each.at >= found.since for each in history)
    }
    beside: dict[int, list[Clock]] = {}
    if asked:
        for circle, clock in clocks_of(ClockRow.objects.filter(circle_id__in=asked).exclude(state=State.VOID)):
            beside.setdefault(circle, []).append(clock)
    return beside


def _going(clocks: Iterable[Clock], at: datetime, *, after: bool) -> list[Clock]:
    """Those of other records that were going at a moment: before what happened then, or after it."""
    return [
        replace(clock, state=State.RUNNING, stopped_by=None, stopped_at=None)
        for clock in clocks
        if clock.started_at < at
        and (clock.stopped_at is None or clock.stopped_at > at or (clock.stopped_at == at and not after))
    ]


def _walk(
    history: Iterable[Happening], ref: Ref, trial: Ground, since: datetime, others: Sequence[Clock]
) -> tuple[tuple[Clock, ...], list[tuple[Happening, str]]]:
    """The clocks of a record under the trial, and each act a gate would have stopped."""
    clocks: tuple[Clock, ...] = ()
    blocked: list[tuple[Happening, str]] = []
    for happening in told(history, ref, trial):
        after = step(clocks, happening, ref, trial)
        if happening.at >= since and happening.about == ref:
            blocked += _blocked(happening, clocks, after, trial, others)
        clocks = after
    return clocks, blocked


def _blocked(
    happening: Happening,
    before: tuple[Clock, ...],
    after: tuple[Clock, ...],
    trial: Ground,
    others: Sequence[Clock],
) -> Iterator[tuple[Happening, str]]:
    """The gates an act would not have passed: by the record's own clocks and those that were going beside it."""
    pack = trial.packs.in_force(happening.at)
    if pack is None or not pack.gates_for(happening.act):
        return
    at = happening.at
    stood = [*before, *_going(others, at, after=False)]
    left = [clock for clock in after if clock.started_by != happening.seq] + _going(others, at, after=True)
    for each in unmet(pack, happening.act, happening.facts, at=at, before=stood, after=left, ground=trial):
        yield happening, each.gate


def _counted(clocks: Iterable[Clock], trial: Ground, found: Simulation) -> Iterator[tuple[date, str, str, str]]:
    """What one record's clocks add to the figures of the months in which they fell due."""
    for clock in clocks:
        if clock.due is None or not found.since <= clock.due.at <= found.until:
            continue
        month, team = _month(clock.due.at), found.teams.get(clock.owner_id or 0, "")
        yield month, team, PROMISED, clock.rule
        if clock.is_over(found.until):
            yield month, team, LATE, clock.rule
            if trial.rule_of(clock).tell:
                yield month, team, TOLD, clock.rule


def _month(at: datetime) -> date:
    return at.astimezone(LOCAL).date().replace(day=1)
