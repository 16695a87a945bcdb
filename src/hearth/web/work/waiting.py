"""What waits for somebody before all else: the first thing on the page he lands on, and on *My work*."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hearth.access.terms import Viewer
from hearth.cases.queries import offers
from hearth.concerns.queries import restricted_waiting
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.outbound.terms import Told
from hearth.pathway.adopting.turns import my_steps
from hearth.pathway.adopting.understanding import to_read
from hearth.pathway.whereabouts import Whereabouts, whereabouts
from hearth.timescales.queries import Promise, clocks_named
from hearth.web.clauses import clause_link


def first_of_all(viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """Alerts, cases offered, concerns about our own people, and policies to approve or to read."""
    return {
        "alerts": alerts_ringing(viewer),
        "offered": offers(viewer),
        "restricted": restricted_waiting(viewer),
        "to_read": to_read(viewer),
        "to_approve": my_steps(viewer, at=at),
    }


def limits_named_by(viewer: Viewer, notices: Iterable[Told], *, at: datetime) -> dict[UUID, SafeString]:
    """Which limit a notice speaks of, of what, and by which clause: two notices of one hour are else the same."""
    ids = [notice.about for notice in notices if notice.about_kind == "clock" and notice.about]
    promises = clocks_named(viewer, ids, at=at) if ids else []
    places = whereabouts(viewer, promises)
    return {each.public_id: _named(each, places.get((each.about_kind, each.about_id))) for each in promises}


def _named(promise: Promise, place: Whereabouts | None) -> SafeString:
    called = f"{promise.promise}, {place.called}" if place and place.called else promise.promise
    return format_html('{}. <span class="hearth-clause">{}</span>', called, clause_link(promise.clause, promise.entity))


def named_in(first: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The records of which it says more than that something waits: the cases offered, by their references."""
    return [("case", offer.case_id) for offer in first["offered"]]
