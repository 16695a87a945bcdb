"""Unsafe homes, for the repairs desk and whoever is competent to judge them."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.housing.operations import classify_hazard, work_on_hazard
from hearth.housing.queries import AHazard, hazard, markers_on, open_hazards
from hearth.housing.terms import HazardClass, HazardStep
from hearth.ledger.operations import record_read
from hearth.timescales.queries import clocks_about, clocks_for
from hearth.web.acting import act_page
from hearth.web.citing import Governed, Questions, under_policy_of
from hearth.web.forms import Choice, RevealingForm, VersionField, Words
from hearth.web.middleware import Page
from hearth.web.work.words import JUDGED


class ClassifyForm(Governed):
    """What a competent person makes of a hazard, for those who live there."""

    policy = Questions(
        acts=("hazard.classified",), facts={"class": "hazard_class"}, on="hazard_class",
        called={"hazard_class": "hazard_class"},
    )  # fmt: skip

    version = VersionField()
    hazard_class = Choice(
        label=gettext_lazy("What is it, for the people who live there?"),
        missing=gettext_lazy("Select what it is"),
        choices=[(judged, gettext_lazy(words)) for judged, words in JUDGED.items()],
    )
    why = Words(
        label=gettext_lazy("Why?"), max_length=2000, missing=gettext_lazy("Write why, thinking of who lives there")
    )


STEPS = tuple(each for each in HazardStep if each is not HazardStep.CLASSIFIED)


class StepForm(Governed, RevealingForm):
    """The next step."""

    revealed = ("work_needed", "why")
    policy = Questions(acts=tuple(f"hazard.{step}" for step in STEPS), on="step")

    version = VersionField()
    step = Choice(
        label=gettext_lazy("What has been done?"),
        missing=gettext_lazy("Select what has been done"),
        choices=[
            (HazardStep.INVESTIGATED, gettext_lazy("Investigated")),
            (HazardStep.SUMMARY_GIVEN, gettext_lazy("Written summary given to the tenant")),
            (HazardStep.MADE_SAFE, gettext_lazy("Made safe")),
            (HazardStep.DECANTED, gettext_lazy("The people have moved out for now")),
            (HazardStep.PREVENTION_BEGUN, gettext_lazy("Work has begun so that it does not come back")),
            (HazardStep.PREVENTION_DELAYED, gettext_lazy("That work could not begin in time")),
            (HazardStep.CLOSED, gettext_lazy("Closed")),
        ],
    )
    work_needed = Choice(
        label=gettext_lazy("If it was investigated: is work needed?"),
        required=False,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )
    why = Words(
        label=gettext_lazy("Why, or anything else to say about it"),
        help_text=gettext_lazy(
            "Needed where the people have moved out, where work could not begin in time, and to close this."
        ),
        required=False,
        max_length=2000,
    )


@require_safe
def hazards_page(request: Page) -> HttpResponse:
    """Unsafe homes that are not closed, those known longest first."""
    hazards = open_hazards(request.viewer)
    record_read("hazards.read", about=None, ids=[("hazard", each.id) for each in hazards], durable=False)
    now = clock.now()
    limits = clocks_about(request.viewer, "hazard", [each.id for each in hazards], at=now)
    return render(request, "work/hazards.jinja", {"hazards": hazards, "limits": limits, "now": now})


@require_safe
def hazard_page(request: Page, public_id: UUID) -> HttpResponse:
    """One unsafe home: what, who lives there in a word, and the law's limits."""
    found, now = hazard(request.viewer, public_id), clock.now()
    record_read("hazard.read", about=found, ids=[("hazard", found.id)], durable=False)
    page = {
        "hazard": found,
        "clocks": clocks_for(request.viewer, found, at=now),
        "now": now,
        "markers": markers_on(request.viewer, home=found.home, on=timezone.localdate(now)),
        "may_classify": may(request.viewer.parts, Act.CLASSIFY_HAZARD),
        "may_work": may(request.viewer.parts, Act.WORK_HAZARD),
    }
    return render(request, "work/hazard.jinja", page)


def classify_page(request: Page, public_id: UUID) -> HttpResponse:
    """Judge a hazard."""
    found = hazard(request.viewer, public_id, act=Act.CLASSIFY_HAZARD)
    form = under_policy_of(ClassifyForm(request.POST or None, initial={"version": found.version}), found, clock.now())

    def judge() -> str:
        told = form.cleaned_data
        classify_hazard(
            found, hazard_class=HazardClass(told["hazard_class"]), why=told["why"], version=told["version"],
            by=request.viewer, at=clock.now(),
        )  # fmt: skip
        return _("Your judgement is recorded, and the limits follow it.")

    return _page(request, form, _("Judge this hazard"), found, judge)


def step_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record the next step."""
    found = hazard(request.viewer, public_id, act=Act.WORK_HAZARD)
    form = under_policy_of(StepForm(request.POST or None, initial={"version": found.version}), found, clock.now())

    def take() -> str:
        told = form.cleaned_data
        step, now = HazardStep(told["step"]), clock.now()
        needed = {"yes": True, "no": False}.get(told["work_needed"]) if step is HazardStep.INVESTIGATED else None
        work_on_hazard(
            found, step, done_at=now, version=told["version"], by=request.viewer, at=now, why=told["why"],
            work_needed=needed,
        )  # fmt: skip
        return _("The step is recorded.")

    return _page(request, form, _("Record what has been done"), found, take)


def _page(request: Page, form: forms.Form, title: str, found: AHazard, act: Callable[[], str]) -> HttpResponse:
    return act_page(
        request, form, title=title, button=_("Record"), back=f"/unsafe-home/{found.public_id}", act=act, field="why",
        caption=found.home.address,
    )  # fmt: skip
