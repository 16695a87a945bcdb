"""How what keeps a clause stands today, kind by kind, and what that rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hearth.policy.packs import Pack
from hearth.policy.packs.keeping import Keeper, KeeperKind
from hearth.policy.terms import Whose


class Live(StrEnum):
    """How a clause stands. The worst of what keeps it is what it is."""

    BROKEN = "broken"
    AT_RISK = "at risk"
    KEPT = "kept"
    IN_USE = "in use"
    ATTESTED = "attested"
    PLANNED = "planned"
    NOT_YET = "not in force yet"
    WRITTEN = "written down only"
    NOTHING = "nothing keeps it"


class Why(StrEnum):
    """What a state rests on."""

    STOPPED = "the act is stopped each time it is missing"
    OFFERED = "a form offers it each time"
    SHOWN = "a form shows it where one decides"
    NOTED = "it is written down each time it happens"
    DONE = "it is done in Hearth"
    CLOSES = "the record shuts by itself"
    OVER = "one is late now"
    OVER_THEIRS = "another agency is late now"
    WARNED = "a warning was given of one that runs"
    WAS_LATE = "one was kept late not long ago"
    IN_TIME = "none is late"
    HELD = "somebody holds it"
    VACANT = "fewer hold it than the policy requires"
    VACANT_UNASKED = "nobody holds it, and the policy does not require it"
    DECIDERS = "somebody holds a post that decides"
    NO_DECIDERS = "nobody holds a post that decides"
    UNTOLD = "not told"
    TO_COME = "to come"
    ATTESTED = "people attest it"
    WRITTEN = "nothing in Hearth acts on it"


# What is there for everybody alike. Clocks, posts and those who decide are asked about instead. What stops an act or
# shuts a record by itself keeps its clause; that a form offers something, or that one may do it here, is no proof that
# anybody does: such a clause is in use.
ALWAYS: Mapping[KeeperKind, Why] = {
    KeeperKind.GATE: Why.STOPPED,
    KeeperKind.SIGN: Why.OFFERED,
    KeeperKind.WORDS: Why.OFFERED,
    KeeperKind.ROUTE: Why.OFFERED,
    KeeperKind.DECISION: Why.OFFERED,
    KeeperKind.BASIS: Why.OFFERED,
    KeeperKind.DEFINITION: Why.SHOWN,
    KeeperKind.REFERRING: Why.SHOWN,
    KeeperKind.WORDING: Why.SHOWN,
    KeeperKind.OPENING: Why.CLOSES,
    KeeperKind.RECORD: Why.NOTED,
    KeeperKind.ACT: Why.DONE,
}
KEEPS_BY_ITSELF = frozenset({KeeperKind.GATE, KeeperKind.OPENING})
ASKED = frozenset({KeeperKind.CLOCK, KeeperKind.POST, KeeperKind.TRIAGE})


@dataclass(frozen=True, slots=True)
class Today:
    """What is known today: of each promise whether one is over or warned of, what was late, which post is vacant."""

    soonest: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    vacant: frozenset[str] = frozenset()


def state_of(keeper: Keeper, pack: Pack, today: Today | None) -> tuple[Live, Why]:
    """How one keeper stands; without `today`, for somebody who is not told, no more than that there is one."""
    if keeper.waits_for:
        return Live.PLANNED, Why.TO_COME
    if keeper.is_idle:
        return Live.WRITTEN, Why.WRITTEN
    match keeper.kind:
        case KeeperKind.STATEMENT:
            return Live.ATTESTED, Why.ATTESTED
        case kind if kind in ASKED and today is None:
            return Live.KEPT, Why.UNTOLD
        case KeeperKind.CLOCK if today:
            return _of_clock(pack.rules[keeper.name].whose, today, keeper.name)
        case KeeperKind.POST if today:
            return _of_post(keeper.name, pack, today)
        case KeeperKind.TRIAGE if today:
            decide = pack.triage.posts if pack.triage else ()
            return (Live.BROKEN, Why.NO_DECIDERS) if today.vacant >= {*decide} else (Live.KEPT, Why.DECIDERS)
    return Live.KEPT if keeper.kind in KEEPS_BY_ITSELF else Live.IN_USE, ALWAYS[keeper.kind]


def worst_of(states: Iterable[tuple[Keeper, Live]]) -> Live:
    """How a clause stands: the worst of what acts today; else that it is planned, or only written down."""
    found = list(states)
    today = {state for keeper, state in found if not keeper.waits_for and not keeper.is_idle}
    today = today or {state for _keeper, state in found}
    return next((each for each in Live if each in today), Live.NOTHING)


def posts_asked(keepers: Iterable[Keeper], pack: Pack) -> frozenset[str]:
    """The posts of which one must know who holds them."""
    kept = list(keepers)
    named = {each.name for each in kept if each.kind is KeeperKind.POST}
    decide = pack.triage.posts if pack.triage and any(each.kind is KeeperKind.TRIAGE for each in kept) else ()
    return frozenset({*named, *decide})


def _of_clock(whose: Whose, today: Today, rule: str) -> tuple[Live, Why]:
    is_over, is_warned = today.soonest.get(rule, (False, False))
    if is_over:
        return (Live.BROKEN, Why.OVER) if whose is Whose.OURS else (Live.AT_RISK, Why.OVER_THEIRS)
    if is_warned:
        return Live.AT_RISK, Why.WARNED
    return (Live.AT_RISK, Why.WAS_LATE) if rule in today.late else (Live.KEPT, Why.IN_TIME)


def _of_post(post: str, pack: Pack, today: Today) -> tuple[Live, Why]:
    if post not in today.vacant:
        return Live.KEPT, Why.HELD
    required = pack.posts[post].required
    return (Live.BROKEN, Why.VACANT) if required else (Live.AT_RISK, Why.VACANT_UNASKED)
