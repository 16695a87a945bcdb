"""How each clause of the policy in force stands today: what keeps it, and whether that is kept.

The text of a policy is for everybody who is let in; how its promises are kept is for those who see the figures. A state
says that there is something, never how many: numbers stand on the page of counts, where small ones are kept back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from hearth.access.identity import HOUSE, as_the_house
from hearth.access.operations import check
from hearth.access.terms import Act, NotHere, Viewer
from hearth.assurance.by_company import of_company
from hearth.assurance.evidence import figures_behind
from hearth.assurance.queries import counted, counted_by_company, last_months, sees_figures
from hearth.assurance.states import Live, Today, Why, posts_asked, state_of, worst_of
from hearth.assurance.terms import LATE, PROMISE, Cell, Figures
from hearth.organisation.queries import vacant
from hearth.policy.durations import local_day
from hearth.policy.packs import Pack
from hearth.policy.packs.coverage import Covered, coverage, named
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.policy.packs.shapes import Clause
from hearth.policy.queries import Adopted, adoptions, binding, in_force, pack_in_force, pack_of, with_own_policy

SOONEST = "select rule, is_over, is_warned from hearth.promises_now"


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


def told_to_the_house(clause: str, *, at: datetime) -> tuple[Pack, Promised, Mapping[Keeper, Figures]]:
    """The same with the figures behind it, for a command: nobody signs in to one. Raises NoSuchClause or NoPolicy."""
    with as_the_house():
        pack_in_force(at)
        pack, promised = _one(HOUSE, clause, at, None)
        return pack, promised, figures_behind(HOUSE, [each.keeper for each in promised.evidence], pack, at=at)


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
    today = _today(viewer, pack, keepers, at, entity) if sees_figures(viewer) else None
    return tuple(_promised(row, pack, today, local_day(at)) for row in rows)


def _promised(row: Covered, pack: Pack, today: Today | None, day: date) -> Promised:
    evidence = tuple(Evidence(each, named(each, pack), *state_of(each, pack, today)) for each in row.keepers)
    begun = row.clause.since is None or row.clause.since <= day
    state = worst_of((each.keeper, each.state) for each in evidence) if begun else Live.NOT_YET
    return Promised(row.clause, state, evidence, row.waits_for)


def _today(viewer: Viewer, pack: Pack, keepers: Sequence[Keeper], at: datetime, entity: int | None) -> Today:
    """What is known today of the promises, the posts and those who decide among the keepers."""
    rules = sorted({each.name for each in keepers if each.kind is KeeperKind.CLOCK})
    posts = [pack.posts[each] for each in sorted(posts_asked(keepers, pack))]
    return Today(
        soonest=_soonest(rules, at, entity),
        late=_kept_late(viewer, pack, rules, at, entity),
        vacant=vacant(posts, at=at) if posts else frozenset(),
    )


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
