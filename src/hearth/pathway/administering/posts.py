"""Posts by their local titles, the teams they stand in and the companies of the group."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from hearth.access.operations import check
from hearth.access.rules import opens_records
from hearth.access.terms import Act, Part, Viewer
from hearth.organisation import operations as organisation
from hearth.organisation.models import Appointment, Entity, Post, Team
from hearth.organisation.terms import NotPossible
from hearth.timescales.operations import happened


@transaction.atomic
def add_post(title: str, parts: Iterable[Part], *, team: Team | None, by: Viewer, at: datetime, key: str = "") -> Post:
    """A post by its local title. `key` is the policy's own name for it, where the policy names it."""
    check(by, Act.KEEP_USERS)
    called = key or slugify(title)[:80]
    if not called:
        raise NotPossible("Enter a title with letters in it")
    if Post.objects.filter(key=called).exists():
        raise NotPossible("There is a post of this title already.")
    post = organisation.add_post(called, title, parts, team=team)
    happened("post.added", about=post, by=by, at=at)
    return post


@transaction.atomic
def change_post(
    post: Post, *, version: int, title: str, parts: Iterable[Part], team: Team | None, by: Viewer, at: datetime
) -> None:
    """Change a post. One that somebody holds never grows into one that opens records: that needs a second person."""
    check(by, Act.KEEP_USERS)
    wanted = {Part(part) for part in parts}
    if wanted != {Part(part) for part in post.parts}:
        require_change_of_parts(post, wanted, by=by, at=at)
    organisation.change_post(post, version=version, title=title, parts=wanted, team=team)
    happened("post.changed", about=post, by=by, at=at)


def require_change_of_parts(post: Post, wanted: set[Part], *, by: Viewer, at: datetime) -> None:
    """Who holds a post is not given more to read by changing the post, and nobody changes his own."""
    holders = Appointment.objects.filter(post=post)
    if holders.filter(user_id=by.id).exists():
        raise NotPossible("You hold or held this post. Another administrator changes its parts.")
    more = wanted - {Part(part) for part in post.parts}
    if opens_records(more) and any(each.ends_at is None or each.ends_at > at for each in holders):
        raise NotPossible("Somebody holds this post. Make a new post with these parts and appoint them to it.")


@transaction.atomic
def add_team(name: str, *, company: str, by: Viewer, at: datetime) -> Team:
    """A team, in a company of the group or in none. A company nobody named before is made."""
    check(by, Act.KEEP_USERS)
    if Team.objects.filter(name__iexact=name).exists():
        raise NotPossible("There is a team of this name already.")
    entity = None
    if company:
        entity = Entity.objects.filter(name__iexact=company).first() or organisation.add_entity(company)
    team = organisation.add_team(name, entity=entity)
    happened("team.added", about=team, by=by, at=at)
    return team
