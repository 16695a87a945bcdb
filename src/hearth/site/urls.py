"""Every address. Areas bring their own; nothing confidential stands in one."""

from collections.abc import Callable

from django.conf import settings
from django.urls import URLPattern, include, path

from hearth.api import urls as api
from hearth.web.gates import Page, as_nobody, for_anyone, unnoticed


def _with(mark: Callable[[Page], Page], patterns: list[URLPattern]) -> list[URLPattern]:
    """The same addresses, each page marked for the front door."""
    return [URLPattern(each.pattern, mark(each.callback), name=each.name) for each in patterns]


def _own_door(page: Page) -> Page:
    """The API proves by itself who acts: no session opens it, and using it keeps none alive."""
    return for_anyone(as_nobody(unnoticed(page)))


urlpatterns = [
    path("", include("hearth.web.home.urls")),
    path("", include("hearth.web.concerns.urls")),
    path("", include("hearth.web.triage.urls")),
    path("", include("hearth.web.cases.urls")),
    path("", include("hearth.web.partners.urls")),
    path("", include("hearth.web.limits.urls")),
    path("", include("hearth.web.work.urls")),
    path("", include("hearth.web.adopting.urls")),
    path("", include("hearth.web.administration.urls")),
    path("", include("hearth.web.trying.urls")),
    path("", include("hearth.web.people.urls")),
    path("", include("hearth.web.register.urls")),
    path("", include("hearth.web.assurance.urls")),
    path("sign-in/", include("hearth.web.signing_in.urls")),
    path("api/", include(_with(for_anyone, api.documents))),
    path("api/", include((_with(_own_door, api.operations), "api"))),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demonstration/", include("hearth.web.demonstration")))

handler400 = "hearth.web.errors.bad_request"
handler403 = "hearth.web.errors.not_allowed"
handler404 = "hearth.web.errors.page_not_found"
handler429 = "hearth.web.errors.too_many_requests"
handler500 = "hearth.web.errors.server_error"
