"""An unsafe home that somebody noticed: a hazard of each kind is recorded at once, and the repairs desk is told."""

from collections.abc import Sequence
from datetime import datetime

from hearth.access.terms import Part, Viewer
from hearth.concerns.terms import Told
from hearth.housing.models import Hazard, Home
from hearth.housing.operations import record_hazard
from hearth.housing.terms import HazardKind, HazardSource, Vulnerability
from hearth.organisation.models import User
from hearth.outbound.operations.notices import notify
from hearth.outbound.operations.telling import tell_each
from hearth.outbound.queries.told import who_plays
from hearth.outbound.terms import NoticeWords
from hearth.policy.packs.shapes import Sign


def kinds_told(told: Told, ticked: Sequence[Sign]) -> list[HazardKind]:
    """What is unsafe in the home that was chosen, each kind once; nothing where no home of ours was."""
    if told.home_id is None:
        return []
    kinds = [HazardKind(sign.hazard) for sign in ticked if "unsafe_home" in sign.alarms and sign.hazard]
    return list(dict.fromkeys(kinds))


def note_unsafe_home(told: Told, kinds: Sequence[HazardKind], *, by: Viewer, at: datetime) -> None:
    """Open a hazard record of each kind, with no names and no narrative. Noticing is awareness, so it starts now."""
    if told.home_id is None:
        return
    home = Home.objects.get(pk=told.home_id)
    vulnerable = [Vulnerability(word) for word in told.vulnerable]
    desk = who_plays([Part.REPAIRS_DESK], at=at)
    for number, kind in enumerate(kinds):
        hazard = record_hazard(
            home, kind=kind, vulnerable=vulnerable, aware_at=at, source=HazardSource.CONCERN, by=by, at=at
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
