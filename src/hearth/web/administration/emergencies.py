"""Emergency openings for a lead to look at again: who opened what, why, and what came of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.terms import Finding
from hearth.ledger.operations import record_read
from hearth.pathway.emergencies import opening_for, openings, review_opening
from hearth.timescales.queries import clocks_about
from hearth.web.acting import act_page
from hearth.web.citing import Governed, Questions, under_policy_of
from hearth.web.forms import Choice, Words
from hearth.web.middleware import Page
from hearth.web.words import moment

FINDINGS = {
    Finding.NEEDED: gettext_lazy("It was needed"),
    Finding.NOT_NEEDED: gettext_lazy("It was not needed, and no harm was meant"),
    Finding.TAKEN_UP: gettext_lazy("It should not have happened, and is taken up with them"),
}


class ReviewForm(Governed):
    """What a lead found."""

    policy = Questions(acts=("access.glass_reviewed",), on="finding")

    finding = Choice(
        label=gettext_lazy("What did you find?"),
        choices=list(FINDINGS.items()),
        missing=gettext_lazy("Select what you found"),
    )
    why = Words(label=gettext_lazy("Why?"), max_length=2000, missing=gettext_lazy("Write why"))


@require_safe
def emergencies_page(request: Page) -> HttpResponse:
    """Every emergency opening this lead may know of, those that wait first."""
    now, found = clock.now(), openings(request.viewer)
    record_read("emergencies.read", about=None, ids=[("emergency", each.id) for each in found], durable=True)
    waiting = [each.id for each in found if each.review is None]
    page = {
        "openings": found,
        "limits": clocks_about(request.viewer, "emergency", waiting, at=now),
        "findings": FINDINGS,
        "now": now,
    }
    return render(request, "administration/emergencies.jinja", page)


def review_emergency_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say what one emergency opening was."""
    opening = opening_for(request.viewer, public_id)
    if opening.review is not None:  # from a notice that outlived it: what was found stands in the list
        return redirect("emergencies")
    record_read("emergencies.read", about=None, ids=[("emergency", opening.id)], durable=True)
    form = under_policy_of(ReviewForm(request.POST or None), opening, clock.now())

    def review() -> str:
        told = form.cleaned_data
        review_opening(opening, finding=Finding(told["finding"]), why=told["why"], by=request.viewer, at=clock.now())
        return _("Your finding is kept.")

    known = [
        (_("Who"), opening.who),
        (_("Record"), opening.called),
        (_("Opened"), moment(opening.opened_at)),
        (_("Reason given"), opening.why),
    ]
    return act_page(
        request, form, title=_("Look again at an emergency opening"), button=_("Keep the finding"),
        back=reverse("emergencies"), act=review, known=known, field="finding",
    )  # fmt: skip
