"""What waits for somebody before all else: the first thing on the page he lands on, and on *My work*."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hearth.access.terms import Viewer
from hearth.cases.queries import offers
from hearth.concerns.queries import restricted_waiting
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.pathway.adopting.turns import my_steps
from hearth.pathway.adopting.understanding import to_read


def first_of_all(viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """Alerts, cases offered, concerns about our own people, and policies to approve or to read."""
    return {
        "alerts": alerts_ringing(viewer),
        "offered": offers(viewer),
        "restricted": restricted_waiting(viewer),
        "to_read": to_read(viewer),
        "to_approve": my_steps(viewer, at=at),
    }


def named_in(first: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The records of which it says more than that something waits: the cases offered, by their references."""
    return [("case", offer.case_id) for offer in first["offered"]]
