"""Reporting links: made, shown once, found again by what they carry."""

import hashlib
import secrets
import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.concerns.models import ReportingLink
from hearth.organisation.operations import add_link_user

SECRET_BYTES = 16


@transaction.atomic
def make_link(name: str, *, by: Viewer, at: datetime, ends_at: datetime | None = None) -> tuple[ReportingLink, str]:
    """A link for a contractor or a site, and what it carries: shown now, never again."""
    check(by, Act.KEEP_LINKS)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = ReportingLink.objects.create(
        public_id=uuid.uuid4(),
        name=name,
        secret_digest=_digest(secret),
        acts_as=add_link_user(name),
        made_at=at,
        ends_at=ends_at,
    )
    return link, secret


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


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
