"""How a concern stands that came by a link, for whoever holds the code of its receipt. No account, and nothing else.

What is told is what triage chose to tell. Nothing that was sent comes back, nor whom or which home it is about.
"""

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.concerns.queries import how_it_stands, just_sent
from hearth.concerns.receipts import Holder, digest_of, holder_of
from hearth.concerns.terms import NotComplete
from hearth.ledger.operations import record_read
from hearth.pathway.worrying import raise_worry
from hearth.web.concerns.forms import WorryForm
from hearth.web.concerns.page import ring_number
from hearth.web.concerns.questions import PROGRESS
from hearth.web.forms import Line
from hearth.web.gates import for_anyone
from hearth.web.middleware import OpenPage

WRONG = _("We do not know this code. Check each letter and number, or ring us and say your reference.")
WORRY = "worry"


class CodeForm(forms.Form):
    """The code of a receipt."""

    code = Line(
        label=_("The code on your receipt"),
        help_text=_("Twelve letters and numbers, for example 7KQ4-M2XW-9FHT."),
        max_length=40,
        missing=_("Enter the code on your receipt"),
    )


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_page(request: OpenPage) -> HttpResponse:
    """Ask how a concern stands. A wrong code gets one answer, whatever was wrong with it, and tries are counted."""
    request.viewer = None  # whoever is signed in here holds no more than the code
    form = CodeForm(request.POST or None)
    with acting_as(None):
        if form.is_valid():
            typed = form.cleaned_data["code"]
            too_often: HttpResponse | None = ratelimit.consume_or_429(
                request, action="receipt_code", key=digest_of(typed)
            )
            if too_often is not None:
                return too_often
            holder = holder_of(typed)
            if holder is not None:
                with acting_as(holder.viewer, request=request.request_id):
                    return _shown(request, holder, typed)
            form.add_error("code", WRONG)
        return render(request, "concerns/receipt_code.jinja", {"form": form, "ring": ring_number(now())})


def _shown(request: HttpRequest, holder: Holder, code: str) -> HttpResponse:
    """How it stands, and the sentence of somebody who is still worried."""
    is_said, form = False, WorryForm(request.POST if request.POST.get("act") == WORRY else None)
    if form.is_valid():
        concern, said = just_sent(holder.viewer, holder.key), form.cleaned_data
        try:
            raise_worry(concern, why=said["why"], by=holder.viewer, at=now(), key=said["form_key"])
            is_said, form = True, WorryForm()
        except NotComplete as problem:
            form.add_error("why", str(problem))
    stands = how_it_stands(holder.viewer, holder.key)
    record_read("concern.read_own", about=None, ids=[("concern", stands.id)], durable=False)
    page = {"stands": stands, "progress": PROGRESS, "form": form, "code": code, "is_said": is_said, "act": WORRY}
    return render(request, "concerns/how_it_stands.jinja", page)
