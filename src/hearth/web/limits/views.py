"""One running limit on a page: what was promised, by when and by which clause; paused, resumed, extended, explained."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.queries import parts_in
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.cases.chronology import events
from hearth.pathway.limits import extend_limit, pause_limit, resume_limit
from hearth.pathway.whereabouts import Whereabouts, whereabouts
from hearth.timescales.handling import Handling, handled_so_far, handling, shown_due, why_over
from hearth.timescales.operations import explain_breach
from hearth.timescales.queries import Promise, clock_for, one_promise
from hearth.web.acting import act_page
from hearth.web.cases.work import looked
from hearth.web.citing import under_policy_of
from hearth.web.clauses import clause_link
from hearth.web.limits import words
from hearth.web.limits.forms import ExtendForm, PauseForm, ResumeForm, WhyLateForm
from hearth.web.middleware import Page
from hearth.web.words import day, moment


@require_safe
def limit_page(request: Page, public_id: UUID) -> HttpResponse:
    """One limit: its clause, how it stands, what was done to it, and what may be done."""
    row = clock_for(request.viewer, public_id)
    looked("limit.read", row)
    promise, can = one_promise(row, clock.now()), handling(request.viewer, row, at=clock.now())
    parts = parts_in(request.viewer, row)
    page = {
        "limit": promise,
        "can": can,
        "place": _place(request, promise),
        "history": events(handled_so_far(row)),
        "may_pause": may(parts, Act.PAUSE_CLOCK),
        "may_extend": may(parts, Act.EXTEND_CLOCK),
        "no_pause": words.why_no_pause(can),
        "no_later_day": words.why_no_later_day(can),
    }
    return render(request, "limits/limit.jinja", page)


def pause_page(request: Page, public_id: UUID) -> HttpResponse:
    """Pause a limit on a ground of the policy."""
    row = clock_for(request.viewer, public_id, act=Act.PAUSE_CLOCK)
    looked("limit.read", row)
    can, was = handling(request.viewer, row, at=clock.now()), one_promise(row, clock.now())
    if why_not := words.why_no_pause(can):
        return _not_now(request, was, can, title=_("Pause a limit"), why_not=why_not)
    form = PauseForm(request.POST or None, grounds=can.grounds)

    def stand_still() -> str:
        told = form.cleaned_data
        pause_limit(row, ground=told["ground"], why=told["why"], by=request.viewer, at=clock.now())
        return _("It stands still. It was due %(day)s; the time it stands still is given back.") % {"day": _due(was)}

    return act_page(
        request, form, title=_("Pause a limit"), button=_("Pause"), back=_to(public_id), act=stand_still,
        beside=_as_it_stands(was, can),
    )  # fmt: skip


def resume_page(request: Page, public_id: UUID) -> HttpResponse:
    """Let a limit run again."""
    row = clock_for(request.viewer, public_id, act=Act.PAUSE_CLOCK)
    looked("limit.read", row)
    can, was = handling(request.viewer, row, at=clock.now()), one_promise(row, clock.now())
    if why_not := words.why_no_resuming(can):
        return _not_now(request, was, can, title=_("Let it run again"), why_not=why_not)
    form = ResumeForm(request.POST or None)

    def run_again() -> str:
        resume_limit(row, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _moved(was, one_promise(row, clock.now()))

    return act_page(
        request, form, title=_("Let it run again"), button=_("Let it run"), back=_to(public_id), act=run_again,
        beside=_as_it_stands(was, can),
    )  # fmt: skip


def extend_page(request: Page, public_id: UUID) -> HttpResponse:
    """Give a limit a later day, as the one who approves it."""
    row = clock_for(request.viewer, public_id, act=Act.EXTEND_CLOCK)
    looked("limit.read", row)
    can, was = handling(request.viewer, row, at=clock.now()), one_promise(row, clock.now())
    if why_not := words.why_no_later_day(can):
        return _not_now(request, was, can, title=_("Approve a later day"), why_not=why_not)
    form = ExtendForm(request.POST or None)

    def approve() -> str:
        told = form.cleaned_data
        extend_limit(row, to=told["to"], why=told["why"], by=request.viewer, at=clock.now())
        return _moved(was, one_promise(row, clock.now()))

    return act_page(
        request, form, title=_("Approve a later day"), button=_("Approve"), back=_to(public_id), act=approve,
        beside=_as_it_stands(was, can),
    )  # fmt: skip


def why_late_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say why a limit ran over. It excuses nothing; closing asks for it, where the policy does."""
    row = clock_for(request.viewer, public_id, act=Act.PAUSE_CLOCK)
    looked("limit.read", row)
    can, was = handling(request.viewer, row, at=clock.now()), one_promise(row, clock.now())
    if why_not := words.why_nothing_to_explain(can):
        return _not_now(request, was, can, title=_("Why it ran over"), why_not=why_not)
    form = WhyLateForm(request.POST or None, grounds=can.reasons, initial={"why": why_over(row)})
    under_policy_of(form, row, clock.now())

    def explain() -> str:
        told = form.cleaned_data
        explain_breach(row, ground=told["ground"], why=told["why"], by=request.viewer, at=clock.now())
        return _("The reason is kept.")

    return act_page(
        request, form, title=_("Why it ran over"), button=_("Keep the reason"), back=_to(public_id), act=explain,
        beside=_as_it_stands(was, can),
    )  # fmt: skip


def _not_now(request: Page, promise: Promise, can: Handling, *, title: str, why_not: str) -> HttpResponse:
    """In place of a form that nobody could send: why not."""
    page = {"title": title, "why_not": why_not, "beside": _as_it_stands(promise, can), "back": _to(promise.public_id)}
    return render(request, "limits/not_now.jinja", page)


def _as_it_stands(promise: Promise, can: Handling) -> SafeString:
    """The promise, its day and its clause, above every form that touches it."""
    lines: list[str] = [promise.promise, _("Due %(day)s") % {"day": _due(promise)}]
    if can.if_resumed is not None:
        lines.append(_("If it runs again now it is due %(day)s") % {"day": _written(shown_due(can.if_resumed))})
    for clause, text in ((promise.clause, promise.clause_text), *promise.also):
        lines.append(format_html("{}: {}", clause_link(clause, promise.entity), text))
    return format_html_join("\n", "{}", [(line,) for line in [*lines, str(promise.force_sentence)]])


def _moved(was: Promise, now: Promise) -> str:
    words = _("It was due %(before)s. It is now due %(after)s, clause %(clause)s.")
    return words % {"before": _due(was), "after": _due(now), "clause": now.clause}


def _due(promise: Promise) -> str:
    return _written(promise.due_day or promise.due_at)


def _written(when: date | datetime | None) -> str:
    if when is None:
        return _("as required")
    return moment(when) if isinstance(when, datetime) else day(when)


def _place(request: Page, promise: Promise) -> Whereabouts | None:
    return whereabouts(request.viewer, [promise]).get((promise.about_kind, promise.about_id))


def _to(public_id: UUID) -> str:
    return f"/limit/{public_id}"
