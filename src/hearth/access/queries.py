"""Questions about need to know."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, models

from hearth.access import identity
from hearth.access.clock import now
from hearth.access.models import Circle, Grant
from hearth.access.rules import may
from hearth.access.terms import Act, InACircle, Part, Refused, Viewer
from hearth.ledger.asking import AskedLines
from hearth.ledger.transactions import once
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
    return list(_live(viewer, circle_id).select_related("user", "given_by"))


def places_in(viewer: Viewer, circle_id: int) -> list[Held]:
    """The same in a line each, without names, for an act that gives or ends places."""
    identity.require(viewer)
    return [Held(*line) for line in PLACES(circle_id, now())]


def _live(viewer: Viewer, circle_id: int) -> "models.QuerySet[Grant]":
    identity.require(viewer)
    return _lasting(circle_id, now())


def _lasting(circle_id: Any, at: Any) -> "models.QuerySet[Grant]":
    return Grant.objects.filter(
        models.Q(ends_at=None) | models.Q(ends_at__gt=at), circle_id=circle_id, ended_at=None
    ).order_by("given_at", "id")


PLACES = AskedLines(lambda circle, at: _lasting(circle, at).values_list(*Held._fields), given=2)


def entity_of(circle_id: int) -> int | None:
    """The company a record belongs to, for ever. The house asks: whoever acts may not see the circle."""
    return once(f"entity of circle {circle_id}", lambda: _company(circle_id)[0])


def company_of(circle_id: int) -> str:
    """What that company is called, or nothing."""
    return _company(circle_id)[1]


def note_entity(circle_id: int, entity: int | None) -> None:
    """Remember, for this transaction, the company of a record that was made just now."""
    once(f"entity of circle {circle_id}", lambda: entity)


def _company(circle_id: int) -> tuple[int | None, str]:
    def ask() -> tuple[int | None, str]:
        with identity.as_the_house():
            found = Circle.objects.filter(pk=circle_id).values_list("entity_id", "entity__name").first()
        return (found[0], found[1] or "") if found else (None, "")

    return once(f"company of circle {circle_id}", ask)


class CompanyName(models.Func):
    """The company of a row's record, where that has a policy of its own; read with the row, by the row's circle."""

    output_field = models.CharField()
    # Where no company has one, which is asked once for a list, no row's circle is looked at.
    template = (
        "case when exists (select from policy_adoption where entity_id is not null) then"
        " coalesce((select e.name from access_circle c join organisation_entity e on e.id = c.entity_id"
        " where c.id = %(expressions)s and exists (select from policy_adoption a where a.entity_id = e.id)), '')"
        " else '' end"
    )


def entities_of(circles: Iterable[int]) -> dict[int, int | None]:
    """The company each of these records belongs to, where it belongs to one. Asked by the house."""
    return dict(Circle.objects.filter(id__in=list(circles), entity__isnull=False).values_list("id", "entity_id"))


def entities_of_these(circles: Iterable[int | None]) -> dict[int, int | None]:
    """The same for the rows of a list, which its reader may see without seeing their circles."""
    with identity.as_the_house():
        return entities_of(each for each in circles if each is not None)


def my_entity() -> int | None:
    """The company of whoever acts: of the team of the post taken up last."""
    signed = identity.current()

    def ask() -> int | None:
        with connection.cursor() as cursor:
            cursor.execute("select hearth.my_entity()")
            found: tuple[int | None] = cursor.fetchone()
        return found[0]

    return once(f"company of user {signed.id}", ask) if signed else None


def restricted_among(circles: Iterable[int]) -> frozenset[int]:
    """Those of these circles that are restricted. Asked by the house for figures that leave them out."""
    return frozenset(Circle.objects.filter(id__in=list(circles), restricted=True).values_list("id", flat=True))
