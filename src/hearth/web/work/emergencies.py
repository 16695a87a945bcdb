"""Alerts of somebody in danger now, and opening a record in an emergency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access import clock
from hearth.access.operations import check, keep_attempt
from hearth.access.references import NotAReference, read
from hearth.access.terms import Act
from hearth.concerns.terms import NoSuchConcern, NotComplete
from hearth.outbound.queries.on_call import alert_for, steps_of
from hearth.outbound.terms import AlreadyAcknowledged
from hearth.pathway.alarms import record_behind, take_alert
from hearth.pathway.emergencies import emergency_lasts, emergency_opening, open_in_emergency
from hearth.pathway.raising import clauses_shown_of
from hearth.timescales.standing import pack_for_me
from hearth.web.cases.work import looked
from hearth.web.citing import Governed, Questions, under
from hearth.web.errors import page_name
from hearth.web.forms import Line, Words
from hearth.web.middleware import Page
from hearth.web.words import clock_time

KINDS = {"C": "concern", "K": "case"}


class EmergencyForm(Governed):
    """Which record, and why it must be seen now."""

    policy = Questions(acts=("access.glass_broken",), on="why")

    reference = Line(
        label=gettext_lazy("Reference of the concern or case"),
        help_text=gettext_lazy("For example C-7KQ4-M2"),
        missing=gettext_lazy("Enter the reference"),
    )
    why = Words(
        label=gettext_lazy("Why must you see it now?"),
        help_text=gettext_lazy("The safeguarding leads are told at once and read this reason."),
        max_length=1000,
        missing=gettext_lazy("Write why you must see this now"),
    )


def alert_page(request: Page, public_id: UUID) -> HttpResponse:
    """Take an alert, so that nobody else need be rung."""
    alert = alert_for(request.viewer, public_id)
    if request.method == "POST":
        return _take(request, public_id)
    looked("alert.read", alert)
    place = record_behind(request.viewer, alert) if alert.acknowledged_at else None
    page = {"alert": alert, "steps": steps_of(request.viewer, alert), "place": place}
    return render(request, "work/alert.jinja", page)


def _take(request: Page, public_id: UUID) -> HttpResponse:
    """Take the alert and go where it rang, or say why that stays shut."""
    try:
        place = take_alert(public_id, by=request.viewer, at=clock.now())
    except AlreadyAcknowledged:
        messages.info(request, _("Somebody has already taken this alert."))
        return redirect("my_work")
    if place is None:
        messages.warning(
            request,
            _("You have taken this alert. The record stays shut to you. Those it is for were told. In danger? 999."),
        )
        return redirect("alert", public_id)
    messages.success(request, _("You have taken this alert. Ring whoever told us, then act."))
    return redirect(place.page, place.public_id)


def break_glass_page(request: Page) -> HttpResponse:
    """Open a record for a while, with a reason."""
    check(request.viewer, Act.BREAK_GLASS)
    form, now = EmergencyForm(request.POST or None), clock.now()
    clauses_of = clauses_shown_of(now, None)
    under(form, pack_for_me(now), at=now, entity=clauses_of)
    if form.is_valid():
        try:
            reference = read(form.cleaned_data["reference"])
            why = form.cleaned_data["why"]
            place = open_in_emergency(KINDS.get(reference[0], ""), reference, why=why, by=request.viewer, at=now)
            until = clock_time(now + emergency_lasts(now))
            messages.success(
                request, _("The record is open to you until %(when)s. The leads have been told.") % {"when": until}
            )
            return redirect(place.page, place.public_id)
        except NotAReference as problem:
            form.add_error("reference", str(problem))
        except NotComplete as problem:
            form.add_error(problem.field, str(problem))
        except NoSuchConcern as attempt:
            keep_attempt(attempt, page=page_name(request), asked_for=reference, at=now)
            form.add_error("reference", _("There is no record with this reference that you can open"))
    page = {
        "form": form,
        "minutes": int(emergency_lasts(now).total_seconds() // 60),
        "clause": emergency_opening(now).clause,
        "clauses_of": clauses_of,
    }
    return render(request, "work/break_glass.jinja", page)
