"""The API's own door: a token says who asks. No cookie opens it, so no foreign page can act through a browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.security.base import AuthBase

from hearth.access import clock, tokens
from hearth.access.identity import acting_as, reading
from hearth.access.operations import keep_attempt
from hearth.access.outages import is_outage, is_sent_twice
from hearth.access.terms import Act, NotHere, Refused, Scope, Viewer
from hearth.api.problems import Kind, not_here, problem

View = Callable[..., HttpResponseBase]
log = structlog.get_logger("hearth.api")


class Asked(HttpRequest):
    """A request as the API's operations see it: `viewer` is who asks."""

    viewer: Viewer
    bearer: tokens.Bearer | None
    request_id: str


class NoToken(Exception):
    """Nobody's token, or one that opens nothing any more."""


class NoScope(Exception):
    """The token was not made for this."""

    def __init__(self, scopes: tuple[Scope, ...]) -> None:
        super().__init__()
        self.scopes = scopes


class TooOften(Exception):
    """The token was used too often in this minute."""

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


class Token(AuthBase):
    """What one operation asks of a token: any one of these scopes. The domain then asks its own questions."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A token of your own, made under *Your account, API tokens*."

    def __init__(self, act: Act, scopes: tuple[Scope, ...]) -> None:
        super().__init__()
        self.act, self.scopes = act, scopes

    def __call__(self, request: HttpRequest) -> tokens.Bearer:
        bearer: tokens.Bearer | None = getattr(request, "bearer", None)
        if bearer is None:
            raise NoToken
        if bearer.wait and self.act is not Act.LOG_CONCERN:  # a concern is worth more than our peace
            raise TooOften(bearer.wait)
        if bearer.scopes.isdisjoint(self.scopes):
            raise NoScope(self.scopes)
        return bearer


def behind_the_door(view: View) -> View:
    """Find out who asks, run the operation in one transaction as that person, and keep what was refused."""

    @transaction.non_atomic_requests
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return _answered(view, request, kwargs)
        except Exception as fault:  # the API answers in its own form even when Hearth itself is at fault
            return _our_fault(request, fault)

    return answer


def _answered(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
    request_id: str = request.request_id  # type: ignore[attr-defined]  # every request has one, see web.middleware
    with acting_as(None, request=request_id):
        bearer = _bearer(request)
    request.bearer = bearer  # type: ignore[attr-defined]  # see Asked
    request.viewer = bearer.viewer if bearer else None  # type: ignore[attr-defined]  # see Asked
    with acting_as(bearer.viewer if bearer else None, request=request_id), reading(request.method == "GET"):
        try:
            request.body  # noqa: B018  read here, where one that is too long has an answer
            return _done(view, request, kwargs)
        except (Refused, NotHere) as attempt:
            looked_for = str(next(iter(kwargs.values()), ""))
            keep_attempt(attempt, page=route_of(request), asked_for=looked_for, at=clock.now())
            return not_here()
        except IntegrityError as twice:
            if not is_sent_twice(twice):
                raise
            return problem(Kind.SENT_BEFORE)
        except RequestDataTooBig:
            return problem(Kind.TOO_BIG)


def _done(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
    """In one transaction. Sent twice at once, it is asked again and finds what the other sending kept."""
    try:
        with transaction.atomic():
            return _in_our_form(view(request, **kwargs))
    except IntegrityError as twice:
        if not is_sent_twice(twice):
            raise
    with transaction.atomic():
        return _in_our_form(view(request, **kwargs))


def _bearer(request: HttpRequest) -> tokens.Bearer | None:
    """Whoever the `Authorization` header speaks for. A cookie is not looked at."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return tokens.bearer(secret.strip()) if scheme.lower() == "bearer" and secret.strip() else None


def _in_our_form(response: HttpResponseBase) -> HttpResponseBase:
    """An address asked with another method: as a problem, like everything else."""
    if response.status_code != problem(Kind.NOT_THIS_WAY).status_code:
        return response
    return problem(Kind.NOT_THIS_WAY, headers={"Allow": response.headers["Allow"]})


def _our_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    if is_outage(fault):
        log.error("outage", page=route_of(request), problem=type(fault).__name__)
        return problem(Kind.NOT_SAVED)
    log.error("failed", page=route_of(request), exc_info=fault)
    return problem(Kind.OUR_FAULT)


def route_of(request: HttpRequest) -> str:
    """The address that was asked, without the ids in it."""
    return request.resolver_match.route if request.resolver_match else "no such address"
