"""Whom to tell: the holders of a part, by post or in one record, who may know of it. Asked by the house."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hearth.access.identity import as_the_house
from hearth.access.models import Grant
from hearth.access.terms import Reach
from hearth.organisation.models import Appointment, User
from hearth.organisation.queries import people_in_parts
from hearth.organisation.terms import PARTS_IN_A_RECORD, Part
from hearth.outbound.queries.on_call import shut_to


def to_be_told(
    parts: Iterable[str], *, circle_id: int, restricted: bool, at: datetime, owner_id: int | None = None
) -> list[User]:
    """Users who play one of these parts, in their post or in this record, and its owner.

    Nobody who is shut out is told; about a restricted record only those who have a place in it. Where none of the posts
    asked for has one, as in what is about the lead, those who hear it are told instead.
    """
    wanted = set(parts)
    by_post = wanted - {part.value for part in PARTS_IN_A_RECORD}
    with transaction.atomic(), as_the_house():
        live = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), circle_id=circle_id, ended_at=None)
        inside = live.filter(reach=Reach.FULL)
        in_it = set(inside.filter(part_in_it__in=wanted).filter(user__isnull=False).values_list("user_id", flat=True))
        held = Appointment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
        posts = set(held.filter(post__parts__overlap=sorted(by_post)).values_list("user_id", flat=True))
        if restricted:
            given = [part for part in inside.values_list("part", flat=True) if part]
            placed = set(inside.filter(user__isnull=False).values_list("user_id", flat=True))
            hearing = set(held.filter(post__parts__overlap=given).values_list("user_id", flat=True))
            posts = posts & (placed | hearing) or (hearing if by_post else set())
        told = (in_it | posts | ({owner_id} if owner_id else set())) - shut_to(circle_id)
        return list(User.objects.filter(is_active=True, pk__in=told).order_by("id"))


def who_plays(parts: Iterable[Part], *, at: datetime) -> list[User]:
    """Everybody who holds a post with one of these parts."""
    return list(User.objects.filter(pk__in=[user for user, _ in people_in_parts(parts, at=at)]).order_by("id"))


def who_hears(circle_id: int, *, at: datetime) -> list[User]:
    """Who holds a post that a record was given to: where it is restricted, those who can read it."""
    with transaction.atomic(savepoint=False), as_the_house():
        given = Grant.objects.filter(circle_id=circle_id, ended_at=None, reach=Reach.FULL).exclude(part="")
        now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
        held = Appointment.objects.filter(now, post__parts__overlap=list(given.values_list("part", flat=True)))
        hearing = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
        return list(hearing.exclude(pk__in=shut_to(circle_id)).order_by("id"))
