"""Reporting links: made and shown once with their QR code, listed, ended."""

from datetime import datetime, time, timedelta
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearth.access.clock import now
from hearth.concerns import links
from hearth.organisation.queries import companies
from hearth.web.concerns.forms import LinkForm
from hearth.web.middleware import Page

MADE = "made_links"


def links_page(request: Page) -> HttpResponse:
    """Every reporting link, and the form that makes one."""
    at = now()
    form = LinkForm(request.POST or None, today=timezone.localdate(at), companies=companies())
    shown = links.links(request.viewer)
    if form.is_valid():
        key, made = str(form.cleaned_data["form_key"]), request.session.get(MADE, [])
        if key not in made:
            request.session[MADE] = [*made[-20:], key]
            return _sheet(request, form, at)
        messages.info(
            request, _("That link was made already and is shown only once. If it is lost, end it and make another.")
        )
        return redirect("links")
    return render(request, "concerns/links.jinja", {"form": form, "links": shown, "now": at})


@require_POST
def end_link_page(request: Page, public_id: UUID) -> HttpResponse:
    """Switch a link off."""
    links.end_link(links.link_called(request.viewer, public_id), by=request.viewer, at=now())
    messages.success(request, _("The link is switched off. Concerns that came by it stay."))
    return redirect("links")


def _sheet(request: Page, form: LinkForm, at: datetime) -> HttpResponse:
    """The sheet to print and hang up. What the link carries is shown here and never again."""
    last_day = form.cleaned_data["last_day"]
    ends_at = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time())) if last_day else None
    told = form.cleaned_data
    entity = int(told["company"]) if told.get("company") else None
    link, secret = links.make_link(told["name"], by=request.viewer, at=at, ends_at=ends_at, entity=entity)
    address = request.build_absolute_uri(reverse("follow_link", args=[secret]))
    words = {
        "link": link,
        "last_day": last_day,
        "address": address,
        "receipt_address": request.build_absolute_uri(reverse("receipt")),
        "code": segno.make(address, error="m").svg_data_uri(scale=8, border=2),
        "ring": settings.HEARTH_RING,
    }
    return render(request, "concerns/link_sheet.jinja", words)
