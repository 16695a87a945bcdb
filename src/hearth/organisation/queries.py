"""Questions about the provider's own shape, and who holds which post. Nothing confidential stands here."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast
from django.utils.crypto import constant_time_compare, salted_hmac

from hearth.ledger.asking import Asked, AskedLines
from hearth.organisation.models import Appointment, Entity, Post, User
from hearth.organisation.terms import Part, UserKind
from hearth.policy.packs.shapes import Post as PolicyPost

KEY_LENGTH = 16
USER = Asked(lambda user: User.objects.filter(pk=user))

type PostsByPart = dict[Part, Post]


class NoSuchUser(Exception):
    """Nobody signs in with this address, or they were switched off."""


def user_of(session_user: int) -> User | None:
    """The user a session belongs to. Asked by every page."""
    return next(iter(USER(session_user)), None)


def user_called(email: str) -> User:
    """Whoever signs in with an address."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise NoSuchUser("Nobody signs in with this e-mail address.")
    return user


def is_let_in(user: User, at: datetime) -> bool:
    """Whether somebody may act at all: neither switched off nor past the end of his time here."""
    return user.is_active and (user.until is None or user.until > at)


def had_a_lead() -> bool:
    """Whether a lead was ever appointed. Before that nobody could agree to a post, and there is nothing to read."""
    return Appointment.objects.filter(post__parts__overlap=[Part.LEAD.value, Part.DEPUTY.value]).exists()


def companies() -> dict[int, str]:
    """The companies of the group by name, beside the provider itself. A house of one company names none."""
    return dict(Entity.objects.order_by("name").values_list("id", "name"))


def provider_name() -> str:
    """The provider's name, or nothing before one is founded."""
    # Asked for every page: the statement itself costs a fifth of having Django write it.
    with connection.cursor() as cursor:
        cursor.execute("select name from organisation_provider order by id limit 1")
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def demonstration_key(user: User) -> str:
    """What stands in the sign-in link of an invented person. It opens nothing outside a demonstration."""
    return salted_hmac("hearth.demonstration", str(user.public_id), algorithm="sha256").hexdigest()[:KEY_LENGTH]


def demonstration_user(name: str, key: str) -> User | None:
    """The invented person a sign-in link is for; nobody, where the link is wrong or the person is real."""
    user = User.objects.filter(email__startswith=f"{name}@", is_demonstration=True, is_active=True).first()
    return user if user and constant_time_compare(demonstration_key(user), key) else None


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here, with one of the posts held."""

    id: int
    public_id: uuid.UUID
    name: str
    post: str


def people_in_parts(
    parts: Iterable[Part], *, at: datetime, among: Sequence[int] | None = None
) -> list[tuple[int, str]]:
    """Everybody who holds a post with one of these parts at an instant, by name: (user id, name and post)."""
    return [(each.id, f"{each.name}, {each.post}") for each in colleagues(parts, at=at, among=among)]


def colleagues(parts: Iterable[Part], *, at: datetime, among: Sequence[int] | None = None) -> list[Colleague]:
    """Everybody, or those among these, who holds a post with one of these parts at an instant, each once, by name."""
    asked = [part.value for part in parts]
    if among is None:
        return _each_once(HOLDERS(at, asked))
    return _colleagues(Q(post__parts__overlap=asked, user_id__in=among), at) if among else []


def _colleagues(of: Q, at: datetime) -> list[Colleague]:
    return _each_once(_holding(of, at))


def _each_once(lines: Iterable[tuple[int, uuid.UUID, str, str]]) -> list[Colleague]:
    return list({line[0]: Colleague(*line) for line in lines}.values())


def _holding(of: Q, at: Any) -> Any:
    now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    rows = Appointment.objects.filter(now, of, user__is_active=True).order_by("user__name", "user_id")
    return rows.values_list("user_id", "user__public_id", "user__name", "post__title")


HOLDERS = AskedLines(
    lambda at, parts: _holding(Q(post__parts__overlap=Cast(parts, Post._meta.get_field("parts"))), at), given=2
)


def holders_of(posts: Iterable[str], *, at: datetime) -> list[int]:
    """Everybody who holds one of these posts at an instant, by the posts' keys."""
    now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    held = Appointment.objects.filter(now, post__key__in=list(posts), user__is_active=True)
    return sorted(set(held.values_list("user_id", flat=True)))


def work_for(entities: Collection[int], *, at: datetime) -> list[int]:
    """Everybody who holds a post in a team of one of these companies at an instant, by user id."""
    now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    held = Appointment.objects.filter(now, post__team__entity__in=entities)
    return sorted(set(held.values_list("user_id", flat=True)))


def work_only_for(entities: Collection[int], *, at: datetime) -> frozenset[int]:
    """Those of them who hold no other post, so that only these companies' policies bind them."""
    now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    elsewhere = Appointment.objects.filter(now).exclude(post__team__entity__in=entities)
    return frozenset(work_for(entities, at=at)) - frozenset(elsewhere.values_list("user_id", flat=True))


def held_a_part(user_id: int, parts: Iterable[Part], *, at: datetime) -> bool:
    """Whether somebody held a post with one of these parts at an instant, also where he has left since."""
    held = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    asked = [part.value for part in parts]
    return Appointment.objects.filter(held, user_id=user_id, post__parts__overlap=asked).exists()


def posts_of(user_id: int, *, at: datetime) -> frozenset[str]:
    """The keys of the posts somebody holds at an instant."""
    now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    return frozenset(Appointment.objects.filter(now, user_id=user_id).values_list("post__key", flat=True))


