"""What people do about need to know. PostgreSQL checks each again (hearth.give and its neighbours)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from hearth.access import identity
from hearth.access.models import Exclusion
from hearth.access.queries import parts_in
from hearth.access.rules import WHO_MAY, may
from hearth.access.terms import Act, CircleKind, InACircle, NotHere, Part, Reach, Refused, Viewer

NOT_HERE = "look for a record"
GIVEN = ", ".join(["%s"] * 9)
_Value = str | int | bool | bytes | datetime | None


@dataclass(frozen=True)
class PlaceInCircle:
    """A place to be given in a circle: what part somebody plays there, a user or whoever holds a post with a part."""

    part_in_it: Part
    to: int | Part
    reach: Reach = Reach.FULL
    item: InACircle | None = None
    why: str = ""
    until: datetime | None = None


def check(by: Viewer, act: Act, about: InACircle | None = None) -> None:
    """Let the act pass, or raise Refused. The record's own grants count only where posts alone do not suffice."""
    require_identity(by)
    if may(by.parts, act) or (about is not None and may(parts_in(by, about), act)):
        return
    raise Refused(act, by.parts)


def require_identity(by: Viewer) -> None:
    """Refuse to write that somebody did what another identity is doing."""
    identity.require(by)


def make_circle(
    kind: CircleKind, *, by: Viewer, at: datetime, restricted: bool = False, entity: int | None = None
) -> int:
    """A new circle. Until this transaction ends its maker may write and read in it; after that only grants count.

    It belongs to the company that is named, else to that of the team its maker works in.
    """
    require_identity(by)
    return int(_call("select hearth.make_circle(%s, %s, %s, %s)", [kind.value, restricted, at, entity]))


def begin_circle(
    kind: CircleKind,
    prefix: str,
    *,
    by: Viewer,
    at: datetime,
    restricted: bool,
    places: Sequence[PlaceInCircle],
    entity: int | None = None,
) -> tuple[int, str]:
    """A new circle with those who have a place in it from the first, and the reference of its record."""
    require_identity(by)
    given = ", ".join([f"hearth.give(made.id, {GIVEN})"] * len(places))
    begun = f"with made as materialized (select hearth.make_circle(%s, %s, %s, %s) as id) select {given}, made.id"
    with connection.cursor() as cursor:
        told = [value for place in places for value in _told(place, at)]
        first = [kind.value, restricted, at, entity]
        cursor.execute(f"{begun}, hearth.claim_reference(%s) from made", [*first, *told, prefix])
        *_places, circle, reference = cursor.fetchone()
    return int(circle), str(reference)


def give(
    circle_id: int,
    *,
    by: Viewer,
    at: datetime,
    part_in_it: Part,
    to: int | Part,
    reach: Reach = Reach.FULL,
    item: InACircle | None = None,
    why: str = "",
    until: datetime | None = None,
) -> int:
    """Give a user, or whoever holds a post with a part, a place in a circle. Returns the grant's id.

    `item` is the one record a guest is let in to. A place with an end cannot be passed on by whoever holds it.
    """
    require_identity(by)
    values = [circle_id, *_told(PlaceInCircle(part_in_it, to, reach, item, why, until), at)]
    return int(_call(f"select hearth.give(%s, {GIVEN})", values))


def give_each(circle_id: int, places: Sequence[PlaceInCircle], *, by: Viewer, at: datetime) -> None:
    """Give several places in a circle at once."""
    require_identity(by)
    if places:
        each = ", ".join([f"hearth.give(%s, {GIVEN})"] * len(places))
        _call(f"select {each}", [value for place in places for value in (circle_id, *_told(place, at))])


def _told(place: PlaceInCircle, at: datetime) -> list[_Value]:
    """What `hearth.give()` takes after the circle."""
    user, part = (None, place.to.value) if isinstance(place.to, Part) else (place.to, "")
    one_item = (place.item.ledger_kind, place.item.id) if place.item else ("", None)
    return [user, part, place.reach.value, place.part_in_it.value, *one_item, place.why, at, place.until]


def end_grant(grant_id: int, *, by: Viewer, at: datetime) -> None:
    """End somebody's place in a circle. It bites with the next statement."""
    require_identity(by)
    _call("select hearth.end_grant(%s, %s)", [grant_id, at])


def link_circles(*, case_circle: int, joined: int, by: Viewer, at: datetime) -> int:
    """Let a case's full members reach a concern that was joined to it. Nobody in the concern gains anything."""
    require_identity(by)
    return int(_call("select hearth.link_circles(%s, %s, %s)", [case_circle, joined, at]))


def unlink_circles(*, case_circle: int, joined: int, by: Viewer, at: datetime) -> None:
    """End a link: the case's members lose what only the joined concern told."""
    require_identity(by)
    _call("select hearth.unlink_circles(%s, %s, %s)", [case_circle, joined, at])


def restrict(circle_id: int, *, by: Viewer) -> None:
    """Shut a circle to every post: from now on only those with a grant see it."""
    require_identity(by)
    _call("select hearth.restrict_circle(%s)", [circle_id])


def declare_exclusion(*, user_id: int, person_id: int, why: str, by: Viewer, at: datetime) -> Exclusion:
    """Shut out a user from everything about a person: one's own conflict, or somebody else's where a lead says so."""
    check(by, Act.DECLARE_CONFLICT)
    if user_id != by.id and by.parts.isdisjoint(WHO_MAY[Act.REVIEW_BREAK_GLASS]):
        raise Refused(Act.DECLARE_CONFLICT, by.parts)
    return Exclusion.objects.create(user_id=user_id, person_id=person_id, why=why, declared_by_id=by.id, starts_at=at)


def break_glass(kind: str, asked_for: str, *, why: str, by: Viewer, at: datetime, lasts: timedelta) -> int | None:
    """Open a record in an emergency for a while. The circle's id, or None where it is missing, shut or restricted."""
    check(by, Act.BREAK_GLASS)
    circle = _call("select hearth.break_glass(%s, %s, %s, %s, %s)", [kind, asked_for, why, at, at + lasts])
    return None if circle is None else int(circle)


def note_refusal(*, act: str, page: str, asked_for: str, at: datetime) -> None:
    """Write down a refused attempt. The database matches it to a circle and tells nobody here whether it did."""
    _call("select hearth.note_refusal(%s, %s, %s, %s)", [act, page, asked_for[:64], at])


def keep_attempt(problem: Refused | NotHere, *, page: str, asked_for: str, at: datetime) -> None:
    """Keep that somebody was refused, or looked for what is not there for him, in a transaction of its own.

    Pages and API call this after the request's own transaction has been rolled back, still acting as whoever asked.
    """
    act = problem.act.value if isinstance(problem, Refused) else NOT_HERE
    with transaction.atomic():
        note_refusal(act=act, page=page, asked_for=asked_for, at=at)


def install_key() -> None:
    """Write the identity key's pads where hearth.me() reads them. Run by the owner after migrating."""
    inner, outer = identity.pads()
    _call(
        "insert into hearth.identity_key (inner_pad, outer_pad) values (%s, %s)"
        " on conflict (singleton) do update"
        " set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad returning 1",
        [inner, outer],
    )


def _call(statement: str, values: Sequence[_Value]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None
