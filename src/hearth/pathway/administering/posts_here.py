"""Questions about posts: who holds them, who held them, and which the policy requires and nobody holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hearth.access.queries import visible
from hearth.access.rules import opens_records
from hearth.access.terms import Act, NotHere, Viewer
from hearth.organisation.models import Appointment, Post, Proposal, Team
from hearth.pathway.administering.policy_posts import Cover, Holder, Standing, holder, standing
from hearth.policy.packs.shapes import Post as PolicyPost
from hearth.timescales.posts import named_posts

__all__ = ["Post", "Team"]


class NoSuchPost(NotHere):
    """There is none."""


@dataclass(frozen=True)
class PostHere:
    """A post, who holds it now and who is still to."""

    key: str
    title: str
    parts: tuple[str, ...]
    team: str
    opens_records: bool
    holders: tuple[Holder, ...]
    coming: tuple[Holder, ...]


@dataclass(frozen=True)
class Vacancy:
    """A post the policy requires and nobody holds, with its clause, who is to stand in and who held it last."""

    key: str
    title: str
    clause: str
    clause_text: str
    exists: bool
    cover: Cover | None = None
    was: Holder | None = None


@dataclass(frozen=True)
class Overview:
    """Every post, the gaps, those nobody covers, those nobody made, and what waits for somebody to agree."""

    posts: tuple[PostHere, ...]
    vacancies: tuple[Vacancy, ...]
    uncovered: tuple[Vacancy, ...]
    not_made: tuple[Vacancy, ...]
    asked: tuple[Proposal, ...]


def overview(viewer: Viewer, *, at: datetime) -> Overview:
    """Every post with its holders, and where the policy asks for more."""
    rows = list(visible(Post.objects.all(), to=viewer, act=Act.KEEP_USERS).select_related("team").order_by("title"))
    later = Q(ends_at=None) | Q(ends_at__gt=at)
    held = list(Appointment.objects.filter(later, user__is_active=True).select_related("user").order_by("starts_at"))
    posts = tuple(_post(row, [each for each in held if each.post_id == row.pk], at) for row in rows)
    stands = standing(named_posts(at), at=at)
    made = {post.key for post in posts}
    return Overview(
        posts=posts,
        vacancies=tuple(_vacancy(each, posts) for each in stands if each.missing),
        uncovered=tuple(_vacancy(each, posts) for each in stands if each.lacks_cover and not each.missing),
        not_made=tuple(_vacancy(each, posts) for each in stands if each.named.post.id not in made),
        asked=waiting(viewer),
    )


def waiting(viewer: Viewer) -> tuple[Proposal, ...]:
    """What was asked for and waits for somebody to agree."""
    rows = visible(Proposal.objects.filter(agreed=None), to=viewer, act=Act.AGREE_APPOINTMENT)
    return tuple(rows.select_related("user", "post", "asked_by").order_by("asked_at"))


def proposal_for(viewer: Viewer, public_id: UUID) -> Proposal:
    """One thing that waits for somebody to agree, or NoSuchPost."""
    asked = next((each for each in waiting(viewer) if each.public_id == public_id), None)
    if asked is None:
        raise NoSuchPost
    return asked


def post_for(viewer: Viewer, key: str) -> Post:
    """One post, or NoSuchPost."""
    post = visible(Post.objects.select_related("team"), to=viewer, act=Act.KEEP_USERS).filter(key=key).first()
    if post is None:
        raise NoSuchPost
    return post


def appointment_for(viewer: Viewer, public_id: UUID) -> Appointment:
    """One appointment, or NoSuchPost."""
    rows = visible(Appointment.objects.select_related("user", "post"), to=viewer, act=Act.KEEP_USERS)
    held = rows.filter(public_id=public_id).first()
    if held is None:
        raise NoSuchPost
    return held


def every_post(viewer: Viewer) -> list[tuple[str, str]]:
    """Every post by its title: (key, title)."""
    return list(
        visible(Post.objects.all(), to=viewer, act=Act.KEEP_USERS).order_by("title").values_list("key", "title")
    )


def history(viewer: Viewer, post: Post) -> list[Appointment]:
    """Who held a post and when, the latest first."""
    rows = visible(Appointment.objects.filter(post=post), to=viewer, act=Act.KEEP_USERS)
    return list(rows.select_related("user", "made_by", "ended_by").order_by("-starts_at", "-id"))


def in_policy(key: str, *, at: datetime) -> PolicyPost | None:
    """What the policies in force say of a post."""
    return next((each.post for each in named_posts(at) if each.post.id == key), None)


def teams(viewer: Viewer) -> list[Team]:
    """Every team with its company."""
    return list(visible(Team.objects.select_related("entity"), to=viewer, act=Act.KEEP_USERS).order_by("name"))


def _vacancy(each: Standing, posts: Iterable[PostHere]) -> Vacancy:
    wanted = each.named.post
    exists = any(post.key == wanted.id for post in posts)
    return Vacancy(wanted.id, wanted.title, wanted.clause, each.named.clause_text, exists, each.cover, each.was)


def _post(row: Post, held: list[Appointment], at: datetime) -> PostHere:
    return PostHere(
        key=row.key,
        title=row.title,
        parts=tuple(row.parts),
        team=row.team.name if row.team else "",
        opens_records=opens_records(row.parts),
        holders=tuple(holder(each) for each in held if each.starts_at <= at and _has_time(each, at)),
        coming=tuple(holder(each) for each in held if each.starts_at > at),
    )


def _has_time(held: Appointment, at: datetime) -> bool:
    return held.user.until is None or held.user.until > at
