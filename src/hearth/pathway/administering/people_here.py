"""Questions an administrator asks about users. Nothing here tells what anybody reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from hearth.access.identity import as_the_house
from hearth.access.queries import visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.ledger.models import Entry
from hearth.organisation.models import Appointment, OnCallShift, Post, Proposal, User
from hearth.organisation.queries import is_let_in
from hearth.organisation.terms import UserKind

A_PAGE = 25
LATEST = 30


class NoSuchUser(NotHere):
    """There is none, or it is a reporting link."""


@dataclass(frozen=True)
class Somebody:
    """A user as the list shows him."""

    public_id: UUID
    name: str
    kind: UserKind
    employer: str
    is_on: bool
    until: datetime | None
    posts: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """One thing that was done about a user: which, when, by whom and about which post."""

    act: str
    at: datetime
    by: str
    post: str
    how: str


@dataclass(frozen=True)
class Account:
    """Everything an administrator is shown about one user."""

    user: User
    is_on: bool
    holds: tuple[Appointment, ...]
    held: tuple[Appointment, ...]
    asked: tuple[Proposal, ...]
    shifts: tuple[OnCallShift, ...]
    done: tuple[Done, ...]


def users(viewer: Viewer, *, at: datetime, called: str = "", after: UUID | None = None) -> tuple[list[Somebody], bool]:
    """A page of users by name, those called so where a name is given, and whether more follow."""
    rows = visible(User.objects.exclude(kind=UserKind.LINK.value), to=viewer, act=Act.KEEP_USERS)
    if called:
        rows = rows.filter(Q(name__icontains=called) | Q(email__iexact=called))
    last = rows.filter(public_id=after).values_list("name", "id").first() if after else None
    if last:
        rows = rows.filter(Q(name__gt=last[0]) | Q(name=last[0], id__gt=last[1]))
    now = Appointment.objects.filter(_live(at)).select_related("post")
    found = rows.order_by("name", "id").prefetch_related(Prefetch("appointments", now, to_attr="held_now"))
    page = list(found[: A_PAGE + 1])
    return [_row(user, at) for user in page[:A_PAGE]], len(page) > A_PAGE


def account(viewer: Viewer, public_id: UUID, *, at: datetime) -> Account:
    """One user, what he holds and held, and what was done about him."""
    user = user_for(viewer, public_id)
    every = Appointment.objects.filter(user=user).select_related("post", "made_by", "ended_by")
    ordered = tuple(every.order_by("-starts_at", "-id"))
    holds = tuple(each for each in ordered if each.ends_at is None or each.ends_at > at)
    shifts = OnCallShift.objects.filter(user=user, ends_at__gt=at).order_by("starts_at")
    return Account(
        user=user,
        is_on=is_let_in(user, at),
        holds=holds,
        held=tuple(each for each in ordered if each not in holds),
        asked=tuple(Proposal.objects.filter(user=user, agreed=None).select_related("post", "asked_by")),
        shifts=tuple(shifts[:LATEST]),
        done=_done_about(user),
    )


def user_for(viewer: Viewer, public_id: UUID) -> User:
    """One user, or NoSuchUser."""
    rows = visible(User.objects.exclude(kind=UserKind.LINK.value), to=viewer, act=Act.KEEP_USERS)
    user = rows.filter(public_id=public_id).first()
    if user is None:
        raise NoSuchUser
    return user


def who_may_be_chosen(viewer: Viewer, *, at: datetime) -> list[tuple[str, str]]:
    """Everybody who is let in, by name, to be put into a post or on the rota: (public id, name)."""
    rows = visible(User.objects.exclude(kind=UserKind.LINK.value), to=viewer, act=Act.KEEP_USERS)
    rows = rows.filter(Q(until=None) | Q(until__gt=at), is_active=True).exclude(pk=viewer.id)
    return [(str(public_id), name) for public_id, name in rows.order_by("name", "id").values_list("public_id", "name")]


def _done_about(user: User) -> tuple[Done, ...]:
    """The latest entries about a user, read by the house: an account is in no circle."""
    with as_the_house():
        entries = list(Entry.objects.filter(about_kind=User.ledger_kind, about_id=user.pk).order_by("-id")[:LATEST])
    names = dict(User.objects.filter(pk__in={entry.by_id for entry in entries}).values_list("id", "name"))
    posts = {entry.facts.get("post") for entry in entries}
    titles: Mapping[int, str] = dict(Post.objects.filter(pk__in=posts - {None}).values_list("id", "title"))
    return tuple(
        Done(
            act=entry.act,
            at=entry.happened_at,
            by=names.get(entry.by_id or 0, ""),
            post=titles.get(entry.facts.get("post"), ""),
            how=str(entry.facts.get("how", "")),
        )
        for entry in entries
    )


def _live(at: datetime) -> Q:
    return Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))


def _row(user: User, at: datetime) -> Somebody:
    held: list[Appointment] = getattr(user, "held_now", [])
    return Somebody(
        public_id=user.public_id,
        name=user.name,
        kind=UserKind(user.kind),
        employer=user.employer,
        is_on=is_let_in(user, at),
        until=user.until,
        posts=tuple(each.post.title for each in held),
    )
