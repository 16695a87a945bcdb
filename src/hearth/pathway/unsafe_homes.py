"""An unsafe home that somebody noticed: a hazard of each kind is recorded at once, and the repairs desk is told.

What was told without a home of ours reaches repairs as soon as triage says which home it is.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from hearth.access.operations import check
from hearth.access.terms import Act, Part, Viewer
from hearth.cases.operations.opening import move_to_home
from hearth.concerns.models import Concern
from hearth.concerns.operations import set_home
from hearth.concerns.terms import NotComplete, Told
from hearth.housing.models import Hazard, Home
from hearth.housing.operations import record_hazard
from hearth.housing.queries import kinds_known
from hearth.housing.terms import HazardKind, HazardSource, Vulnerability
from hearth.ledger.transactions import all_or_nothing
from hearth.organisation.models import User
from hearth.outbound.operations.notices import notify
from hearth.outbound.operations.telling import tell_each
from hearth.outbound.queries.told import who_plays
from hearth.outbound.terms import NoticeWords
from hearth.policy.packs.shapes import Sign
from hearth.timescales.operations import happened
from hearth.timescales.standing import pack_for


def kinds_told(told: Told, ticked: Sequence[Sign]) -> list[HazardKind]:
    """What is unsafe in the home that was chosen, each kind once; nothing where no home of ours was."""
    return [] if told.home_id is None else _kinds_of(ticked)


def note_unsafe_home(told: Told, kinds: Sequence[HazardKind], *, by: Viewer, at: datetime) -> None:
    """Open a hazard record of each kind, with no names and no narrative. Noticing is awareness, so it starts now."""
    if told.home_id is None or not kinds:
        return
    home, vulnerable = Home.objects.get(pk=told.home_id), [Vulnerability(word) for word in told.vulnerable]
    _record(home, kinds, vulnerable, aware_at=at, by=by, at=at)


@all_or_nothing
def place_concern(
    concern: Concern, home: Home | None, *, why: str, version: int, by: Viewer, at: datetime
) -> list[HazardKind]:
    """Say which home a concern is about. Its case goes there with it, and repairs are told what was told to be unsafe.

    The landlord knew from the hour the concern was told, so the law's limits run from then. What repairs know of that
    home already is not told twice. Returns the kinds they were told of.
    """
    before = concern.home_id
    set_home(concern, home, why=why, version=version, by=by, at=at)
    move_to_home(concern, before=before, home=home)
    if home is None:
        return []
    signs = pack_for(concern, concern.logged_at).signs
    known = kinds_known(home)
    kinds = [each for each in _kinds_of([signs[code] for code in concern.signs if code in signs]) if each not in known]
    vulnerable = [Vulnerability(word) for word in concern.vulnerable]
    _record(home, kinds, vulnerable, aware_at=concern.logged_at, by=by, at=at)
    for kind in kinds:
        happened("concern.repairs_told", about=concern, by=by, at=at, facts={"kind": kind.value})
    return kinds


@all_or_nothing
def tell_repairs(
    concern: Concern, kind: HazardKind, *, vulnerable: Collection[Vulnerability], aware_at: datetime, by: Viewer,
    at: datetime,
) -> None:  # fmt: skip
    """Record something unsafe in the home of a concern that no sign of it told, as its reporter would have."""
    check(by, Act.COMPLETE_CONCERN, concern)
    if concern.home is None:
        raise NotComplete("kind", "Say first which home it is. Repairs are told of a home, and of nothing else.")
    if kind in kinds_known(concern.home):
        raise NotComplete("kind", "Repairs know of this in this home already. Ring them if it got worse.")
    _record(concern.home, [kind], vulnerable, aware_at=aware_at, by=by, at=at)
    happened("concern.repairs_told", about=concern, by=by, at=at, facts={"kind": kind.value})


def _kinds_of(ticked: Sequence[Sign]) -> list[HazardKind]:
    kinds = [HazardKind(sign.hazard) for sign in ticked if "unsafe_home" in sign.alarms and sign.hazard]
    return list(dict.fromkeys(kinds))


def _record(
    home: Home, kinds: Sequence[HazardKind], vulnerable: Collection[Vulnerability], *, aware_at: datetime, by: Viewer,
    at: datetime,
) -> None:  # fmt: skip
    desk = who_plays([Part.REPAIRS_DESK], at=at) if kinds else []
    for number, kind in enumerate(kinds):
        hazard = record_hazard(
            home, kind=kind, vulnerable=vulnerable, aware_at=aware_at, source=HazardSource.CONCERN, by=by, at=at
        )
        _tell(desk, hazard, at, by_message=number == 0)


def _tell(desk: Sequence[User], hazard: Hazard, at: datetime, *, by_message: bool) -> None:
    """Of each hazard inside Hearth, for each has its own limits; for one visit there is one message."""
    key, kind, about, circle = f"hazard:{hazard.pk}", hazard.ledger_kind, hazard.public_id, hazard.circle_id
    if by_message:
        tell_each(desk, NoticeWords.HAZARD, key=key, at=at, about_kind=kind, about=about, circle=circle, is_urgent=True)
        return
    for user in desk:
        notify(user.pk, NoticeWords.HAZARD, key=f"{key}:{user.pk}", at=at, about_kind=kind, about=about, circle=circle)
