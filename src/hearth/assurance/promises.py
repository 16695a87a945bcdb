"""How each clause of the policy in force stands today: what keeps it, and whether that is kept.

The text of a policy is for everybody who is let in; how its promises are kept is for those who see the figures. A state
says that there is something, never how many: numbers stand on the page of counts, where small ones are kept back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection

from hearth.access.identity import HOUSE, as_the_house
from hearth.access.operations import check
from hearth.access.terms import Act, NotHere, Viewer
from hearth.assurance.by_company import figures_of, of_company
from hearth.assurance.queries import (
    all_figures,
    counted,
    counted_by_company,
    last_months,
    measures,
    sees_figures,
)
from hearth.assurance.terms import LATE, PROMISE, SPANS, Cell, Figures, Told
from hearth.organisation.queries import vacant
from hearth.policy.packs import Pack
from hearth.policy.packs.coverage import Covered, coverage, named
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.policy.packs.shapes import Clause
from hearth.policy.queries import Adopted, adoptions, binding, in_force, pack_in_force, pack_of, with_own_policy
from hearth.policy.terms import Whose

SOONEST = "select rule, is_over, is_warned from hearth.promises_now"


class Live(StrEnum):
    """How a clause stands. The worst of what keeps it is what it is."""

    BROKEN = "broken"
    AT_RISK = "at risk"
    KEPT = "kept"
    ATTESTED = "attested"
    PLANNED = "planned"
    NOTHING = "nothing keeps it"


class Why(StrEnum):
    """What a state rests on."""

    ALWAYS = "the house does it each time"
    OVER = "one is late now"
    OVER_THEIRS = "another agency is late now"
    WARNED = "a warning was given of one that runs"
    WAS_LATE = "one was kept late not long ago"
    IN_TIME = "none is late"
    HELD = "somebody holds it"
    VACANT = "nobody holds it"
    UNTOLD = "not told"
    TO_COME = "to come"
    ATTESTED = "people attest it"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One keeper of a clause, by what the pack calls it, with what it is today and what that rests on."""

    keeper: Keeper
    named: str
    state: Live
    why: Why

    @property
    def rule(self) -> str:
        """The promise it is, where it is one."""
        return self.keeper.name if self.keeper.kind is KeeperKind.CLOCK else ""


@dataclass(frozen=True, slots=True)
class Promised:
    """One clause with everything that keeps it and how it stands."""

    clause: Clause
    state: Live
    evidence: tuple[Evidence, ...]
    waits_for: tuple[str, ...]


class NoSuchClause(NotHere):
    """No policy that was ever in force has such a clause."""


def promises(viewer: Viewer, *, at: datetime, entity: int | None = None) -> Sequence[Promised]:
    """Every clause of the policy in force, then of what it builds on: the organisation's, or one company's.

    Raises NoPolicy before there is one.
    """
    check(viewer, Act.READ_POLICY)
    pack = pack_in_force(at, entity)
    rows = [row for row in coverage(pack, inherited=True) if row.keepers or not _is_replaced(row.clause, pack)]
    rows.sort(key=lambda row: row.clause.place.pack != pack.name)
    return _told(viewer, pack, rows, at, entity)


def promise_of(viewer: Viewer, clause: str, *, at: datetime, entity: int | None = None) -> tuple[Pack, Promised]:
    """One clause as it stands: of the policy in force, else of the last one that had it. Raises NoSuchClause."""
    check(viewer, Act.READ_POLICY)
    return _one(viewer, clause, at, entity)


def also_in(clause: str, *, at: datetime, entity: int | None) -> list[int | None]:
    """The other companies, or the organisation (none), whose policy in force has a clause of this number too."""
    others = {None, *with_own_policy(at)} - {entity}
    found = [each for each in others if (here := in_force(at, each)) and clause in pack_of(here.digest).clauses]
    return sorted(found, key=lambda each: each or 0)


def told_to_the_house(clause: str, *, at: datetime) -> tuple[Pack, Promised, Mapping[str, Figures]]:
    """The same with the figures behind it, for a command: nobody signs in to one. Raises NoSuchClause or NoPolicy."""
    with as_the_house():
        pack_in_force(at)
        pack, promised = _one(HOUSE, clause, at, None)
        return pack, promised, figures_behind(HOUSE, promised.evidence, at=at)


def figures_behind(
    viewer: Viewer, evidence: Sequence[Evidence], *, at: datetime, entity: int | None = None
) -> Mapping[str, Figures]:
    """How each promise was kept month by month, small numbers kept back; another agency's is not counted.

    Where companies have policies of their own, of the records that stand under this one's.
    """
    asked = {PROMISE + each.rule for each in evidence if each.rule}
    known = [each.code for each in measures(viewer, at=at, entity=entity) if each.code in asked]
    if not known:
        return {}
    if with_own_policy(at):
        found = figures_of(viewer, known, company=entity, months=SPANS[0], at=at)
    else:
        found = all_figures(viewer, known, months=SPANS[0], at=at)
    some = [each for each in found if any(month.in_all != Told(0) for month in each.months)]
    return {each.measure.code.removeprefix(PROMISE): each for each in some}


