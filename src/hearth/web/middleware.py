"""What happens around every page: an id, headers that keep it private, the front door, identity, and refusals."""

import uuid
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import structlog
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.access.identity import acting_as, reading
from hearth.access.operations import keep_attempt
from hearth.access.outages import is_sent_twice
from hearth.access.queries import viewer
from hearth.access.terms import NotHere, Refused, Viewer
from hearth.pathway.signing_in import signed_out
from hearth.web import errors, sessions
from hearth.web.gates import Door, door_of, gave_second_factor
from hearth.web.keeping import keep_what_was_typed

Next = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD")
OF_FORMS = (*SAFE, "POST")  # all that a page is ever asked by; what proves itself otherwise says so
log = structlog.get_logger("hearth.web")


class Asked(HttpRequest):
    """A request as every page sees it."""

    identity: ExitStack
    request_id: str


class Page(Asked):
    """A request as pages behind a door see it. `viewer` is who asks; there always is somebody."""

    viewer: Viewer


class OpenPage(Asked):
    """A request as pages for anyone see it: nobody need be signed in, or whoever is does not ask as himself."""

    viewer: Viewer | None


def private_pages(get_response: Next) -> Next:
    """Give each request an id, and let nothing keep or pass on what a page showed."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.request_id = str(uuid.uuid4())  # type: ignore[attr-defined]  # see Page
        began = clock.now()
        with structlog.contextvars.bound_contextvars(request=request.request_id):  # type: ignore[attr-defined]  # see Page
            response = get_response(request) if _can_be_read(request) else errors.page_not_found(request)
            spent = round((clock.now() - began).total_seconds() * 1000)
            log.info(
                "answered", page=errors.page_name(request), method=request.method, status=response.status_code, ms=spent
            )
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]  # see Page
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


def _can_be_read(request: HttpRequest) -> bool:
    """No address of ours holds a NUL, and PostgreSQL takes it in no text. In what is asked for it is left out; another
    system is told of it, as of all that its document does not allow."""
    if not request.path.startswith("/api/"):
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
    return "\0" not in request.path


class FrontDoor:
    """Ends sessions at their limits, stops at the door those who have not signed in far enough, and makes whoever
    comes in the identity under which the page's transaction runs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as identity:
            request.identity = identity  # type: ignore[attr-defined]  # see Page
            request.viewer = None  # type: ignore[attr-defined]  # see Page
            ended = self._end_if_over(request)
            if ended is not None:
                messages.info(request, ended)
            return self.get_response(request)

    def process_view(self, request: HttpRequest, page: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Just before the page: how it is asked, door, then identity."""
        if request.method not in OF_FORMS and not getattr(page, "csrf_exempt", False):
            return HttpResponseNotAllowed(OF_FORMS)
        door, user = door_of(page), request.user
        if not isinstance(user, AbstractBaseUser):
            request.identity.enter_context(acting_as(None, request=request.request_id))  # type: ignore[attr-defined]  # see Page
            return None if door is Door.ANYONE else _ask_for(request, "account_login")
        if not getattr(page, "unnoticed", False):
            sessions.touch(request.session, clock.now())
        request.viewer = viewer(user)  # type: ignore[attr-defined]  # see Page
        if door is Door.SECOND_FACTOR and not gave_second_factor(request):
            return _ask_for(request, "second_factor")
        acts_as = None if getattr(page, "acts_as_nobody", False) else request.viewer  # type: ignore[attr-defined]  # see Page
        request.identity.enter_context(acting_as(acts_as, request=request.request_id))  # type: ignore[attr-defined]  # see Page
        request.identity.enter_context(reading(request.method in SAFE))  # type: ignore[attr-defined]  # see Page
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A refusal looks exactly like a page that is not there. The page's transaction is already rolled back."""
        if is_sent_twice(problem) and request.method == "POST" and not hasattr(request, "sent_again"):
            return self._again(request)
        if not isinstance(problem, Refused | NotHere):
            return None
        asked_for = request.resolver_match.kwargs if request.resolver_match else {}
        looked_for = str(next(iter(asked_for.values()), ""))
        keep_attempt(problem, page=errors.page_name(request), asked_for=looked_for, at=clock.now())
        return errors.page_not_found(request, problem)

    def _again(self, request: HttpRequest) -> HttpResponse | None:
        """Sent twice at once, and the other was through first: asked again, it finds what that one kept."""
        request.sent_again = True  # type: ignore[attr-defined]  # so that it is asked again once
        page = request.resolver_match
        if page is None:
            return None
        try:
            with transaction.atomic():
                return page.func(request, *page.args, **page.kwargs)  # type: ignore[no-any-return]  # a page of ours
        except Exception as problem:
            answer = self.process_exception(request, problem)
            if answer is None:
                raise
            return answer

    def _end_if_over(self, request: HttpRequest) -> str | None:
        """Sign out who was away too long, was here too long, or was switched off. Returns what to tell them."""
        if SESSION_KEY not in request.session:
            return None
        now = clock.now()
        if not request.user.is_authenticated or not _has_time(request.user, now):
            self._forget(request)
            return None
        over = sessions.is_over(request.session, now)
        if over is None:
            return None
        signed_out(request.user.pk, how=over.name.lower(), at=now)
        self._forget(request)
        if over is sessions.Ended.IDLE:
            return _("You were signed out because you had not used Hearth for a while.")
        return _("You were signed out because you had been signed in for a long time. Sign in again to carry on.")

    def _forget(self, request: HttpRequest) -> None:
        request.session.flush()
        request.user = request._cached_user = _nobody()  # type: ignore[attr-defined]  # what AuthenticationMiddleware keeps


def _has_time(user: Any, at: datetime) -> bool:
    """Whether somebody's time here is not over."""
    return user.until is None or user.until > at


def _nobody() -> Any:
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def _ask_for(request: HttpRequest, where: str) -> HttpResponse:
    """Send somebody to a page of the sign-in area, and back afterwards where that is a page one can go back to."""
    address = reverse(where)
    if not keep_what_was_typed(request) and (request.method != "GET" or request.path == reverse("home")):
        return redirect(address)
    return redirect(f"{address}?{urlencode({'next': request.path})}")
