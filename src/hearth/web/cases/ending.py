"""How a case ends on screen: support in place, the closing questions, the second approver, opening again."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.terms import Act, Viewer
from hearth.cases import queries
from hearth.cases.operations import afterwards, closing
from hearth.cases.planned import dropped_actions
from hearth.cases.terms import Ending
from hearth.concerns.terms import NotComplete
from hearth.ledger.operations import record_read
from hearth.partners.queries import processes_of
from hearth.pathway.closing import ask_for_closing
from hearth.policy.packs import Pack
from hearth.policy.packs.naming import called
from hearth.policy.packs.shapes import Rule
from hearth.policy.terms import Whose
from hearth.timescales.asking import needs_before
from hearth.timescales.handling import reason_for_breach
from hearth.timescales.queries import clocks_in_circle
from hearth.timescales.standing import pack_for, packs_for
from hearth.timescales.stopping import keep_stopped
from hearth.timescales.terms import GateUnmet
from hearth.web.acting import Done, act_page
from hearth.web.cases.closing_form import CloseForm
from hearth.web.cases.forms import HowItWasForm, ReopenForm, SupportForm, WhyForm
from hearth.web.cases.work import looked
from hearth.web.citing import under_policy_of
from hearth.web.clauses import in_one_line
from hearth.web.forms import Text, offered
from hearth.web.middleware import Page

CHOSEN = ("outcome", "wishes_answered", "child_decision")


def support_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say that the resolution and the support are in place."""
    case = queries.case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = under_policy_of(SupportForm(request.POST or None), case, clock.now())

    def say() -> str:
        closing.support_in_place(case, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("It is recorded that support is in place.")

    return act_page(
        request, form, title=_("Support is in place"), button=_("Record"), back=f"/case/{case.public_id}", act=say,
        caption=case.reference,
    )  # fmt: skip


def close_page(request: Page, public_id: UUID) -> HttpResponse:
    """Ask for the case to be closed. It closes at once where the policy asks for no second approver."""
    case = queries.case_for(request.viewer, public_id, act=Act.CLOSE_CASE)
    looked("case.read", case)
    now = clock.now()
    needs = needs_before("case.closed", about=case, known=closing.known_before(case), at=now)
    before = queries.closing_asked_before(request.viewer, case)
    form = CloseForm(request.POST or None, needs=needs, initial=_told_before(before, case))
    under_policy_of(form, case, now)
    pack = pack_for(case, now)
    running = [
        called(pack, "process", each.process)
        for each in processes_of(request.viewer, case)
        if each.ended_on is None
    ]  # fmt: skip

    def ask() -> Done:
        asked = ask_for_closing(case, form.ending(), by=request.viewer, at=clock.now())
        if asked.is_closed:
            return Done(_("The case is closed."))
        kept = _("Your answers are kept and wait for a second approver. The case cannot close yet:")
        messages.warning(request, format_html("{} {}", kept, in_one_line(asked.missing)))
        return Done("")

    approver = next((need for need in needs if need.fact == "second_approver" and need.is_certain), None)
    return act_page(
        request, form, title=_("Close this case"), button=_("Ask for approval") if approver else _("Close the case"),
        back=f"/case/{case.public_id}", act=ask,
        template="cases/close.jinja", case=case, running=running, before=before, approver=approver,
        ours=_left_over(request.viewer, case, pack, now),
    )  # fmt: skip


def _left_over(viewer: Viewer, case: queries.ACase, pack: Pack, at: datetime) -> list[str]:
    """What we promised and closing does not end by itself: it must be finished or ended first."""
    going = [each for each in clocks_in_circle(viewer, case.circle_id, at=at) if each.whose is Whose.OURS]
    return [each.promise for each in going if each.rule not in pack.rules or not _ends_with_it(pack.rules[each.rule])]


def _ends_with_it(rule: Rule) -> bool:
    return any(each.act == "case.closed" for each in (*rule.stops, *rule.ends))


def _told_before(before: queries.AClosure | None, case: queries.ACase) -> Mapping[str, str]:
    """The answers of the last asking, where there was one; else what was said beforehand of why the case is late."""
    told = {each.name: getattr(before, each.name) for each in fields(Ending)} if before else {}
    return {**told, "breach_reason": told.get("breach_reason") or reason_for_breach(case)}


@require_safe
def approvals_page(request: Page) -> HttpResponse:
    """Closures that wait for my approval, the oldest first."""
    waiting = queries.closures_waiting(request.viewer)
    ids = [("closure", each.id) for each in waiting]
    record_read("closures.listed", about=None, ids=ids, durable=any(each.restricted for each in waiting))
    packs = packs_for([each.case for each in waiting], clock.now())
    risks = {each.id: called(packs(each.case), "risk_band", each.case.risk) for each in waiting}
    return render(request, "cases/approvals.jinja", {"closures": waiting, "risks": risks})


def approve_page(request: Page, public_id: UUID) -> HttpResponse:
    """Approve a closure that somebody else asked for."""
    case = queries.case_for(request.viewer, public_id, act=Act.APPROVE_CLOSURE)
    closure = queries.closure_waiting(request.viewer, case)
    looked("closure.read", closure)
    if request.method == "POST":
        try:
            closing.close(closure, by=request.viewer, at=clock.now(), approves=True)
            messages.success(request, _("Approved. The case is closed."))
            return redirect("case", public_id)
        except NotComplete as problem:
            messages.warning(request, str(problem))
        except GateUnmet as problem:
            keep_stopped(problem, at=clock.now())
            messages.warning(request, in_one_line(problem.unmet))
    wanted = closing.wanted(closure, by=request.viewer, at=clock.now())
    told = _told(closure, pack_for(case, clock.now()))
    dropped = dropped_actions(request.viewer, case)
    page = {"case": case, "closure": closure, "wanted": wanted, "told": told, "dropped": dropped}
    return render(request, "cases/approve.jinja", page)


def refuse_page(request: Page, public_id: UUID) -> HttpResponse:
    """Do not approve a closure, and say why. The case stays open and whoever asked is told."""
    case = queries.case_for(request.viewer, public_id, act=Act.APPROVE_CLOSURE)
    closure = queries.closure_waiting(request.viewer, case)
    looked("closure.read", closure)
    form = WhyForm(request.POST or None)
    form.fields["why"].label = _("Why should the case not close yet?")
    form.fields["why"].help_text = _("Say what is still to do. Whoever asked reads it and can ask again.")
    form.fields["why"].error_messages["required"] = _("Write why the case should not close yet")

    def refuse() -> Done:
        closing.refuse(closure, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        said = _("Not approved. The case stays open, and %(name)s is told why.") % {"name": closure.asked_by.name}
        return Done(said, f"/case/{case.public_id}")

    return act_page(
        request, form, title=_("Do not approve closing this case"), button=_("Do not approve"),
        back=f"/case/{case.public_id}/approve", act=refuse, caption=case.reference,
        beside=closure.why, beside_title=_("How it ended, as %(name)s tells it") % {"name": closure.asked_by.name},
    )  # fmt: skip


def _told(closure: object, pack: Pack) -> Mapping[str, Text]:
    """What was chosen on closing, in the words it was chosen by."""
    codes = {name: str(getattr(closure, name)) for name in CHOSEN}
    return {name: pack.label(name, code, "") or offered(CloseForm, name)[code] for name, code in codes.items()}


def how_it_was_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record how a closed case was for those it was about, or why they could not be asked."""
    case = queries.case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = under_policy_of(HowItWasForm(request.POST or None), case, clock.now())

    def say() -> str:
        told = form.cleaned_data
        kept = "said" if told["was_asked"] == "yes" else "why_not"
        words = {**dict.fromkeys(("said", "why_not"), ""), kept: told[kept]}
        afterwards.ask_how_it_was(case, **words, on=told["on"], by=request.viewer, at=clock.now())
        return _("How it was for them is kept with the case.")

    return act_page(
        request, form, title=_("How it was for them"), button=_("Record"), back=f"/case/{case.public_id}", act=say,
        template="cases/how_it_was.jinja", caption=case.reference,
    )  # fmt: skip


def reopen_page(request: Page, public_id: UUID) -> HttpResponse:
    """Open a closed case again."""
    case = queries.case_for(request.viewer, public_id, act=Act.REOPEN_CASE)
    form = under_policy_of(ReopenForm(request.POST or None), case, clock.now())

    def open_again() -> str:
        closing.reopen(case, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("The case is open again. Its limits start anew.")

    return act_page(
        request, form, title=_("Open this case again"), button=_("Open again"), back=f"/case/{case.public_id}",
        act=open_again, caption=case.reference,
    )  # fmt: skip
