"""Pages for when something went wrong: plain words, nothing confidential, no question to the database."""

import sys
from http import HTTPStatus

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hearth.access.outages import is_outage
from hearth.web.keeping import what_was_sent

log = structlog.get_logger("hearth.web")
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
OUR_FAULT = (HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
LAST_RESORT = (
    "<!DOCTYPE html><html lang=en><title>Problem</title><h1>Sorry, there is a problem</h1><p>Nothing was saved."
)


def page_name(request: HttpRequest) -> str:
    """The page by its route, never by its address: addresses hold ids and keys."""
    return request.resolver_match.route if request.resolver_match else "no such page"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent could not be understood, or was too much."""
    if isinstance(exception, TOO_BIG):
        return _page(request, "errors/too_big.jinja", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _page(request, "errors/bad_request.jinja", HTTPStatus.BAD_REQUEST)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own refusals. Ours are told as pages that are not there."""
    return page_not_found(request, exception)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not there, or not for this reader: one answer for both."""
    return _page(request, "errors/not_found.jinja", HTTPStatus.NOT_FOUND)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tried too often. Never the answer to somebody who logs a concern."""
    return _page(request, "errors/too_many.jinja", HTTPStatus.TOO_MANY_REQUESTS)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. Where the database or the disk is out, say that nothing was saved and whom to ring."""
    problem = sys.exc_info()[1]
    if is_outage(problem):
        log.error("outage", page=page_name(request), problem=type(problem).__name__)
        return _page(request, "errors/not_saved.jinja", HTTPStatus.SERVICE_UNAVAILABLE)
    return _page(request, "errors/server_error.jinja", HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, template: str, status: HTTPStatus) -> HttpResponse:
    words: dict[str, object] = {
        "ring": settings.HEARTH_RING,
        "was_posted": request.method == "POST",
        "status": status.value,
        "address": request.path,
        "sent": what_was_sent(request) if status in OUR_FAULT else None,
    }
    try:
        return render(request, template, words, status=status)
    except Exception:  # a page about a problem must not become one
        log.exception("error page failed", template=template)
        return HttpResponse(LAST_RESORT + " " + _("Ring 999 if somebody is in danger."), status=status)
