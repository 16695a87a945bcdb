"""Finding a home while logging: by address, postcode or UPRN, without scripts and without losing what is typed.

Homes are plain: that an address is ours tells nothing about anybody who lives there.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.access.identity import acting_as
from hearth.access.terms import Viewer
from hearth.housing.queries import find_home
from hearth.web.concerns.questions import AS_WRITTEN

MOST_SHOWN = 10
SEARCHES_AN_HOUR = 300
AN_HOUR = 3600


@dataclass(frozen=True)
class OfferedHome:
    """A home to choose."""

    id: int
    public_id: uuid.UUID
    address: str


@dataclass(frozen=True)
class Found:
    """What a search offered. `is_resting`: there were too many searches; the address can still be written."""

    typed: str = ""
    homes: tuple[OfferedHome, ...] = ()
    is_resting: bool = False

    @property
    def answers(self) -> list[tuple[str, str | Promise]]:
        """The homes as answers, and the way out for whoever does not find theirs."""
        offered: list[tuple[str, str | Promise]] = [(str(home.public_id), home.address) for home in self.homes]
        return [*offered, (AS_WRITTEN, _("None of these: use the address as I wrote it"))]

    def called(self, public_id: str) -> OfferedHome | None:
        """The home of that id, if it was offered."""
        return next((home for home in self.homes if str(home.public_id) == public_id), None)


def search(viewer: Viewer, typed: str, *, at: datetime) -> Found:
    """The homes that fit what was typed."""
    typed = " ".join(typed.replace("\0", "").split())
    if not typed:
        return Found()
    if _searches(viewer, at) > SEARCHES_AN_HOUR:
        return Found(typed, is_resting=True)
    homes = find_home(viewer, typed, on=timezone.localdate(at))[:MOST_SHOWN]
    return Found(typed, tuple(OfferedHome(home.id, home.public_id, home.address) for home in homes))


def _searches(viewer: Viewer, at: datetime) -> int:
    key = f"home-searches:{viewer.id}:{at:%Y%m%d%H}"
    with acting_as(None):  # the counts are nobody's record
        cache.add(key, 0, AN_HOUR)
        return cache.incr(key)
