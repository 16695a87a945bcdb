"""Other agencies' own processes on screen: that one has begun, its steps with their days, and how it ended."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.queries import parts_in
from hearth.access.rules import may
from hearth.access.terms import Act, NotHere
from hearth.cases.queries import case_for
from hearth.concerns.terms import MOST_SHORT
from hearth.partners import operations
from hearth.partners.queries import process_for
from hearth.partners.terms import STEPS, Process, Step
from hearth.policy.queries import pack_in_force
from hearth.policy.terms import Fact
from hearth.timescales.queries import clocks_for
from hearth.web.acting import act_page
from hearth.web.cases.work import looked
from hearth.web.forms import Choice, DayField, Line, RevealingForm, Words
from hearth.web.middleware import Page
from hearth.web.partners.forms import agency_name

NAMES = {
    Process.ASSESSMENT: gettext_lazy("The council’s assessment of a child"),
    Process.SECTION_47: gettext_lazy("Section 47 enquiry"),
    Process.CHILD_IN_NEED: gettext_lazy("Child in need plan"),
    Process.CHILD_PROTECTION_PLAN: gettext_lazy("Child protection plan"),
    Process.SECTION_42: gettext_lazy("Section 42 enquiry about an adult"),
    Process.MARAC: gettext_lazy("Multi-agency risk conference about domestic abuse"),
}
STEP_NAMES = {
    "case.assessment_started": gettext_lazy("The assessment has begun"),
    "case.assessment_completed": gettext_lazy("The assessment is finished"),
    "case.section_47_started": gettext_lazy("The enquiry has begun"),
    "case.conference_held": gettext_lazy("The first conference was held"),
    "case.section_47_ended": gettext_lazy("The enquiry has ended"),
    "case.statutory_plan_started": gettext_lazy("The plan has begun"),
    "case.core_group_held": gettext_lazy("The core group met"),
    "case.conference_reviewed": gettext_lazy("The plan was reviewed at a conference"),
    "case.statutory_plan_ended": gettext_lazy("The plan has ended"),
    "case.section_42_started": gettext_lazy("The enquiry has begun"),
    "case.section_42_ended": gettext_lazy("The enquiry has ended"),
    "case.marac_listed": gettext_lazy("It is listed for a conference"),
    "case.marac_held": gettext_lazy("The conference was held"),
}
DAY_NAMES = {
    "referred_on": gettext_lazy("On which day did the council get the referral?"),
    "strategy_discussion_on": gettext_lazy("On which day was the strategy discussion?"),
    "meets_on": gettext_lazy("On which day does the conference meet?"),
}
PLAN_NAMES = {
    "protection_plan": gettext_lazy("A child protection plan"),
    "child_in_need_plan": gettext_lazy("A child in need plan"),
    "no_plan": gettext_lazy("No plan"),
}


class BeginForm(RevealingForm):
    """Which process has begun, since when, and who leads it."""

    revealed = ("referred_on", "strategy_discussion_on", "meets_on")

    process = Choice(
        label=gettext_lazy("What has begun?"),
        missing=gettext_lazy("Select what has begun"),
        choices=[(process, NAMES[process]) for process in Process],
    )
    began_on = DayField(label=gettext_lazy("On which day?"), missing=gettext_lazy("Enter the day on which it began"))
    referred_on = DayField(
        label=DAY_NAMES["referred_on"],
        help_text=gettext_lazy("For an assessment or a section 47 enquiry. Its limit counts from this day."),
        required=False,
    )
    strategy_discussion_on = DayField(
        label=DAY_NAMES["strategy_discussion_on"], help_text=gettext_lazy("For a section 47 enquiry."), required=False
    )
    meets_on = DayField(
        label=DAY_NAMES["meets_on"], help_text=gettext_lazy("For a multi-agency risk conference."), required=False
    )
    lead_practitioner = Line(label=gettext_lazy("Who leads it there?"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("process"):
            for name in _first(Process(told["process"])).days:
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter this day. A limit counts from it."))
        return told


class StepForm(forms.Form):
    """One step of a process."""

    on = DayField(label=gettext_lazy("On which day?"), missing=gettext_lazy("Enter the day"))
    outcome = Choice(label=gettext_lazy("What was decided?"), missing=gettext_lazy("Select what was decided"))
    lead_practitioner = Line(label=gettext_lazy("Who leads it there now?"), required=False)
    what = Words(
        label=gettext_lazy("What came of it?"), max_length=MOST_SHORT, missing=gettext_lazy("Write what came of it")
    )

    def __init__(self, *args: Any, step: Step, **options: Any) -> None:
        super().__init__(*args, **options)
        if step.outcomes:
            self.fields["outcome"].choices = [(name, PLAN_NAMES[name]) for name in step.outcomes]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["outcome"]
        if step.ends:
            del self.fields["lead_practitioner"]


class HighRiskForm(forms.Form):
    """High risk of domestic abuse, by a score or by judgement alone."""

    score = forms.IntegerField(
        label=gettext_lazy("What score did the checklist give?"),
        help_text=gettext_lazy("Leave it empty where you judge the risk high without it."),
        required=False,
        min_value=0,
        max_value=99,
    )
    why = Words(
        label=gettext_lazy("What shows high risk?"), max_length=MOST_SHORT, missing=gettext_lazy("Write what shows it")
    )


def begin_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record that another agency has begun a process of its own."""
    case = case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = BeginForm(request.POST or None)

    def begin() -> str:
        told = form.cleaned_data
        process = Process(told["process"])
        step = _first(process)
        facts: dict[str, Fact] = {name: told[name] for name in step.days}
        operations.process_step(
            case, process=process, step=step.act, by=request.viewer, at=clock.now(), facts=facts, on=told["began_on"],
            lead_practitioner=told["lead_practitioner"],
        )  # fmt: skip
        return _("It is recorded. Its limits are theirs; we watch them.")

    title = _("Another agency’s process has begun")
    return act_page(request, form, title=title, button=_("Record"), back=f"/case/{public_id}", act=begin)


