"""Who gets as far as a page: everybody who may read signed in with a second factor; every exception says so itself.

Inside, `access.operations.check` and row security decide about the record. This is only the front door.
"""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

Page = Callable[..., HttpResponseBase]
ASSURED_BY_PROVIDER = "hearth_second_factor_by_provider"


class Door(Enum):
    """How far somebody must have signed in."""

    ANYONE = "no sign-in"
    SIGNED_IN = "signed in, no second factor: nothing can be read here but one's own words"
    SECOND_FACTOR = "signed in with a second factor"


def for_anyone(page: Page) -> Page:
    """A page without sign-in: reporting links, sign-in itself, leaving."""
    return _with_door(page, Door.ANYONE)


def without_second_factor(page: Page) -> Page:
    """A page for signed-in people who could not give a second factor: logging a concern, setting a factor up."""
    return _with_door(page, Door.SIGNED_IN)


def as_nobody(page: Page) -> Page:
    """A page that touches sign-in tables only, and so runs without the identity that opens records.

    It is rendered inside its transaction, like every other page.
    """

    @wraps(page)
    def rendered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = page(request, *args, **kwargs)
        return response.render() if isinstance(response, SimpleTemplateResponse) else response

    rendered.acts_as_nobody = True  # type: ignore[attr-defined]  # a mark for the middleware, like csrf_exempt
    return rendered


def unnoticed(page: Page) -> Page:
    """A page a script asks for by itself: it does not count as somebody being there."""
    page.unnoticed = True  # type: ignore[attr-defined]  # a mark for the middleware, like csrf_exempt
    return page


def door_of(page: object) -> Door:
    """The door a page stands behind. Unmarked pages stand behind the strictest."""
    door: Door = getattr(page, "door", Door.SECOND_FACTOR)
    return door


def gave_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or raised later, with a second factor: ours, a passkey or the provider's own.

    Invented people in a demonstration need none, so that the demonstration can be looked at.
    """
    user = request.user
    if not isinstance(user, AbstractBaseUser):
        return False
    if settings.DEMONSTRATION and getattr(user, "is_demonstration", False):
        return True
    if request.session.get(ASSURED_BY_PROVIDER) is True:
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def _with_door(page: Page, door: Door) -> Page:
    @wraps(page)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | HttpResponseBase:
        return page(request, *args, **kwargs)

    behind.door = door  # type: ignore[attr-defined]  # a mark for the middleware, like csrf_exempt
    return behind
