"""Signing in to the demonstration by a link for each invented person. Only a demonstration has this address."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from hearth.organisation.queries import demonstration_user
from hearth.web.gates import as_nobody, for_anyone


@for_anyone
@as_nobody
def become_page(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Sign in as an invented person, as if both factors had been given."""
    user = demonstration_user(name, key) if settings.DEMONSTRATION else None
    if user is None:
        raise Http404
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, "mfa", type="totp")
    return redirect("home")


urlpatterns = [path("<str:name>/<str:key>", become_page, name="become")]
