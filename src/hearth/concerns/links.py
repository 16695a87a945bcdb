"""Reporting links: made, shown once, found again by what they carry."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from hearth.access.operations import check
from hearth.access.queries import visible
from hearth.access.terms import Act, NotHere, Viewer
from hearth.concerns.models import ReportingLink
from hearth.organisation.operations import add_link_user

SECRET_BYTES = 16
# A form that was opened before the link ended may still be sent: a concern is worth more than the hour.
STILL_SENT_FOR = timedelta(hours=24)

type Link = ReportingLink


class NoSuchLink(NotHere):
    """There is no such link for whoever asks."""


@transaction.atomic
def make_link(
    name: str, *, by: Viewer, at: datetime, ends_at: datetime | None = None, entity: int | None = None
) -> tuple[ReportingLink, str]:
    """A link for a contractor or a site, and what it carries: shown now, never again.

    What comes by it about no home of ours belongs to the company that is named.
    """
    check(by, Act.KEEP_LINKS)
    return _made(name, at, ends_at, entity)


@transaction.atomic
def found_link(name: str, *, at: datetime) -> str:
    """What the first link of a new provider carries. Made by the owner while nobody can sign in yet."""
    return _made(name, at, None, None)[1]


@transaction.atomic
def end_link(link: ReportingLink, *, by: Viewer, at: datetime) -> None:
    """Switch a link off. Concerns that came by it stay."""
    check(by, Act.KEEP_LINKS)
    link.ends_at = at
    link.save(update_fields=["ends_at"])


def link_carrying(secret: str, *, at: datetime) -> ReportingLink | None:
    """The live link that carries this secret. Asked before anybody is signed in."""
    live = Q(ends_at=None) | Q(ends_at__gt=at)
    return ReportingLink.objects.select_related("acts_as").filter(live, secret_digest=_digest(secret)).first()


def live_link(public_id: uuid.UUID, *, at: datetime) -> ReportingLink | None:
    """The link that was followed before, where it is still in use. Asked before anybody is signed in."""
    live = Q(ends_at=None) | Q(ends_at__gt=at)
    return ReportingLink.objects.select_related("acts_as").filter(live, public_id=public_id).first()


def link_behind(user_id: int, *, opened_at: datetime, at: datetime) -> ReportingLink | None:
    """The link a form came by, where it was in use when the form was opened and has not been ended for long."""
    link = ReportingLink.objects.select_related("acts_as").filter(acts_as_id=user_id).first()
    if link is None or link.ends_at is None or link.ends_at > at:
        return link
    return link if opened_at < link.ends_at and at - link.ends_at < STILL_SENT_FOR else None


def links(viewer: Viewer) -> list[ReportingLink]:
    """Every reporting link, those in use first, for those who keep them."""
    rows = visible(ReportingLink.objects.all(), to=viewer, act=Act.KEEP_LINKS)
    return list(rows.order_by(F("ends_at").desc(nulls_first=True), "name", "id"))


def link_called(viewer: Viewer, public_id: uuid.UUID) -> ReportingLink:
    """One reporting link, or NoSuchLink."""
    found = visible(ReportingLink.objects.all(), to=viewer, act=Act.KEEP_LINKS).filter(public_id=public_id).first()
    if found is None:
        raise NoSuchLink
    return found


def _made(name: str, at: datetime, ends_at: datetime | None, entity: int | None) -> tuple[ReportingLink, str]:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ReportingLink.objects.create(
        public_id=uuid.uuid4(),
        name=name,
        secret_digest=_digest(secret),
        acts_as=add_link_user(name),
        made_at=at,
        ends_at=ends_at,
        entity_id=entity,
    )
    return link, secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
