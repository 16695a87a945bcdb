"""How another agency is reached: the routes the policy names for it, by day and out of hours, and the form it wants."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from hearth.policy.calendars import WorkingCalendar
from hearth.policy.office_hours import is_open
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.shapes import Route


@dataclass(frozen=True, slots=True)
class Way:
    """One route as it is at a moment: the number to ring now, the other one, and what it is for."""

    route: Route
    now: str
    otherwise: str
    is_out_of_hours: bool

    @property
    def says_how(self) -> bool:
        """Whether it tells more than a name."""
        return bool(self.now or self.otherwise or self.route.form)


def routes_to(pack: Pack, agency: str) -> list[Route]:
    """The offices of one agency, in the order the policy writes them."""
    return [each for each in pack.routes.values() if each.to == agency]


def ways(pack: Pack, routes: Iterable[Route], *, at: datetime, days: Callable[[], WorkingCalendar]) -> list[Way]:
    """These routes at a moment. When the office is closed, the number for out of hours comes first."""
    found = list(routes)
    closed = any(each.out_of_hours_phone for each in found) and not is_open(pack, at, days())
    return [_way(each, is_closed=closed) for each in found]


def after_danger(pack: Pack) -> list[Route]:
    """Whom somebody who tells of danger may ring himself, where the policy says so."""
    return [each for each in pack.routes.values() if each.on_receipt]


def _way(route: Route, *, is_closed: bool) -> Way:
    first, then = route.phone, route.out_of_hours_phone
    if is_closed and then:
        first, then = then, first
    return Way(
        route, first or then, then if first else "", is_out_of_hours=is_closed and bool(route.out_of_hours_phone)
    )
