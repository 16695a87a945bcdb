"""What became of the concerns one logged, and saying that one is still worried."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access.clock import now
from hearth.concerns.queries import MINE, my_concern, my_concerns
from hearth.concerns.terms import NotComplete
from hearth.ledger.operations import record_read
from hearth.pathway.worrying import raise_worry
from hearth.web.citing import under_policy_of
from hearth.web.concerns.forms import WorryForm
from hearth.web.concerns.questions import PROGRESS
from hearth.web.middleware import Page
from hearth.web.paging import place, turning


@require_safe
def my_concerns_page(request: Page) -> HttpResponse:
    """The concerns somebody logged, newest first, and how far each has come."""
    shown = my_concerns(request.viewer, place=place(request, MINE))
    record_read("concern.read_own", about=None, ids=[("concern", mine.id) for mine in shown], durable=False)
    return render(request, "concerns/mine.jinja", {"concerns": shown, "progress": PROGRESS, **turning(shown)})


def still_worried_page(request: Page, public_id: UUID) -> HttpResponse:
    """One sentence, to a lead who did not decide."""
    concern = my_concern(request.viewer, public_id)
    form = under_policy_of(WorryForm(request.POST or None), concern, now())
    if form.is_valid():
        said = form.cleaned_data
        try:
            raise_worry(concern, why=said["why"], by=request.viewer, at=now(), key=said["form_key"])
        except NotComplete as problem:
            form.add_error("why", str(problem))
        else:
            messages.success(request, _("A lead who did not decide will read this and answer you here."))
            return redirect("my_concerns")
    return render(request, "concerns/still_worried.jinja", {"form": form, "reference": concern.reference})
