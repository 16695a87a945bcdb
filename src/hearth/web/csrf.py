"""When a form comes back with a stale or missing token: the page was open too long, or its session ended meanwhile."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hearth.web.keeping import keep_what_was_typed


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what happened and what to do. The reason is Django's and for nobody's eyes."""
    if keep_what_was_typed(request):
        return redirect(request.path)
    return render(request, "errors/stale_form.jinja", {"ring": settings.HEARTH_RING}, status=HTTPStatus.FORBIDDEN)
