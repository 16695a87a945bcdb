"""Questions about need to know."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection, models

from hearth.access import identity
from hearth.access.clock import now
from hearth.access.models import Circle, Grant
from hearth.access.rules import may
from hearth.access.terms import Act, InACircle, Part, Refused, Viewer
from hearth.organisation.models import User


@dataclass(frozen=True)
class SignedIn:
    """Somebody who acts, with the parts of the posts held now."""

    id: int
    public_id: uuid.UUID
    name: str
    kind: str
    parts: frozenset[Part]


class Held(NamedTuple):
    """A place somebody holds in a circle: a user, or whoever holds a post with a part."""

    id: int
    user_id: int | None
    part: str
    part_in_it: str
    ends_at: datetime | None


def viewer(user: User) -> SignedIn:
    """The viewer a signed-in user is, with the parts of every post held at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth.parts_of(%s)", [user.pk])
        (parts,) = cursor.fetchone()
    own = Part.LINK if user.kind == "link" else Part.ANYONE
    return SignedIn(user.pk, user.public_id, user.name, user.kind, frozenset({own, *(Part(part) for part in parts)}))


def parts_in(by: Viewer, about: InACircle | None = None) -> frozenset[Part]:
    """The parts somebody plays: by post, and in this record by grant or by a case it was joined to."""
    if about is None or about.circle_id is None:
        return by.parts
    circle = about.circle_id
    learnt, signed = identity.learnt(), identity.current()
    if learnt is None or signed is None or signed.id != by.id:  # who is in a circle changes only by an act
        return by.parts | _parts_in(circle)
    if (by.id, circle) not in learnt:
        learnt[by.id, circle] = _parts_in(circle)
    return by.parts | learnt[by.id, circle]


def _parts_in(circle: int) -> frozenset[Part]:
    with connection.cursor() as cursor:
        cursor.execute("select hearth.parts_in(%s)", [circle])
        (parts,) = cursor.fetchone()
    return frozenset(Part(part) for part in parts)


def visible[M: models.Model](
    rows: models.QuerySet[M], *, to: Viewer, act: Act, about: InACircle | None = None
) -> models.QuerySet[M]:
    """The rows, once the gate lets this viewer ask at all. PostgreSQL then leaves out what is not theirs to know."""
    identity.require(to)
    if not may(to.parts, act) and not may(parts_in(to, about), act):
        raise Refused(act, to.parts)
    return rows


def who_is_in(viewer: Viewer, circle_id: int) -> list[Grant]:
    """Everybody with a live place in a circle, for those who are in it themselves."""
    return list(_live(viewer, circle_id).select_related("user", "given_by").order_by("given_at", "id"))


def places_in(viewer: Viewer, circle_id: int) -> list[Held]:
    """The same in a line each, without names, for an act that gives or ends places."""
    return [Held(*row) for row in _live(viewer, circle_id).order_by("given_at", "id").values_list(*Held._fields)]


def _live(viewer: Viewer, circle_id: int) -> "models.QuerySet[Grant]":
    identity.require(viewer)
    lasting = models.Q(ends_at=None) | models.Q(ends_at__gt=now())
    return Grant.objects.filter(lasting, circle_id=circle_id, ended_at=None)


def restricted_among(circles: Iterable[int]) -> frozenset[int]:
    """Those of these circles that are restricted. Asked by the house for figures that leave them out."""
    return frozenset(Circle.objects.filter(id__in=list(circles), restricted=True).values_list("id", flat=True))
