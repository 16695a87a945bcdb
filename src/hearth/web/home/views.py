"""The first page after signing in, and the way out for somebody who is watched."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act, Viewer
from hearth.ledger.operations import record_read
from hearth.outbound.queries.notices import notices_for
from hearth.pathway.administering.beginning import still_missing
from hearth.pathway.adopting.understanding import to_read
from hearth.pathway.signing_in import signed_out
from hearth.web.gates import as_nobody, for_anyone, gave_second_factor, without_second_factor
from hearth.web.middleware import Page
from hearth.web.navigation import ways_for
from hearth.web.work.waiting import first_of_all, named_in, not_said_yet, policies_in, things

NOTHING: dict[str, Any] = {"alerts": (), "offered": (), "restricted": (), "to_approve": (), "notices": 0}


def _waiting(viewer: Viewer, at: datetime) -> dict[str, Any]:
    first = first_of_all(viewer, at=at)
    if ids := named_in(first):
        record_read("first.read", about=None, ids=ids, durable=False)
    unread = notices_for(viewer, unread_only=True)
    return {**first, "notices": len(not_said_yet(unread, things(first), policies_in(first)))}


@without_second_factor
@require_safe
def home_page(request: Page) -> HttpResponse:
    """What this person may do here."""
    has_second_factor = gave_second_factor(request)
    ways = [link for _, link in ways_for(request.viewer, has_second_factor=has_second_factor)]
    keeps_users = has_second_factor and may(request.viewer.parts, Act.KEEP_USERS)
    now = clock.now()
    page = {
        "ways": ways,
        "has_second_factor": has_second_factor,
        **(_waiting(request.viewer, now) if has_second_factor else {**NOTHING, "to_read": to_read(request.viewer)}),
        "missing": still_missing(request.viewer, at=now) if keeps_users else None,
    }
    return render(request, "home/home.jinja", page)


@for_anyone
@as_nobody
def leave_page(request: HttpRequest) -> HttpResponse:
    """Sign out, leave nothing behind in this browser and go somewhere harmless."""
    if request.user.pk is not None:
        signed_out(request.user.pk, how="left", at=clock.now())
    logout(request)
    response = redirect(settings.HEARTH_WAY_OUT)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
