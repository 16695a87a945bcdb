"""Logging a concern: one form at one address, for somebody signed in and for whoever came by a link.

What a button does stands in `act`. Every press, whatever comes of it, keeps what is typed.
"""

import uuid
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.links import link_carrying
from hearth.concerns.terms import AlreadyLogged, NotComplete
from hearth.drafts.operations import discard_draft, finish_draft, new_form_key, save_draft
from hearth.drafts.queries import draft, drafts_of
from hearth.drafts.terms import FORM_KEY_FIELD, AlreadySent, Draft, NoSuchDraft, TooLong
from hearth.pathway.raising import raise_concern, signs_shown
from hearth.policy.packs.shapes import Sign
from hearth.web.concerns import receipts, sending
from hearth.web.concerns.forms import ConcernForm, as_typed
from hearth.web.concerns.homes import Found, search
from hearth.web.concerns.page import FORM, form_page, ring_number
from hearth.web.concerns.sending import Sender
from hearth.web.gates import for_anyone, without_second_factor
from hearth.web.keeping import fields_of
from hearth.web.middleware import OpenPage, Page
from hearth.web.words import clock_time


@without_second_factor
def log_page(request: Page) -> HttpResponse:
    """Log a concern, signed in."""
    return _answer(request, sending.signed_in(request), now())


@for_anyone
@require_safe
def follow_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Take what a link carries out of the address at once, so that it stays in no history and on no screen."""
    at = now()
    link = link_carrying(secret, at=at)
    if link is None:
        return _no_link(request, at)
    receipts.forget(request)
    sending.remember_link(request, link, at)
    return redirect("report")


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # the form carries its own sealed proof, which also holds when the browser lost its cookies
def report_page(request: OpenPage) -> HttpResponse:
    """Log a concern by a link, without an account. It writes and reads nothing."""
    at = now()
    sender = sending.by_link(request, at)
    if sender is None:
        return _no_link(request, at)
    request.viewer = None  # whoever else is signed in here does not send this
    with acting_as(sender.viewer, request=request.request_id):
        return _answer(request, sender, at)


def _answer(request: HttpRequest, sender: Sender, at: datetime) -> HttpResponse:
    if request.method == "POST":
        act = {"find": _find, "keep": _keep, "open": _open, "discard": _discard}.get(request.POST.get("act", ""), _send)
        return act(request, sender, at)
    if "sent" in request.GET:
        shown = receipts.page(request, sender, at)
        if shown is not None:
            return shown
    waiting = drafts_of(sender.viewer, at=at, form=FORM, token=sender.token)
    if waiting and not waiting[0].is_from_another_day(at):
        return _show_draft(request, sender, at, waiting[0])
    return form_page(request, sender, at, _empty(sender, at), key=new_form_key(), waiting=waiting)


def _send(request: HttpRequest, sender: Sender, at: datetime) -> HttpResponse:
    key, form = _key(request), _posted(request, sender, at)
    if not form.is_valid():
        return form_page(request, sender, at, form, key=key, saved_at=_kept(request, sender, at, key))
    try:
        told = form.told()
        receipt = raise_concern(told, by=sender.viewer, at=at, key=key, came_by=sender.came_by, link=sender.link)
    except NotComplete as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return form_page(request, sender, at, form, key=key, saved_at=_kept(request, sender, at, key))
    except AlreadyLogged:
        form.add_error(
            None, _("This form was sent before with other answers. Send it again to add these as a new concern.")
        )
        fresh = new_form_key()
        return form_page(request, sender, at, form, key=fresh, saved_at=_kept(request, sender, at, fresh))
    finish_draft(key, by=sender.viewer, at=at, token=sender.token)
    if receipt.is_new:
        sending.note_flood(sender, at)
    sending.remember_sender(request, sender)
    receipts.remember(request, receipt, key=key, told=told)
    return redirect(f"{reverse(sender.page)}?sent")


def _find(request: HttpRequest, sender: Sender, at: datetime) -> HttpResponse:
    """Look for the home and show the form again, unjudged."""
    key, fields = _key(request), fields_of(request)
    found = search(sender.viewer, request.POST.get("home_search", ""), at=at)
    form = ConcernForm(initial=as_typed(fields), signs=_signs(sender, at), found=found)
    return form_page(request, sender, at, form, key=key, saved_at=_kept(request, sender, at, key), has_searched=True)


def _keep(request: HttpRequest, sender: Sender, at: datetime) -> HttpResponse:
    """Save what is typed. A script saves while somebody types; without one there is a button."""
    key = _key(request)
    saved_at = _kept(request, sender, at, key)
    if not request.accepts("text/html"):
        words = _("Saved at %(time)s. Not sent yet.") % {"time": clock_time(at)} if saved_at else _("Not saved.")
        return JsonResponse({"words": words, "is_saved": saved_at is not None})
    found = search(sender.viewer, request.POST.get("home_search", ""), at=at)
    form = ConcernForm(initial=as_typed(fields_of(request)), signs=_signs(sender, at), found=found)
    return form_page(request, sender, at, form, key=key, saved_at=saved_at)


def _open(request: HttpRequest, sender: Sender, at: datetime) -> HttpResponse:
    """Go on with something typed on another day."""
    try:
        kept = draft(sender.viewer, _key(request), at=at, token=sender.token)
    except NoSuchDraft:
        return redirect(sender.page)
    return _show_draft(request, sender, at, kept)


def _discard(request: HttpRequest, sender: Sender, at: datetime) -> HttpResponse:
    """Start afresh."""
    with suppress(NoSuchDraft):
        discard_draft(_key(request), by=sender.viewer, at=at, token=sender.token)
    return redirect(sender.page)


def _show_draft(request: HttpRequest, sender: Sender, at: datetime, kept: Draft) -> HttpResponse:
    typed = as_typed(kept.fields)
    found = search(sender.viewer, typed.get("home_search", ""), at=at)
    form = ConcernForm(initial=typed, signs=_signs(sender, at), found=found)
    return form_page(request, sender, at, form, key=kept.form_key, saved_at=kept.saved_at, is_draft=True)


def _kept(request: HttpRequest, sender: Sender, at: datetime, key: uuid.UUID) -> datetime | None:
    """Save what is typed; when it was saved, or None where it could not be. It stays on the page either way."""
    try:
        save_draft(form=FORM, form_key=key, fields=fields_of(request), by=sender.viewer, at=at, token=sender.token)
    except (TooLong, AlreadySent):
        return None
    return at


def _posted(request: HttpRequest, sender: Sender, at: datetime) -> ConcernForm:
    found = search(sender.viewer, request.POST.get("home_search", ""), at=at)
    return ConcernForm(request.POST, signs=_signs(sender, at), found=found)


def _empty(sender: Sender, at: datetime) -> ConcernForm:
    return ConcernForm(signs=_signs(sender, at), found=Found())


def _signs(sender: Sender, at: datetime) -> list[Sign]:
    return list(signs_shown(at, sender.link).values())


def _key(request: HttpRequest) -> uuid.UUID:
    """The key of the form that was sent; a form without a good one gets a new one."""
    try:
        return uuid.UUID(request.POST.get(FORM_KEY_FIELD, ""))
    except ValueError:
        return new_form_key()


def _no_link(request: HttpRequest, at: datetime) -> HttpResponse:
    """The link is wrong or no longer in use: whom to ring instead."""
    return render(request, "concerns/no_link.jinja", {"ring": ring_number(at)}, status=HTTPStatus.NOT_FOUND)
