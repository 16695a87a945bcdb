"""The decision on screen, step by step, at one address. Every press keeps what was typed, also *Back*."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access import clock
from hearth.access.references import NotAReference, read
from hearth.access.terms import Act
from hearth.cases.queries import case_at_home, case_called, case_for
from hearth.cases.terms import NoSuchCase, Risk
from hearth.concerns import queries
from hearth.concerns.terms import NotComplete, NothingCalled, Stage
from hearth.drafts.operations import save_draft, sign_form
from hearth.drafts.terms import SIGNATURE_FIELD, AlreadySent, TooLong
from hearth.ledger.operations import record_read
from hearth.organisation.queries import people_in_parts
from hearth.organisation.terms import Part
from hearth.partners.queries import agencies_told
from hearth.partners.terms import Asked
from hearth.pathway.deciding import Begin, Decided, decide_concern
from hearth.timescales.standing import company_with_policy_of, pack_for
from hearth.timescales.stopping import keep_stopped
from hearth.timescales.terms import GateUnmet, Unmet
from hearth.triage.deciders import deciders_on
from hearth.triage.factors import factor
from hearth.triage.levels import levels_for
from hearth.triage.queries import decisions_on
from hearth.triage.referrers import why_not_refer
from hearth.triage.terms import FACTORS, ChildThere, Judgement, Limb, Limbs, Outcome, SubjectKind
from hearth.web.clauses import asked_by, say_unmet
from hearth.web.concerns.forms import yes_or_no
from hearth.web.keeping import fields_of
from hearth.web.middleware import Page
from hearth.web.named import keep_if_not_here
from hearth.web.triage.answers import rows_of
from hearth.web.triage.journey import CHECK, FORMS, Journey, begun
from hearth.web.triage.offered import Offered
from hearth.web.triage.steps import DETAILS, ReferralStep
from hearth.web.words import clock_time

PEOPLE = (Part.CASE_WORKER, Part.CASE_MANAGER, Part.TRIAGE, Part.LEAD, Part.DEPUTY)
HEADINGS = {
    "who": gettext_lazy("Who is affected?"),
    "adult": gettext_lazy("The adult test"),
    "decision": gettext_lazy("The decision"),
    "referral": gettext_lazy("The referral"),
    "reasons": gettext_lazy("The reasons"),
    CHECK: gettext_lazy("Check your answers"),
}
THEN_CHECK = "then"


def decide_page(request: Page, public_id: UUID) -> HttpResponse:
    """Decide on a concern, with reasons, and begin what was decided."""
    concern = queries.concern_for(request.viewer, public_id, act=Act.TRIAGE_CONCERN)
    if concern.stage == Stage.DECIDED:
        messages.info(request, _("Somebody has already decided on this concern."))
        return redirect("concern", public_id)
    now = clock.now()
    cases = [(str(case.public_id), case.reference) for case in case_at_home(request.viewer, concern.home_id)]
    pack = pack_for(concern, now)
    panel = deciders_on(concern, at=now)
    levels = levels_for(concern, at=now)
    others_refer = why_not_refer(concern, by=request.viewer, at=now)
    step = request.GET.get("step", "")

    def offer(named: Sequence[int]) -> Offered:
        """Everybody who may be named where it is asked; elsewhere only whoever was."""
        among = None if step == "decision" else named
        people = people_in_parts(PEOPLE, at=now, among=among)
        return Offered(
            pack,
            people,
            cases,
            panel,
            request.viewer.id,
            others_refer,
            levels,
            is_restricted=concern.restricted,
            clauses_of=company_with_policy_of(concern, now),
            told=agencies_told(request.viewer, concern) if pack.referring else frozenset(),
        )

    rounds = len(decisions_on(request.viewer, concern))
    journey = begun(request.viewer, public_id, rounds=rounds, offer=offer, now=now)
    page = {"concern": concern, "journey": journey}
    if step not in {*journey.steps(), CHECK}:
        return _to(journey, journey.first_open())
    if step == CHECK:
        return _check(request, journey, page)
    return _answer(request, journey, step, page) if request.method == "POST" else _ask(request, journey, step, page)


def _heading(step: str, journey: Journey) -> str:
    """What a step is called. The adult test has the name the law of the nation gives it."""
    return journey.offered.pack.label("heading", f"{step}_test", str(HEADINGS[step]))


def _ask(
    request: Page,
    journey: Journey,
    step: str,
    page: dict[str, Any],
    form: forms.Form | None = None,
    *,
    then_check: bool = False,
) -> HttpResponse:
    """Show one step with what was typed."""
    concern = page["concern"]
    record_read("concern.read", about=concern, ids=[("concern", concern.id)], durable=concern.restricted)
    key = journey.key(step)
    words = {
        "form": form or journey.shown(step),
        "heading": _heading(step, journey),
        "step": step,
        "address": _address(journey, step, back_to_check=then_check or THEN_CHECK in request.GET),
        "hidden": [(SIGNATURE_FIELD, sign_form(request.viewer, journey.form, key, at=journey.now))],
        "has_before": bool(journey.before(step)),
    }
    return render(request, f"triage/decide_{step}.jinja", {**page, **words})


def _answer(request: Page, journey: Journey, step: str, page: dict[str, Any]) -> HttpResponse:
    """Keep what was typed, then go on, go back, or stay where something is missing."""
    act, saved = request.POST.get("act", ""), _kept(request, journey, step)
    if act == "keep" and not request.accepts("text/html"):
        said = _("Saved at %(time)s. Nothing is decided yet.") % {"time": clock_time(journey.now)}
        words = said if saved else _("Not saved.")
        return JsonResponse({"words": words, "is_saved": saved})
    journey = journey.with_typed(step, request.POST)
    if act == "leave" and saved:
        messages.info(request, _("Your answers are kept for you. Nothing is decided yet."))
        return redirect("concern", journey.concern)
    if act == "back" and saved:
        return _to(journey, journey.before(step) or step)
    form = journey.bound(step, request.POST)
    if not form.is_valid():
        return _ask(request, journey, step, page, form)
    if not saved:
        form.add_error(None, _("This could not be kept: it is too long, or it was sent before. Nothing is lost here."))
        return _ask(request, journey, step, page, form)
    return _to(journey, journey.first_open() if THEN_CHECK in request.GET else journey.after(step))


def _check(request: Page, journey: Journey, page: dict[str, Any]) -> HttpResponse:
    """Everything on one page before it is recorded; each answer can still be changed."""
    if (missing := journey.first_open()) != CHECK:
        messages.info(request, _("Answer this before you record the decision."))
        return _to(journey, missing, back_to_check=True)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = _decide(request, journey, form, page)
        if isinstance(done, HttpResponse):
            return done
        if done is not None:
            journey.finish()
            messages.success(request, _("Your decision is recorded."))
            if done.decision.outcome == Outcome.ALLEGATION and not page["concern"].restricted:
                return redirect("queue")  # the record is shut now, to whoever decided too
            return redirect("case", done.case.public_id) if done.case else redirect("concern", journey.concern)
    concern = page["concern"]
    record_read("concern.read", about=concern, ids=[("concern", concern.id)], durable=concern.restricted)
    sections = [
        (_heading(step, journey), rows_of(journey.bound(step), _address(journey, step, back_to_check=True)))
        for step in journey.steps()
    ]
    before = _address(journey, journey.before(CHECK))
    words = {"form": form, "heading": HEADINGS[CHECK], "sections": sections, "before": before}
    return render(request, "triage/decide_check.jinja", {**page, **words})


def _decide(request: Page, journey: Journey, form: forms.Form, page: dict[str, Any]) -> Decided | HttpResponse | None:
    """Record the decision, or say what stands in the way: on the page, or in the step that asks for it."""
    concern = page["concern"]
    told = {step: _cleaned(journey.bound(step)) for step in journey.steps()}
    try:
        begin = _begin(request, journey, told)
        return decide_concern(
            concern, _judgement(told), begin, by=request.viewer, at=clock.now(), key=journey.key(CHECK)
        )  # fmt: skip
    except NotComplete as problem:
        keep_if_not_here(request, problem)
        form.add_error(None, str(problem))
    except GateUnmet as problem:
        keep_stopped(problem, at=clock.now())
        if step := _step_asked(journey, problem.unmet):
            form = journey.bound(step)
            say_unmet(form, problem.unmet)
            return _ask(request, journey, step, page, form, then_check=True)
        say_unmet(form, problem.unmet)
    return None


def _step_asked(journey: Journey, unmet: Sequence[Unmet]) -> str:
    """The first step with a field that a gate asks about, or nothing."""
    facts = [fact for gate in unmet for fact in gate.asks]
    return next((step for step in journey.steps() if any(asked_by(journey.bound(step), fact) for fact in facts)), "")


def _judgement(told: dict[str, dict[str, Any]]) -> Judgement:
    """What was decided, as triage takes it."""
    who, decision, reasons, adult = told["who"], told["decision"], told["reasons"], told.get("adult")
    outcome = Outcome(decision["outcome"])
    limbs = None
    if adult is not None:
        limbs = Limbs(
            Limb(adult["care_needs"]), adult["care_needs_why"], Limb(adult["at_risk"]), adult["at_risk_why"],
            Limb(adult["unable_to_protect"]), adult["unable_to_protect_why"],
        )  # fmt: skip
    watches = outcome is Outcome.WATCH
    return Judgement(
        outcome=outcome, considered=tuple(Outcome(code) for code in decision["considered"]), why=reasons["why"],
        clause=reasons["clause"], subject=SubjectKind(who["subject"]),
        children_in_household=ChildThere(who["children_in_household"]), limbs=limbs,
        domestic_abuse=who["domestic_abuse"] == "yes",
        child_decision=who["child_decision"],
        adult_wishes_only={"yes": True, "no": False}.get(reasons.get("adult_wishes_only", "")),
        harm=who["harm"], level=decision.get("level", ""),
        factors=tuple(factor(listed, code) for listed in FACTORS for code in who.get(listed, ())),
        detail=decision[DETAILS[outcome]] if outcome in DETAILS else "",
        feedback=reasons["feedback"], hold_feedback=reasons["hold_feedback"],
        watch_owner_id=decision["watch_owner"] if watches else None,
        watch_until=decision["watch_until"] if watches else None,
        with_whom=tuple(map(int, decision.get("with_whom", ()))) if outcome is not Outcome.REFER_NOW else (),
    )  # fmt: skip


def _begin(request: Page, journey: Journey, told: dict[str, dict[str, Any]]) -> Begin:
    """What is begun with it: the case, the case joined, the agency asked. Only what the decision itself asks for."""
    decision, outcome = told["decision"], Outcome(told["decision"]["outcome"])
    asked = _asked(journey, told) if journey.refers else None
    if outcome is Outcome.OPEN_CASE:
        return Begin(
            risk=Risk(decision["risk"]), risk_why=decision["risk_why"], hand_to=decision["hand_to"],
            what_matters=decision["what_matters"], asked=asked,
        )  # fmt: skip
    if outcome is Outcome.ALLEGATION:
        return Begin(asked=asked, about_the_lead=yes_or_no(decision.get("about_the_lead", "")))
    if outcome is not Outcome.JOIN:
        return Begin(asked=asked)
    if not decision["join_called"]:
        return Begin(join=case_for(request.viewer, decision["join"]), asked=asked)
    try:
        called = read(decision["join_called"])
        return Begin(join=case_called(request.viewer, called), asked=asked)
    except NotAReference as problem:
        raise NotComplete("join", str(problem)) from None
    except NoSuchCase as attempt:
        missing = _("There is no case with this reference that you can open")
        raise NothingCalled("join", missing, attempt=attempt, asked_for=called) from None


def _asked(journey: Journey, told: dict[str, dict[str, Any]]) -> Asked | None:
    form = journey.bound("referral")
    if not isinstance(form, ReferralStep) or not form.is_valid():
        return None
    is_immediate = told["decision"]["outcome"] == Outcome.REFER_NOW
    return form.to_agency(subject=told["who"]["subject"], is_immediate=is_immediate)


def _cleaned(form: forms.Form) -> dict[str, Any]:
    form.is_valid()
    return form.cleaned_data


def _kept(request: Page, journey: Journey, step: str) -> bool:
    """Save what is typed in this step. Says whether it could be."""
    try:
        save_draft(
            form=journey.form, form_key=journey.key(step), fields=fields_of(request), by=request.viewer, at=journey.now
        )
    except (TooLong, AlreadySent):
        return False
    return True


def _to(journey: Journey, step: str, *, back_to_check: bool = False) -> HttpResponse:
    return redirect(_address(journey, step, back_to_check=back_to_check))


def _address(journey: Journey, step: str, *, back_to_check: bool = False) -> str:
    """One address for the whole journey; the step in it tells nothing of what was answered."""
    known = step if step in {*FORMS, CHECK} else "who"
    more = f"&{THEN_CHECK}=check" if back_to_check else ""
    return f"{reverse('decide_concern', kwargs={'public_id': journey.concern})}?step={known}{more}"