def _one(viewer: Viewer, clause: str, at: datetime, entity: int | None) -> tuple[Pack, Promised]:
    adopted = policy_with(clause, at=at, entity=entity)
    pack = pack_of(adopted.digest)
    covered = Covered(pack.clauses[clause], pack.keepers_of(clause))
    return pack, _told(viewer, pack, (covered,), at, adopted.entity_id)[0]


def _is_replaced(clause: Clause, pack: Pack) -> bool:
    """A proposal of ours that nothing cites any more: the policy has its own word on it."""
    return clause.standing == "ours" and clause.place.pack != pack.name


def policy_with(clause: str, *, at: datetime, entity: int | None) -> Adopted:
    """The policy that has it: of those of that company first, the newest, else of whichever there were."""
    for each in (*binding(adoptions(), entity), *adoptions()):
        if each.in_force_from <= at and clause in pack_of(each.digest).clauses:
            return each
    raise NoSuchClause


def _told(
    viewer: Viewer, pack: Pack, rows: Sequence[Covered], at: datetime, entity: int | None
) -> tuple[Promised, ...]:
    keepers = [each for row in rows for each in row.keepers]
    live = _live(viewer, pack, keepers, at, entity) if sees_figures(viewer) else {}
    return tuple(_promised(row, pack, live) for row in rows)


def _promised(row: Covered, pack: Pack, live: Mapping[Keeper, tuple[Live, Why]]) -> Promised:
    evidence = tuple(Evidence(each, named(each, pack), *_state(each, live)) for each in row.keepers)
    found = {each.state for each in evidence if not each.keeper.waits_for}
    state = next((each for each in Live if each in found), Live.PLANNED if evidence else Live.NOTHING)
    return Promised(row.clause, state, evidence, row.waits_for)


def _state(keeper: Keeper, live: Mapping[Keeper, tuple[Live, Why]]) -> tuple[Live, Why]:
    if keeper.waits_for:
        return Live.PLANNED, Why.TO_COME
    if keeper.kind is KeeperKind.STATEMENT:
        return Live.ATTESTED, Why.ATTESTED
    told_of = Why.UNTOLD if keeper.kind in {KeeperKind.CLOCK, KeeperKind.POST} else Why.ALWAYS
    return live.get(keeper, (Live.KEPT, told_of))


def _live(
    viewer: Viewer, pack: Pack, keepers: Sequence[Keeper], at: datetime, entity: int | None
) -> Mapping[Keeper, tuple[Live, Why]]:
    """What is known today of the promises and the posts among the keepers."""
    clocks = {each for each in keepers if each.kind is KeeperKind.CLOCK}
    posts = {each for each in keepers if each.kind is KeeperKind.POST and pack.posts[each.name].required}
    rules = sorted(each.name for each in clocks)
    soonest, late = _soonest(rules, at, entity), _kept_late(viewer, pack, rules, at, entity)
    empty = vacant([pack.posts[each.name] for each in posts], at=at) if posts else frozenset()
    held = {each: (Live.BROKEN, Why.VACANT) if each.name in empty else (Live.KEPT, Why.HELD) for each in posts}
    return {
        each: _of_clock(pack.rules[each.name].whose, soonest.get(each.name), each.name in late) for each in clocks
    } | held


def _of_clock(whose: Whose, soonest: tuple[bool, bool] | None, was_late: bool) -> tuple[Live, Why]:
    is_over, is_warned = soonest or (False, False)
    if is_over:
        return (Live.BROKEN, Why.OVER) if whose is Whose.OURS else (Live.AT_RISK, Why.OVER_THEIRS)
    if is_warned:
        return Live.AT_RISK, Why.WARNED
    return (Live.AT_RISK, Why.WAS_LATE) if was_late else (Live.KEPT, Why.IN_TIME)


def _soonest(rules: Sequence[str], at: datetime, entity: int | None) -> Mapping[str, tuple[bool, bool]]:
    """Of each promise that runs, whether the one that falls due soonest is over, and whether it was warned of.

    Where companies have policies of their own, of those that were begun under this one's.
    """
    packs = [each.digest for each in adoptions() if each.entity_id == entity]
    with connection.cursor() as cursor:
        if with_own_policy(at):
            cursor.execute(f"{SOONEST}(%s, %s, %s)", [list(rules), at, packs])
        else:
            cursor.execute(f"{SOONEST}(%s, %s)", [list(rules), at])
        return {rule: (is_over, is_warned) for rule, is_over, is_warned in cursor.fetchall()}


def _kept_late(viewer: Viewer, pack: Pack, rules: Sequence[str], at: datetime, entity: int | None) -> frozenset[str]:
    """The promises of which one was kept late not long ago: where there are several policies, of this one's records."""
    if pack.kept_late is None:
        return frozenset()
    span, codes = last_months(pack.kept_late.months, at), [PROMISE + rule for rule in rules]
    if with_own_policy(at):
        every = counted_by_company(viewer, codes, since=span[0], until=span[-1])
        cells: Sequence[Cell] = of_company(every, entity, at=at)
    else:
        cells = counted(viewer, codes, since=span[0], until=span[-1])
    return frozenset(each.measure.removeprefix(PROMISE) for each in cells if each.part == LATE and each.number > 0)
