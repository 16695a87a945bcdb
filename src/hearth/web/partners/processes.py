"""Other agencies' own processes on screen: that one has begun, its steps with their days, and how it ended."""

from dataclasses import replace
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
from hearth.policy.packs import Pack
from hearth.policy.packs.naming import CODES, called
from hearth.policy.terms import Fact
from hearth.timescales.queries import clocks_for
from hearth.timescales.standing import pack_for
from hearth.web.acting import act_page
from hearth.web.cases.work import looked
from hearth.web.citing import Governed, Questions, under_policy_of
from hearth.web.forms import Choice, DayField, Line, RevealingForm, Words, choices_of
from hearth.web.middleware import Page
from hearth.web.partners.offices import agency_name


class BeginForm(Governed, RevealingForm):
    """Which process has begun, since when, and who leads it."""

    revealed = ("referred_on", "strategy_discussion_on", "meets_on")
    policy = Questions(
        acts=tuple(step.act for steps in STEPS.values() for step in steps if step.begins), on="began_on",
        words={"process": "process"},
    )  # fmt: skip

    process = Choice(label=gettext_lazy("What has begun?"), missing=gettext_lazy("Select what has begun"))
    began_on = DayField(label=gettext_lazy("On which day?"), missing=gettext_lazy("Enter the day on which it began"))
    referred_on = DayField(required=False)
    strategy_discussion_on = DayField(required=False)
    meets_on = DayField(required=False)
    lead_practitioner = Line(label=gettext_lazy("Who leads it there?"), required=False)

    def __init__(self, *args: Any, pack: Pack, **options: Any) -> None:
        super().__init__(*args, **options)
        names = {process: called(pack, "process", process) for process in Process}
        choices_of(self, "process").choices = list(names.items())
        for day in CODES["process_day"]:
            asked_of = "; ".join(name for process, name in names.items() if day in _first(process).days)
            self.fields[day].label = called(pack, "process_day", day)
            self.fields[day].help_text = _("For: %(processes)s. Its limit counts from this day.") % {
                "processes": asked_of
            }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("process"):
            for name in _first(Process(told["process"])).days:
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Enter this day. A limit counts from it."))
        return told


class StepForm(Governed):
    """One step of a process."""

    policy = Questions(words={"outcome": "plan"})

    on = DayField(label=gettext_lazy("On which day?"), missing=gettext_lazy("Enter the day"))
    outcome = Choice(label=gettext_lazy("What was decided?"), missing=gettext_lazy("Select what was decided"))
    lead_practitioner = Line(label=gettext_lazy("Who leads it there now?"), required=False)
    what = Words(
        label=gettext_lazy("What came of it?"), max_length=MOST_SHORT, missing=gettext_lazy("Write what came of it")
    )

    def __init__(self, *args: Any, step: Step, pack: Pack, **options: Any) -> None:
        super().__init__(*args, **options)
        self.policy = replace(self.policy, acts=(step.act,), on="on")
        if step.outcomes:
            choices_of(self, "outcome").choices = [(name, called(pack, "plan", name)) for name in step.outcomes]
        else:
            del self.fields["outcome"]
        if step.ends:
            del self.fields["lead_practitioner"]


class HighRiskForm(Governed):
    """High risk of domestic abuse, by a score or by judgement alone."""

    policy = Questions(acts=("case.high_risk_recognised",), on="on")

    on = DayField(
        label=gettext_lazy("On which day was it recognised?"),
        help_text=gettext_lazy("The limit for referring to the conference counts from it."),
        missing=gettext_lazy("Enter the day on which it was recognised"),
    )
    score = forms.IntegerField(
        label=gettext_lazy("What score did the checklist give?"),
        help_text=gettext_lazy("Leave it empty where you judge the risk high without it."),
        required=False,
        min_value=0,
        max_value=99,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), gettext_lazy("Enter a score from 0 to 99")),
    )
    why = Words(
        label=gettext_lazy("What shows high risk?"), max_length=MOST_SHORT, missing=gettext_lazy("Write what shows it")
    )


def begin_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record that another agency has begun a process of its own."""
    case = case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = BeginForm(request.POST or None, pack=pack_for(case, clock.now()))
    under_policy_of(form, case, clock.now())

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

    return act_page(
        request, form, title=_("Another agency’s process has begun"), button=_("Record"), back=f"/case/{public_id}",
        act=begin, caption=case.reference,
    )  # fmt: skip


@require_safe
def process_page(request: Page, public_id: UUID) -> HttpResponse:
    """One process: since when, who leads it, and its next steps."""
    process = process_for(request.viewer, public_id)
    looked("process.read", process)
    now, kind = clock.now(), Process(process.process)
    pack = pack_for(process, now)
    steps = [(number, _called(pack, step)) for number, step in enumerate(STEPS[kind]) if not step.begins]
    page = {
        "process": process,
        "name": called(pack, "process", kind),
        "agency": agency_name(pack, process.agency),
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
    step, pack = steps[number], pack_for(process, clock.now())
    form = under_policy_of(StepForm(request.POST or None, step=step, pack=pack), process, clock.now())

    def take() -> str:
        told = form.cleaned_data
        on: date = told["on"]
        facts: dict[str, Fact] = {"outcome": told["outcome"]} if step.outcomes else {}
        operations.process_step(
            process.case, process=Process(process.process), step=step.act, by=request.viewer, at=clock.now(),
            facts=facts, on=on, outcome=told["what"], lead_practitioner=told.get("lead_practitioner", ""),
        )  # fmt: skip
        return _("The step is recorded.")

    return act_page(
        request, form, title=_called(pack, step), button=_("Record"), back=f"/process/{public_id}", act=take,
        caption=called(pack, "process", process.process),
    )  # fmt: skip


def high_risk_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record that somebody recognised high risk of domestic abuse: the limit for the conference begins."""
    case = case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = under_policy_of(HighRiskForm(request.POST or None), case, clock.now())

    def recognise() -> str:
        told = form.cleaned_data
        operations.high_risk_recognised(
            case, score=told["score"], why=told["why"], on=told["on"], by=request.viewer, at=clock.now()
        )  # fmt: skip
        return _("High risk is recorded. The limit for referring to the conference runs.")

    return act_page(
        request, form, title=_("High risk of domestic abuse"), button=_("Record"), back=f"/case/{public_id}",
        act=recognise, caption=case.reference,
    )  # fmt: skip


def _first(process: Process) -> Step:
    """The step that begins a process."""
    return next(step for step in STEPS[process] if step.begins)


def _called(pack: Pack, step: Step) -> str:
    """A step as the policy calls it."""
    return called(pack, "process_step", step.act.partition(".")[2])
