"""Where a promise leads: the page of the record it was made about, for whoever may open it."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from hearth.access.models import Grant
from hearth.access.rules import may
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Action, Case
from hearth.concerns.models import Concern
from hearth.concerns.terms import NoSuchConcern
from hearth.housing.models import Hazard
from hearth.partners.models import Referral

Ref = tuple[str, int]

# kind of record -> its page, its rows, and the field by which it is called
PLACES: "Mapping[str, tuple[str, Callable[[], QuerySet[Any]], str]]" = {
    "concern": ("concern", Concern.objects.all, "reference"),
    "case": ("case", Case.objects.all, "reference"),
    "hazard": ("hazard", Hazard.objects.all, "home__line_1"),
}


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
    for kind, ids in wanted.items():
        if kind in PLACES:
            page, rows, called = PLACES[kind]
            lines = rows().filter(pk__in=ids).values_list("pk", "public_id", called)
            found |= {(kind, pk): Whereabouts(page, public_id, name) for pk, public_id, name in lines}
        elif kind == "action":
            found |= _of_actions(viewer, ids)
        elif kind == "referral":
            found |= _of_referrals(ids)
        elif kind == "emergency" and may(viewer.parts, Act.REVIEW_BREAK_GLASS):
            opened = Grant.objects.filter(pk__in=ids).values_list("pk", "public_id")
            found |= {(kind, pk): Whereabouts("review_emergency", public_id, "") for pk, public_id in opened}
    return found


def _of_actions(viewer: Viewer, ids: set[int]) -> dict[Ref, Whereabouts]:
    """For whoever can do it, where it is done; for others who read the case, the case."""
    works = may(viewer.parts, Act.WORK_CASE)
    rows = Action.objects.filter(pk__in=ids).values_list(
        "pk", "public_id", "owner_id", "case__owner_id", "case__public_id", "case__reference"
    )
    return {
        ("action", pk): Whereabouts("finish_action", action, name)
        if works or viewer.id in (owner, holder)
        else Whereabouts("case", case, name)
        for pk, action, owner, holder, case, name in rows
    }


def _of_referrals(ids: set[int]) -> dict[Ref, Whereabouts]:
    """The concern a referral was made from; where it has a case, that is where it leads."""
    found: dict[Ref, Whereabouts] = {}
    rows = Referral.objects.filter(pk__in=ids)
    for page in ("concern", "case"):
        for pk, public_id, name in rows.values_list("pk", f"{page}__public_id", f"{page}__reference"):
            if public_id is not None:
                found["referral", pk] = Whereabouts(page, public_id, name)
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
