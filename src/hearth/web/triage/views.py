"""Pages of triage: what waits, and one concern on one page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearth.access import clock
from hearth.access.queries import company_of, parts_in
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.concerns import queries
from hearth.concerns.operations import add_to_concern, start_looking
from hearth.concerns.terms import NotComplete
from hearth.ledger.operations import record_read
from hearth.partners.queries import referrals_of_concern
from hearth.people.queries import who_is_who
from hearth.timescales.forces import force_of
from hearth.timescales.queries import clocks_for
from hearth.timescales.standing import companies_with_policies, company_with_policy_of, is_group, pack_for
from hearth.triage.levels import levels_for
from hearth.triage.queries import decisions_on, watches_of, who_decided_too
from hearth.triage.referrers import why_not_refer
from hearth.web.concerns import sending
from hearth.web.middleware import Page
from hearth.web.paging import place, turning
from hearth.web.partners.forms import told_of
from hearth.web.people.words import PARTS
from hearth.web.triage.forms import AddForm
from hearth.web.triage.told import as_decided, as_told


@require_safe
def queue_page(request: Page) -> HttpResponse:
    """What waits for a decision: danger first, then whose clock ends first. Those of a busy link can be left out."""
    alone = request.GET.get("links") == "few"
    most = sending.MANY_AN_HOUR
    concerns = queries.queue(request.viewer, place=place(request, queries.QUEUE), alone=most if alone else None)
    record_read("queue.read", about=None, ids=[("concern", concern.id) for concern in concerns], durable=False)
    page = {
        "concerns": concerns,
        "many": queries.among_many(request.viewer, concerns, most=most),
        "alone": alone,
        **_limits(concerns),
        **turning(concerns, **({"links": "few"} if alone else {})),
        "restricted": queries.restricted_waiting(request.viewer),
        "worries": queries.worries_waiting(request.viewer) if may(request.viewer.parts, Act.ANSWER_WORRY) else [],
    }
    return render(request, "triage/queue.jinja", page)


@require_safe
def restricted_page(request: Page) -> HttpResponse:
    """Restricted concerns, for those the policy names."""
    concerns = queries.restricted_queue(request.viewer)
    ids = [("concern", concern.id) for concern in concerns]
    record_read("restricted_queue.read", about=None, ids=ids, durable=True)
    return render(request, "triage/restricted.jinja", {"concerns": concerns, **_limits(concerns)})


def _limits(concerns: Sequence[queries.AConcern]) -> dict[str, Any]:
    """By which clause each is decided, where that limit comes from, and in whose policy the clause is read."""
    now = clock.now()
    return {
        "now": now,
        "limits": {each.id: force_of(getattr(each, "limit", None)) for each in concerns},
        "clauses_of": companies_with_policies(
            [each.circle_id for each in concerns if getattr(each, "company", "")], now
        ),
    }


@require_safe
def concern_page(request: Page, public_id: UUID) -> HttpResponse:
    """One concern on one page: the words first, then people and home, then what came before."""
    concern = queries.concern_for(request.viewer, public_id)
    people = who_is_who(request.viewer, concern)
    earlier = queries.earlier_at_home(request.viewer, concern)
    known = queries.earlier_about(request.viewer, concern, [one.id for one in people])
    known = [each for each in known if each not in earlier]
    record_read(
        "concern.read",
        about=concern,
        ids=[("concern", each.id) for each in (concern, *earlier, *known)],
        durable=concern.restricted,
    )
    pack, decisions = pack_for(concern, clock.now()), decisions_on(request.viewer, concern)
    page = {
        "concern": concern,
        "company": company_of(concern.circle_id) if is_group() else "",
        "clauses_of": company_with_policy_of(concern, clock.now()),
        "told": as_told(
            concern, [pack.signs[code].label if code in pack.signs else code for code in concern.signs], pack
        ),
        "outcomes": {each.code: each.label for each in pack.decisions.values()},
        "additions": queries.additions_to(request.viewer, concern),
        "people": people,
        "parts": PARTS,
        "may_keep_people": may(parts_in(request.viewer, concern), Act.KEEP_PEOPLE),
        "may_mark": may(parts_in(request.viewer, concern), Act.KEEP_MARKERS),
        "reads_register": may(request.viewer.parts, Act.SEARCH_REGISTER),
        "earlier": earlier,
        "known": known,
        "decisions": [(each, as_decided(each, pack_for(concern, each.decided_at))) for each in decisions],
        "levels": levels_for(concern, at=clock.now()),
        "others_names": who_decided_too(decisions),
        "referrals": [told_of(pack, each) for each in referrals_of_concern(request.viewer, concern)],
        "clocks": clocks_for(request.viewer, concern, at=clock.now()),
        "watches": watches_of(request.viewer, concern),
        **_ways(request, concern),
        "now": clock.now(),
    }
    return render(request, "triage/concern.jinja", page)


def _ways(request: Page, concern: queries.AConcern) -> dict[str, bool]:
    """What this viewer may do with the concern."""
    parts = parts_in(request.viewer, concern)
    acts = {"may_decide": Act.TRIAGE_CONCERN, "may_add": Act.COMPLETE_CONCERN, "may_refer": Act.REFER}
    ways = {name: may(parts, act) for name, act in acts.items()}
    ways["may_refer"] = ways["may_refer"] and not why_not_refer(concern, by=request.viewer, at=clock.now())
    return {**ways, "may_review": may(parts, Act.REVIEW_WATCH), "may_see_limits": may(parts, Act.SEE_DUE)}


@require_POST
def look_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say that one is looking at a concern."""
    concern = queries.concern_for(request.viewer, public_id, act=Act.COMPLETE_CONCERN)
    start_looking(concern, by=request.viewer, at=clock.now())
    return redirect("decide_concern", public_id)


def add_page(request: Page, public_id: UUID) -> HttpResponse:
    """Write something more to a concern."""
    concern = queries.concern_for(request.viewer, public_id, act=Act.COMPLETE_CONCERN)
    form = AddForm(request.POST or None)
    if form.is_valid():
        try:
            add_to_concern(concern, text=form.cleaned_data["text"], by=request.viewer, at=clock.now())
            messages.success(request, _("Added. What was told first stays as it was."))
            return redirect("concern", public_id)
        except NotComplete as problem:
            form.add_error(problem.field, str(problem))
    return render(request, "triage/add.jinja", {"concern": concern, "form": form})
