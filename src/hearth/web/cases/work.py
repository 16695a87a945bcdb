"""Working on a case: one page for each act, each with one form."""

from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.access.terms import Act
from hearth.cases import queries
from hearth.cases.folder import folder
from hearth.cases.operations import handing_over, judging, working
from hearth.cases.planned import TEAM
from hearth.cases.terms import ReviewOutcome, Risk
from hearth.ledger.operations import record_read
from hearth.ledger.terms import Subject
from hearth.organisation.queries import people_in_parts
from hearth.policy.packs.naming import called
from hearth.timescales.standing import pack_for
from hearth.web.acting import act_page
from hearth.web.cases.action_forms import ActionForm, FinishForm
from hearth.web.cases.forms import ContactForm, HandOverForm, NoteForm, OfferedForm, ReviewForm, RiskForm, SummaryForm
from hearth.web.citing import under_policy_of
from hearth.web.middleware import Page
from hearth.web.words import moment


class Restrictable(Subject, Protocol):
    """A record that may be restricted."""

    @property
    def restricted(self) -> bool: ...


class OneCase(Protocol):
    """A case, as far as the head of a page names it."""

    @property
    def public_id(self) -> UUID: ...
    @property
    def reference(self) -> str: ...


def looked(act: str, about: Restrictable) -> None:
    """Keep that a page with somebody's words was opened."""
    record_read(act, about=about, ids=[(about.ledger_kind, about.id)], durable=about.restricted)


def summary_page(request: Page, public_id: UUID) -> HttpResponse:
    """Change the summary."""
    case = queries.case_for(request.viewer, public_id, act=Act.WORK_CASE)
    looked("case.read", case)
    form = SummaryForm(request.POST or None, initial={"summary": case.summary, "version": case.version})

    def save() -> str:
        told = form.cleaned_data
        working.change_summary(case, version=told["version"], text=told["summary"], by=request.viewer, at=clock.now())
        return _("The summary is saved.")

    return _about(case, request, form, title=_("Change the summary"), button=_("Save"), act=save)


def action_page(request: Page, public_id: UUID) -> HttpResponse:
    """Change an action."""
    action = queries.action_for(request.viewer, public_id)
    looked("action.read", action)
    initial = {"text": action.text, "due_on": action.due_on, "version": action.version}
    form = under_policy_of(ActionForm(request.POST or None, initial=initial), action, clock.now())

    def change() -> str:
        told = form.cleaned_data
        working.change_action(
            action, version=told["version"], text=told["text"], due_on=told["due_on"], by=request.viewer, at=clock.now()
        )
        return _("The action is changed.")

    return _about(action.case, request, form, title=_("Change an action"), button=_("Save"), act=change)


def finish_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say that an action is done."""
    action = queries.action_for(request.viewer, public_id)
    looked("action.read", action)
    form = under_policy_of(FinishForm(request.POST or None), action, clock.now())

    def finish() -> str:
        working.finish_action(action, result=form.cleaned_data["result"], by=request.viewer, at=clock.now())
        return _("The action is done.")

    return _about(
        action.case, request, form, title=_("Finish an action"), button=_("It is done"), act=finish,
        beside=action.text, beside_title=_("The action"),
    )  # fmt: skip


def contact_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record a contact."""
    case = queries.case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = under_policy_of(ContactForm(request.POST or None), case, clock.now())

    def keep() -> str:
        working.record_contact(case, form.contact(), by=request.viewer, at=clock.now(), key=form.cleaned_data["key"])
        return _("The contact is recorded.")

    return _about(case, request, form, title=_("Record a contact"), button=_("Record"), act=keep)


def note_page(request: Page, public_id: UUID) -> HttpResponse:
    """Write a note."""
    case = queries.case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = NoteForm(request.POST or None)

    def write() -> str:
        told = form.cleaned_data
        working.write_note(case, text=told["text"], by=request.viewer, at=clock.now(), key=told["key"])
        return _("The note is kept.")

    return _about(case, request, form, title=_("Write a note"), button=_("Keep the note"), act=write)


def risk_page(request: Page, public_id: UUID) -> HttpResponse:
    """Judge the risk anew, beside the last judgement."""
    case = queries.case_for(request.viewer, public_id, act=Act.WORK_CASE)
    looked("case.read", case)
    form = under_policy_of(RiskForm(request.POST or None), case, clock.now())
    last = folder(request.viewer, case, newest=1).risk_bands[0]

    def judge() -> str:
        told = form.cleaned_data
        judging.set_risk(case, risk=Risk(told["risk"]), why=told["why"], by=request.viewer, at=clock.now())
        return _("The risk is recorded.")

    band = called(pack_for(case, clock.now()), "risk_band", last.band)
    beside = f"{band}, {last.set_by.name}: {last.why}"
    return _about(
        case, request, form, title=_("Judge the risk anew"), button=_("Record the risk"), act=judge, beside=beside
    )


def review_page(request: Page, public_id: UUID) -> HttpResponse:
    """A manager's review."""
    case = queries.case_for(request.viewer, public_id, act=Act.REVIEW_CASE)
    form = under_policy_of(ReviewForm(request.POST or None), case, clock.now())

    def review() -> str:
        told = form.cleaned_data
        outcome = ReviewOutcome(told["outcome"])
        judging.review_case(case, outcome=outcome, text=told["text"], by=request.viewer, at=clock.now())
        return _("The review is recorded.")

    return _about(case, request, form, title=_("Review as manager"), button=_("Record the review"), act=review)


def hand_over_page(request: Page, public_id: UUID) -> HttpResponse:
    """Offer the case to somebody."""
    case = queries.case_to_hand_over(request.viewer, public_id)
    form = HandOverForm(request.POST or None, people=people_in_parts(TEAM, at=clock.now()))
    under_policy_of(form, case, clock.now())

    def offer() -> str:
        told = form.cleaned_data
        handing_over.hand_over(
            case, to=told["to"], what_matters=told["what_matters"], by=request.viewer, at=clock.now()
        )
        return _("The case is offered. It stays where it is until they take it.")

    return _about(case, request, form, title=_("Hand over this case"), button=_("Offer the case"), act=offer)


def offered_page(request: Page, public_id: UUID) -> HttpResponse:
    """Take a case on, or give it back with a reason."""
    handover = queries.handover_for(request.viewer, public_id)
    looked("handover.read", handover)
    form = under_policy_of(OfferedForm(request.POST or None), handover.case, clock.now())

    def answer() -> str:
        told = form.cleaned_data
        if told["answer"] == "accept":
            handing_over.accept(handover, by=request.viewer, at=clock.now())
            return _("The case is yours.")
        handing_over.give_back(handover, why=told["why"], by=request.viewer, at=clock.now())
        return _("You gave the case back.")

    case = handover.case
    known = [
        (_("Case"), case.reference),
        (_("Where"), case.home.address if case.home else _("Not known")),
        (_("Risk"), called(pack_for(case, clock.now()), "risk_band", case.risk)),
        (_("Offered by"), f"{handover.offered_by.name}, {moment(handover.offered_at)}"),
    ]
    return act_page(
        request, form, title=_("A case is offered to you"), button=_("Answer"), back="/cases", act=answer, known=known,
        beside=handover.what_matters, beside_title=_("What matters most"),
    )  # fmt: skip


def _about(case: OneCase, request: Page, form: forms.Form, **more: Any) -> HttpResponse:
    """A form of one act of a case, headed by what is done and under the case's reference; back to the case."""
    return act_page(request, form, back=f"/case/{case.public_id}", caption=case.reference, **more)