@require_safe
def process_page(request: Page, public_id: UUID) -> HttpResponse:
    """One process: since when, who leads it, and its next steps."""
    process = process_for(request.viewer, public_id)
    looked("process.read", process)
    now, kind = clock.now(), Process(process.process)
    steps = [(number, STEP_NAMES[step.act]) for number, step in enumerate(STEPS[kind]) if not step.begins]
    page = {
        "process": process,
        "name": NAMES[kind],
        "agency": agency_name(pack_in_force(now), process.agency),
        "steps": steps if may(parts_in(request.viewer, process), Act.WORK_CASE) and process.ended_on is None else [],
        "clocks": [each for each in clocks_for(request.viewer, process.case, at=now) if each.whose == "watched"],
        "now": now,
    }
    return render(request, "partners/process.jinja", page)


def step_page(request: Page, public_id: UUID, number: int) -> HttpResponse:
    """Record one step of a process."""
    process = process_for(request.viewer, public_id, act=Act.WORK_CASE)
    looked("process.read", process)
    steps = STEPS[Process(process.process)]
    if number >= len(steps) or steps[number].begins or process.ended_on is not None:
        raise NotHere
    step = steps[number]
    form = StepForm(request.POST or None, step=step)

    def take() -> str:
        told = form.cleaned_data
        on: date = told["on"]
        facts: dict[str, Fact] = {"outcome": told["outcome"]} if step.outcomes else {}
        operations.process_step(
            process.case, process=Process(process.process), step=step.act, by=request.viewer, at=clock.now(),
            facts=facts, on=on, outcome=told["what"], lead_practitioner=told.get("lead_practitioner", ""),
        )  # fmt: skip
        return _("The step is recorded.")

    title = str(STEP_NAMES[step.act])
    return act_page(request, form, title=title, button=_("Record"), back=f"/process/{public_id}", act=take)


def high_risk_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record that somebody recognised high risk of domestic abuse: the limit for the conference begins."""
    case = case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = HighRiskForm(request.POST or None)

    def recognise() -> str:
        told = form.cleaned_data
        operations.high_risk_recognised(
            case, score=told["score"], why=told["why"], by=request.viewer, at=clock.now()
        )  # fmt: skip
        return _("High risk is recorded. The limit for referring to the conference runs.")

    title = _("High risk of domestic abuse")
    return act_page(request, form, title=title, button=_("Record"), back=f"/case/{public_id}", act=recognise)


def _first(process: Process) -> Step:
    """The step that begins a process."""
    return next(step for step in STEPS[process] if step.begins)
