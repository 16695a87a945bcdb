"""The nation's bank holidays, and correcting a day: looked at first, then said."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access import clock
from hearth.policy.calendars import Nation, bank_holidays
from hearth.policy.queries import pack_in_force
from hearth.policy.terms import NoPolicy
from hearth.timescales.operations import correct_calendar
from hearth.timescales.previewing import calendar_would_move, corrections, is_working
from hearth.timescales.terms import NotThisClock
from hearth.web.forms import Choice, DayField, Words
from hearth.web.middleware import Page


class CorrectionForm(forms.Form):
    """One day that the published calendar has wrong."""

    day = DayField(label=gettext_lazy("Which day?"), missing=gettext_lazy("Enter the day"))
    working = Choice(
        label=gettext_lazy("What is it?"),
        choices=[("no", gettext_lazy("Not a working day after all")), ("yes", gettext_lazy("A working day after all"))],
        missing=gettext_lazy("Select what it is"),
    )
    why = Words(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("For example: a bank holiday was proclaimed."),
        max_length=1000,
        missing=gettext_lazy("Write why"),
    )


def calendar_page(request: Page) -> HttpResponse:
    """The days as they count now; a correction is shown with what it would move, and made when it is said again."""
    now = clock.now()
    nation, today = _nation(now), timezone.localdate(now)
    made = corrections(request.viewer)
    form = CorrectionForm(request.POST or None)
    page: dict[str, Any] = {
        "form": form,
        "nation": nation,
        "made": made,
        "holidays": [
            day for year in (today.year, today.year + 1) for day in sorted(bank_holidays(nation, year)) if day >= today
        ],
        "moved": None,
    }
    if not form.is_valid():
        return render(request, "administration/calendar.jinja", page)
    day, working = form.cleaned_data["day"], form.cleaned_data["working"] == "yes"
    if is_working(request.viewer, nation=nation, day=day) == working:
        form.add_error("working", _("It counts like that already."))
    elif request.POST.get("step") == "confirm":
        return _correct(request, form, nation, day, working=working)
    else:
        page["moved"] = calendar_would_move(request.viewer, nation=nation, day=day, working=working)
        page["day"] = day
    return render(request, "administration/calendar.jinja", page)


def _correct(request: Page, form: CorrectionForm, nation: Nation, day: date, *, working: bool) -> HttpResponse:
    why = form.cleaned_data["why"]
    try:
        moved = correct_calendar(nation=nation, day=day, working=working, why=why, by=request.viewer, at=clock.now())
    except NotThisClock as problem:
        messages.error(request, str(problem))
        return redirect("calendar")
    said = _("The calendar is corrected. %(number)s running promises fall due on another day.") % {"number": moved}
    messages.success(request, said)
    return redirect("calendar")


def _nation(at: Any) -> Nation:
    try:
        return pack_in_force(at).nation
    except NoPolicy:
        return Nation.ENGLAND
