"""Who sends a concern: somebody signed in, or whoever came by a reporting link. Both fill in the same form."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.core.cache import cache
from django.http import HttpRequest

from hearth.access import queries as access
from hearth.access.identity import acting_as
from hearth.access.terms import Viewer
from hearth.concerns.links import Link, link_behind, live_link
from hearth.concerns.terms import Came
from hearth.drafts.operations import new_token, whose_form
from hearth.drafts.terms import SIGNATURE_FIELD, NotSigned
from hearth.pathway.many_by_link import tell_of_many
from hearth.web.middleware import Page

BY_LINK = "reporting_link"
MANY_AN_HOUR = 20
AN_HOUR = 3600
log = structlog.get_logger("hearth.web")


@dataclass(frozen=True)
class Sender:
    """Who sends, by which way, and the token that keeps one person's draft from the others who use the same link."""

    viewer: Viewer
    page: str
    came_by: Came
    link: Link | None = None
    token: str = ""
    opened_at: datetime | None = None


def signed_in(request: Page) -> Sender:
    """Somebody with an account."""
    return Sender(request.viewer, "log_concern", Came.PAGE)


def remember_link(request: HttpRequest, link: Link, at: datetime) -> None:
    """Exchange the link for a place in this browser's session; a form that was begun by it goes on."""
    before = request.session.get(BY_LINK, {})
    token = before["token"] if before.get("link") == str(link.public_id) else new_token()
    _remember(request, link, token, at)


def remember_sender(request: HttpRequest, sender: Sender) -> None:
    """Let a browser that had lost its session see the receipt of what it has just sent."""
    if sender.link is not None and sender.opened_at is not None:
        _remember(request, sender.link, sender.token, sender.opened_at)


def by_link(request: HttpRequest, at: datetime) -> Sender | None:
    """Whoever came by a link that is still in use: known by the form they send, or by this browser's session.

    The form comes first, so that a concern still arrives when the session is gone or the link was ended meanwhile.
    """
    return _by_form(request, at) or _by_session(request, at)


def note_flood(sender: Sender, at: datetime) -> None:
    """Say that one link sends very much, once an hour. Nothing is refused: among the many, one may be true."""
    if sender.link is None:
        return
    key = f"concerns-by-link:{sender.link.pk}:{at:%Y%m%d%H}"
    with acting_as(None):
        cache.add(key, 0, AN_HOUR)
        if cache.incr(key) == MANY_AN_HOUR + 1:
            log.warning("many concerns by one link", link=sender.link.pk, within="an hour")
            tell_of_many(sender.link.pk, at)


def _by_form(request: HttpRequest, at: datetime) -> Sender | None:
    try:
        form = whose_form(request.POST.get(SIGNATURE_FIELD, ""), at=at)
    except NotSigned:
        return None
    link = link_behind(form.user, opened_at=form.opened_at, at=at)
    return _sender(link, form.token, form.opened_at) if link else None


def _by_session(request: HttpRequest, at: datetime) -> Sender | None:
    kept = request.session.get(BY_LINK)
    if not kept:
        return None
    link = live_link(UUID(kept["link"]), at=at)
    opened_at = datetime.fromisoformat(kept["at"])
    if link is None and "sent" in request.GET:  # the receipt of a form that was open when the link ended
        link = link_behind(kept["user"], opened_at=opened_at, at=at)
    return _sender(link, kept["token"], opened_at) if link else None


def _remember(request: HttpRequest, link: Link, token: str, at: datetime) -> None:
    came = {"link": str(link.public_id), "user": link.acts_as_id, "token": token, "at": at.isoformat()}
    request.session[BY_LINK] = came


def _sender(link: Link, token: str, opened_at: datetime) -> Sender:
    return Sender(access.viewer(link.acts_as), "report", Came.LINK, link, token, opened_at)
