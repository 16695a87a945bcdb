"""Reading a new policy and saying that one understood it; and, for the lead, who has not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.pathway.adopting.understanding import confirm, not_yet_read, reading_for
from hearth.policy.queries import with_own_policy
from hearth.web.forms import row_named
from hearth.web.gates import without_second_factor
from hearth.web.middleware import Page


@without_second_factor
def read_policy_page(request: Page, public_id: UUID) -> HttpResponse:
    """The clauses that bind this person, what changed, and one button."""
    now = clock.now()
    page = {"policy": reading_for(request.viewer, public_id, at=now)}
    if request.method == "POST":
        confirm(public_id, by=request.viewer, at=now)
        messages.success(request, _("Thank you. It is recorded that you read and understood the policy."))
        return redirect("home")
    return render(request, "adopting/read_policy.jinja", page)


@require_safe
def not_yet_read_page(request: Page) -> HttpResponse:
    """Who was asked to read the newest policy and has not said that he understood it."""
    now = clock.now()
    people, more = not_yet_read(request.viewer, at=now, after=_after(request))
    following = f"?after={people[-1].id}" if more else None
    page = {"people": people, "next": following, "are_several": bool(with_own_policy(now))}
    return render(request, "adopting/not_yet_read.jinja", page)


def _after(request: Page) -> int:
    """After which row the next page begins. What cannot be read begins at the start."""
    return row_named(request.GET.get("after", ""))
