"""Opening a record in an emergency: for a while, with a reason, and the leads are told at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction

from hearth.access.operations import break_glass
from hearth.access.terms import Viewer
from hearth.concerns.terms import NoSuchConcern, NotComplete
from hearth.outbound.operations.notices import notify
from hearth.outbound.queries.on_call import leads
from hearth.outbound.terms import NoticeWords
from hearth.pathway.whereabouts import Whereabouts, called
from hearth.policy.durations import elapsed
from hearth.policy.queries import pack_in_force
from hearth.timescales.operations import happened


@dataclass(frozen=True)
class Opened:
    """The circle that was opened: what the ledger is told about."""

    ledger_kind: ClassVar[str] = "circle"
    id: int
    circle_id: int


@transaction.atomic
def open_in_emergency(kind: str, reference: str, *, why: str, by: Viewer, at: datetime) -> Whereabouts:
    """Open a record for as long as the policy lets it, and say where it is.

    Raises NoSuchConcern where it is missing, shut or restricted.
    """
    if not why.strip():
        raise NotComplete("why", "Write why you must see this now")
    circle = break_glass(kind, reference, why=why, by=by, at=at, lasts=emergency_lasts(at))
    if circle is None:
        raise NoSuchConcern
    opened = Opened(circle, circle)
    happened("access.glass_broken", about=opened, by=by, at=at, facts={"kind": kind}, why=why)
    for lead in leads(at):
        notify(lead.pk, NoticeWords.BREAK_GLASS, key=f"glass:{by.id}:{circle}:{at:%Y%m%d%H%M}", at=at, circle=circle)
    return called(by, reference)


def emergency_lasts(at: datetime) -> timedelta:
    """How long an emergency opening lasts, by the policy in force."""
    return elapsed(pack_in_force(at).opening("emergency").lasts)
