"""Questions about who is shut out because he knows somebody. For leads; never for whoever is shut out himself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hearth.access.models import Exclusion
from hearth.access.queries import visible
from hearth.access.terms import Act, Viewer
from hearth.ledger.paging import PAGE, By, Order, Paged, Place
from hearth.people.models import Person
from hearth.people.terms import NoSuchPerson

EXCLUSIONS = Order((By("starts_at", datetime, falls=True), By("id", int, falls=True)))


@dataclass(frozen=True)
class Shut:
    """Somebody is shut out from everything about a person. No name where the viewer may not know of the person."""

    id: int
    user: str
    person: str
    why: str
    declared_by: str
    starts_at: datetime


def exclusions_now(viewer: Viewer, *, at: datetime, place: Place | None = None, limit: int = PAGE) -> Paged[Shut]:
    """Every exclusion that holds and that this viewer may know of, newest first."""
    rows = visible(Exclusion.objects.all(), to=viewer, act=Act.END_EXCLUSION)
    live = rows.filter(Q(ends_at=None) | Q(ends_at__gt=at)).exclude(user_id=viewer.id)
    found = EXCLUSIONS.page(live.select_related("user", "declared_by"), place, limit=limit)
    names = dict(Person.objects.filter(pk__in=[row.person_id for row in found]).values_list("pk", "name"))
    return found.told(lambda row: _shut(row, names))


def _shut(row: Exclusion, names: Mapping[int, str]) -> Shut:
    by = row.declared_by.name if row.declared_by else ""
    return Shut(row.pk, row.user.name, names.get(row.person_id, ""), row.why, by, row.starts_at)


def exclusion_for(viewer: Viewer, number: int) -> Exclusion:
    """One exclusion that still holds, or NoSuchPerson: hidden and missing answer alike."""
    rows = visible(Exclusion.objects.filter(pk=number, ends_at=None), to=viewer, act=Act.END_EXCLUSION)
    found = rows.exclude(user_id=viewer.id).first()
    if found is None:
        raise NoSuchPerson
    return found