def everybodys_names() -> list[tuple[int, str]]:
    """Everybody who works here by user id and name, also those who left."""
    people = User.objects.exclude(kind=UserKind.LINK.value).exclude(name="")
    return list(people.order_by("pk").values_list("pk", "name"))


def names_of(users: Iterable[int]) -> dict[int, str]:
    """The names of people who work here."""
    return dict(User.objects.filter(pk__in=set(users)).values_list("pk", "name"))


def _managing(user: Any, at: Any) -> Any:
    now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    teams = Appointment.objects.filter(now, user_id=user, post__team__isnull=False).values("post__team_id")
    managing = Appointment.objects.filter(
        now, Q(post__team_id__in=teams) | Q(post__team=None), post__parts__contains=[Part.CASE_MANAGER.value],
        user__is_active=True,
    )  # fmt: skip
    return managing.exclude(user_id=user).values_list("user_id", "post__team_id")


MANAGERS = AskedLines(_managing, given=2)


def managers_of(user_id: int, *, at: datetime) -> list[int]:
    """Who manages the team somebody works in. Where it has no manager's post, whoever manages and has no team."""
    found = MANAGERS(user_id, at)
    of_the_team = {manager for manager, team in found if team is not None}
    return sorted(of_the_team or {manager for manager, _team in found})


def colleagues_called(words: str, *, limit: int = 10) -> list[tuple[int, str]]:
    """Colleagues who can sign in and whose name or e-mail address holds these words: (user id, name and posts)."""
    if "\0" in words:  # no name holds it, and PostgreSQL takes it in no text
        return []
    found = User.objects.filter(Q(name__icontains=words) | Q(email__iexact=words), is_active=True)
    found = found.exclude(kind=UserKind.LINK.value).order_by("name", "id").prefetch_related("appointments__post")
    return [(user.pk, _with_posts(user)) for user in found[:limit]]


def _with_posts(user: User) -> str:
    posts = dict.fromkeys(each.post.title for each in user.appointments.all() if each.ends_at is None)
    return ", ".join([user.name, *posts])


def demonstration_users() -> dict[str, User]:
    """The invented people by the post each holds; of two in one post, the one who came first."""
    found = User.objects.filter(is_demonstration=True).order_by("-pk").prefetch_related("appointments__post")
    return {each.post.key: user for user in found for each in user.appointments.all()}


def posts_called(keys: Iterable[str]) -> dict[str, Post]:
    """These posts by their keys; a key nobody made is left out."""
    return {post.key: post for post in Post.objects.filter(key__in=list(keys))}


def held(wanted: Iterable[PolicyPost], *, at: datetime) -> dict[str, tuple[Appointment, ...]]:
    """Who holds each post of a policy, by its id. Where one goes by another name here, whoever holds a post with all
    its parts holds it."""
    now = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    in_time = Q(user__until=None) | Q(user__until__gt=at)
    return _by_post(wanted, Appointment.objects.filter(now, in_time, user__is_active=True))


def given(wanted: Iterable[PolicyPost]) -> dict[str, tuple[Appointment, ...]]:
    """To whom each of these posts was ever given, by its id; cover left out."""
    return _by_post(wanted, Appointment.objects.filter(is_cover=False))


def fill(wanted: Iterable[PolicyPost], key: str) -> list[PolicyPost]:
    """Those of a policy's posts that a post here is."""
    here = dict(Post.objects.values_list("key", "parts"))
    return [post for post in wanted if key in _filling(post, here)]


def _by_post(wanted: Iterable[PolicyPost], rows: QuerySet[Appointment]) -> dict[str, tuple[Appointment, ...]]:
    here = dict(Post.objects.values_list("key", "parts"))
    keys = {post.id: _filling(post, here) for post in wanted}
    found = list(rows.filter(post__key__in=set().union(*keys.values())).select_related("user", "post"))
    found.sort(key=lambda each: (each.starts_at, each.pk))
    return {post: tuple(each for each in found if each.post.key in of) for post, of in keys.items()}


def vacant(wanted: Iterable[PolicyPost], *, at: datetime) -> frozenset[str]:
    """The posts of a policy that fewer hold than it wants, by their ids."""
    asked = list(wanted)
    holding = held(asked, at=at)
    return frozenset(post.id for post in asked if len(holding[post.id]) < post.holders)


def holding(wanted: Iterable[PolicyPost], *, at: datetime) -> list[Colleague]:
    """Everybody who holds one of a policy's posts at an instant, each once, by name; a post by another name counts."""
    here = dict(Post.objects.values_list("key", "parts"))
    keys = {key for post in wanted for key in _filling(post, here)}
    return _colleagues(Q(post__key__in=keys), at)


def _filling(wanted: PolicyPost, here: Mapping[str, Sequence[str]]) -> set[str]:
    """The keys of the posts here that are this post of the policy."""
    if wanted.id in here or not wanted.parts:
        return {wanted.id}
    return {key for key, parts in here.items() if wanted.parts <= set(parts)}


def posts_playing(parts: Iterable[Part]) -> PostsByPart:
    """For each part the post that plays it and the fewest others; a part nobody plays is left out."""
    every = sorted(Post.objects.order_by("id"), key=lambda post: len(post.parts), reverse=True)
    return {part: post for part in parts for post in every if part in post.parts}


def teams_of_everybody() -> dict[int, str]:
    """The team everybody is in by the post they hold or held last; where it is in none, the post's title."""
    held = Appointment.objects.select_related("post__team").order_by("starts_at")
    return {each.user_id: each.post.team.name if each.post.team else each.post.title for each in held}
