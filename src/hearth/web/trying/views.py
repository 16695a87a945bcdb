"""Try a policy on what has happened: ask, see how far it is, and read what would have been different."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.terms import Act
from hearth.policy.durations import start_of
from hearth.policy.packs import BadPack, Chain, Pack, build, read_chain
from hearth.policy.packs.shelf import shelf
from hearth.policy.packs.who_is_told import told_instead
from hearth.policy.queries import chain_of, in_force, pack_of
from hearth.timescales import trying
from hearth.timescales.terms import TrialState
from hearth.web.assurance.sheets import sheet
from hearth.web.companies import company
from hearth.web.forms import DayField
from hearth.web.middleware import Page
from hearth.web.trying.figures import IN_THE_TABLE, NAMES, by_month, by_month_and_team, by_name, lines
from hearth.web.trying.instead import lines_of

A_YEAR = timedelta(days=365)
STATES = {
    TrialState.ASKED: (gettext_lazy("Waiting"), "grey"),
    TrialState.WORKING: (gettext_lazy("Being worked out"), "blue"),
    TrialState.DONE: (gettext_lazy("Done"), "green"),
    TrialState.FAILED: (gettext_lazy("Could not be worked out"), "red"),
}


class SinceForm(forms.Form):
    """From when on."""

    since = DayField(
        label=gettext_lazy("Since which day?"),
        help_text=gettext_lazy("As if the policy had come into force on that day. What began before keeps its own."),
        missing=gettext_lazy("Enter the day"),
    )


@require_safe
def trials_page(request: Page) -> HttpResponse:
    """What was tried lately."""
    found = [(each, STATES[TrialState(each.state)]) for each in trying.trials(request.viewer)]
    return render(request, "trying/trials.jinja", {"trials": found})


def try_policy_page(request: Page, which: str) -> HttpResponse:
    """Ask for a policy to be tried: one that lies ready by its name, one that was proposed or adopted by its digest."""
    check(request.viewer, Act.ADOPT_POLICY)
    chain, now = _chain(which), clock.now()
    of = company(request, at=now)
    form = SinceForm(request.POST or None, initial={"since": (now - A_YEAR).date()})
    if form.is_valid():
        try:
            since = start_of(form.cleaned_data["since"])
            asked = trying.ask(chain, since=since, by=request.viewer, at=now, entity=of.id)
            return redirect("trial", asked.public_id)
        except ValueError:
            form.add_error("since", _("Enter a day that is over"))
    page = {"form": form, "pack": build(chain), "back": reverse("policy"), "company": of}
    return render(request, "trying/ask.jinja", page)


@require_safe
def trial_page(request: Page, public_id: UUID) -> HttpResponse:
    """How far it is; then what would have been different, by month, team and promise, as pictures and tables."""
    trial = trying.trial_for(request.viewer, public_id)
    figures, named = trying.sums(trial), trying.each_one(trial)
    pack, before = pack_of(trial.digest), policy_before(trial.until, trial.entity_id)
    page = {
        "trial": trial,
        "state": STATES[TrialState(trial.state)],
        "is_working": trial.state in trying.WAITING,
        "minutes": trying.minutes_left(trial, at=clock.now()),
        "is_done": trial.state == TrialState.DONE,
        "months": [(NAMES[what], by_month(figures, what)) for what in NAMES],
        "by_team": by_month_and_team(figures),
        "columns": [_("Month"), _("Team"), *((str(words), "numeric") for words in IN_THE_TABLE.values())],
        "ones": by_name(named, pack),
        "instead": lines_of(told_instead(before, pack) if before else (), named),
        "layout": "layouts/print.jinja" if "print" in request.GET else "layouts/page.jinja",
    }
    return render(request, "trying/trial.jinja", page)


@require_safe
def trial_file(request: Page, public_id: UUID) -> HttpResponse:
    """Every figure as a file for a spreadsheet."""
    trial = trying.trial_for(request.viewer, public_id)
    columns = [_("Month"), _("Team"), _("What"), _("As it was"), _("Under this policy")]
    return sheet("tried", columns, lines(trying.sums(trial)))


def policy_before(at: datetime, entity: int | None) -> Pack | None:
    """The policy in force when a trial was asked for, to which it is compared; none where there was none yet."""
    found = in_force(at, entity)
    return pack_of(found.digest) if found else None


def _chain(which: str) -> Chain:
    """The files of a policy on the shelf, or of one that was kept."""
    folder = shelf(Path(settings.HEARTH_PACKS)).get(which)
    try:
        chain = read_chain(folder) if folder else chain_of(which)
        if chain.packs:
            build(chain)
            return chain
    except BadPack as problem:
        raise Http404 from problem
    raise Http404
