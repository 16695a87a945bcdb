"""Where a promise leads: the page of the record it was made about, for whoever may open it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from hearth.access.models import Grant
from hearth.access.terms import Viewer
from hearth.cases.models import Action, Case
from hearth.concerns.models import Concern
from hearth.concerns.terms import NoSuchConcern
from hearth.housing.models import Hazard
from hearth.partners.models import Referral

Ref = tuple[str, int]


class Pointing(Protocol):
    """Whatever is about one record: a promise, a role."""

    @property
    def about_kind(self) -> str: ...
    @property
    def about_id(self) -> int: ...


@dataclass(frozen=True)
class Whereabouts:
    """The page of a record, its public id and how it is called."""

    page: str
    public_id: uuid.UUID
    called: str


def whereabouts(viewer: Viewer, promises: Iterable[Pointing]) -> Mapping[Ref, Whereabouts]:
    """Where each promise or role leads, in one query for each kind of record. What is hidden is not among them."""
    wanted: dict[str, set[int]] = {}
    for promise in promises:
        wanted.setdefault(promise.about_kind, set()).add(promise.about_id)
    found: dict[Ref, Whereabouts] = {}
    for concern in Concern.objects.filter(pk__in=wanted.get("concern", ())):
        found["concern", concern.pk] = Whereabouts("concern", concern.public_id, concern.reference)
    for case in Case.objects.filter(pk__in=wanted.get("case", ())):
        found["case", case.pk] = Whereabouts("case", case.public_id, case.reference)
    for action in Action.objects.filter(pk__in=wanted.get("action", ())).select_related("case"):
        found["action", action.pk] = Whereabouts("finish_action", action.public_id, action.case.reference)
    for hazard in Hazard.objects.filter(pk__in=wanted.get("hazard", ())).select_related("home"):
        found["hazard", hazard.pk] = Whereabouts("hazard", hazard.public_id, hazard.home.line_1)
    for referral in Referral.objects.filter(pk__in=wanted.get("referral", ())).select_related("case", "concern"):
        if referral.case is not None:
            found["referral", referral.pk] = Whereabouts("case", referral.case.public_id, referral.case.reference)
        elif referral.concern is not None:
            found["referral", referral.pk] = Whereabouts(
                "concern", referral.concern.public_id, referral.concern.reference
            )
    for grant in Grant.objects.filter(pk__in=wanted.get("emergency", ())):
        found["emergency", grant.pk] = Whereabouts("review_emergency", grant.public_id, "")
    return found


def called(viewer: Viewer, reference: str) -> Whereabouts:
    """The record of a reference, for whoever may now open it, or NoSuchConcern."""
    case = Case.objects.filter(reference=reference).first()
    if case is not None:
        return Whereabouts("case", case.public_id, reference)
    concern = Concern.objects.filter(reference=reference).first()
    if concern is None:
        raise NoSuchConcern
    return Whereabouts("concern", concern.public_id, reference)
