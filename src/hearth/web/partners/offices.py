"""The offices of other agencies: chosen on a form where the policy names several, and how each is reached."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from hearth.partners.terms import Agency
from hearth.policy.packs import Pack
from hearth.policy.packs.shapes import Route
from hearth.policy.routes import Way, routes_to, ways
from hearth.timescales.queries import working_days

# Between an agency and one of its offices, in the answer of a form.
OFFICE = "@"


def agencies(pack: Pack) -> Sequence[tuple[str, Any]]:
    """Every agency by the name the policy gives its office; one of several offices is chosen itself."""
    return [choice for agency in Agency for choice in _choices(pack, agency)]


def chosen(pack: Pack, answer: str) -> tuple[Agency, str]:
    """The agency of an answer, and the name of its office."""
    agency, _at, route = answer.partition(OFFICE)
    of = routes_to(pack, agency)
    office = next((each.name for each in of if each.id == route), of[0].name if of else "")
    return Agency(agency), office


def agency_name(pack: Pack, agency: str, office: str = "") -> str:
    """An agency as the policy calls it, with the office that was asked, else the first the policy names."""
    plain = pack.words["agency"].label_of(agency) if "agency" in pack.words else agency.replace("_", " ").capitalize()
    named = office or next((route.name for route in routes_to(pack, agency)), "")
    return f"{named} ({plain})" if named else plain


def ways_in(pack: Pack, agency: str, office: str, *, at: datetime) -> list[Way]:
    """How the office that was asked is reached now."""
    of = [each for each in routes_to(pack, agency) if each.name == office]
    return _telling(pack, of, at)


def every_way(pack: Pack, *, at: datetime) -> list[Way]:
    """How each office the policy tells more of than its name is reached now."""
    return _telling(pack, list(pack.routes.values()), at)


def _telling(pack: Pack, routes: Sequence[Route], at: datetime) -> list[Way]:
    found = ways(pack, routes, at=at, days=partial(working_days, pack.nation))
    return [each for each in found if each.says_how]


def _choices(pack: Pack, agency: Agency) -> Iterator[tuple[str, str]]:
    several = routes_to(pack, agency)
    if len(several) < 2:
        yield agency.value, agency_name(pack, agency)
        return
    for route in several:
        for_whom = {"child": _("for children"), "adult": _("for adults")}.get(route.subject, "")
        called = ", ".join(filter(None, (route.name, route.area, for_whom)))
        yield f"{agency}{OFFICE}{route.id}", agency_name(pack, agency, called)
