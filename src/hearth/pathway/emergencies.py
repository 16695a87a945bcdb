"""Opening a record in an emergency: for a while, with a reason, and the leads are told at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from hearth.access.models import EmergencyReview, Grant
from hearth.access.operations import break_glass, check
from hearth.access.queries import visible
from hearth.access.terms import Act, Finding, NotHere, Part, Viewer
from hearth.cases.models import Case
from hearth.concerns.models import Concern
from hearth.concerns.terms import NoSuchConcern, NotComplete
from hearth.organisation.terms import NotPossible
from hearth.outbound.operations.notices import take_as_read
from hearth.outbound.operations.telling import tell_each
from hearth.outbound.queries.on_call import leads
from hearth.outbound.terms import NoticeWords
from hearth.pathway.whereabouts import Whereabouts, called
from hearth.policy.durations import elapsed
from hearth.policy.packs.shapes import Opening as WhatPolicySays
from hearth.timescales.operations import happened
from hearth.timescales.standing import pack_for_me

MOST_SHOWN = 100


@dataclass(frozen=True)
class Opened:
    """One emergency opening: what the ledger is told about, and what the promise to review it hangs on."""

    ledger_kind: ClassVar[str] = "emergency"
    id: int
    circle_id: int


@dataclass(frozen=True)
class Opening:
    """An emergency opening as a lead reviews it."""

    ledger_kind: ClassVar[str] = "emergency"
    public_id: UUID
    id: int
    circle_id: int
    who: str
    is_mine: bool
    why: str
    opened_at: datetime
    ends_at: datetime | None
    called: str
    review: EmergencyReview | None


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
    mine = Grant.objects.filter(circle_id=circle, user_id=by.id, part_in_it=Part.BROKE_GLASS.value)
    grant = mine.latest("id")
    opened = Opened(grant.pk, circle)
    happened("access.glass_broken", about=opened, by=by, at=at, facts={"kind": kind}, why=why)
    tell_each(
        leads(at), NoticeWords.BREAK_GLASS, key=f"glass:{grant.pk}", at=at, about_kind="emergency",
        about=grant.public_id, circle=circle, is_urgent=True,
    )  # fmt: skip
    return called(by, reference)


def openings(viewer: Viewer) -> list[Opening]:
    """Every emergency opening this lead may know of, those nobody has reviewed first, the latest first."""
    rows = visible(Grant.objects.filter(part_in_it=Part.BROKE_GLASS.value), to=viewer, act=Act.REVIEW_BREAK_GLASS)
    found = list(
        rows.select_related("user").prefetch_related("reviews__reviewed_by").order_by("-given_at")[:MOST_SHOWN]
    )
    names = _called({grant.circle_id for grant in found})
    shown = [_opening(grant, names.get(grant.circle_id, ""), viewer) for grant in found]
    return sorted(shown, key=lambda each: each.review is not None)


def opening_for(viewer: Viewer, public_id: UUID) -> Opening:
    """One opening, reviewed or not, or NotHere."""
    found = next((each for each in openings(viewer) if each.public_id == public_id), None)
    if found is None:
        raise NotHere
    return found


@transaction.atomic
def review_opening(opening: Opening, *, finding: Finding, why: str, by: Viewer, at: datetime) -> None:
    """Say what came of looking again at an emergency opening of somebody else's. It is said once."""
    check(by, Act.REVIEW_BREAK_GLASS)
    if opening.is_mine:
        raise NotPossible("You opened this yourself. Another lead reviews it.")
    if opening.review is not None:
        raise NotPossible("Somebody has looked at this already. What was found is never changed.")
    EmergencyReview.objects.create(
        circle_id=opening.circle_id, grant_id=opening.id, finding=finding.value, why=why, reviewed_by_id=by.id,
        reviewed_at=at,
    )  # fmt: skip
    about = Opened(opening.id, opening.circle_id)
    happened("access.glass_reviewed", about=about, by=by, at=at, facts={"finding": finding.value}, why=why)
    take_as_read(opening.public_id, NoticeWords.BREAK_GLASS, at=at)


def _called(circles: set[int]) -> dict[int, str]:
    """The references of the records in these circles; a case's beats that of the concern it came from."""
    concerns = Concern.objects.filter(circle_id__in=circles).values_list("circle_id", "reference")
    return dict(concerns) | dict(Case.objects.filter(circle_id__in=circles).values_list("circle_id", "reference"))


def _opening(grant: Grant, called: str, viewer: Viewer) -> Opening:
    return Opening(
        public_id=grant.public_id,
        id=grant.pk,
        circle_id=grant.circle_id,
        who=grant.user.name if grant.user else "",
        is_mine=grant.user_id == viewer.id,
        why=grant.why,
        opened_at=grant.given_at,
        ends_at=grant.ends_at,
        called=called,
        review=next(iter(grant.reviews.all()), None),
    )


def emergency_lasts(at: datetime) -> timedelta:
    """How long an emergency opening lasts, by the policy of whoever opens: whose record it is he learns from it."""
    return elapsed(emergency_opening(at).lasts)


def emergency_opening(at: datetime) -> WhatPolicySays:
    """What the policy of whoever opens says of it, with its clause."""
    return pack_for_me(at).opening("emergency")
