"""Reading a case: the list, the folder, its chronology, who has looked, and words in notes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.queries import company_of, parts_in
from hearth.access.rules import may
from hearth.access.terms import Act, InACircle
from hearth.cases import queries
from hearth.cases.chronology import chronology, how_it_was, who_looked
from hearth.cases.folder import folder
from hearth.cases.kinds import Kind
from hearth.cases.terms import Risk, Stage
from hearth.ledger.operations import record_read
from hearth.ledger.queries import LOOKS
from hearth.organisation.queries import is_let_in
from hearth.partners.queries import processes_of, referrals_of_case
from hearth.people.queries import who_is_who
from hearth.policy.packs import Pack
from hearth.policy.packs.naming import called
from hearth.timescales.queries import clocks_in_circle
from hearth.timescales.standing import companies_with_policies, company_with_policy_of, is_group, pack_for, packs_for
from hearth.triage.levels import levels_for
from hearth.triage.queries import levels_of
from hearth.triage.referrers import AboutSomebody, why_not_refer
from hearth.web.cases.forms import ChronologyForm, ContactForm, ReviewForm, SearchForm
from hearth.web.forms import Text, offered
from hearth.web.middleware import Page
from hearth.web.paging import place, turning
from hearth.web.partners.forms import told_of
from hearth.web.people.words import PARTS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# What can be done with a case: page, act, words; only when closed (True), only when open (False), or always (None).
DOORS = (
    ("record_contact", Act.WORK_CASE, gettext_lazy("Record a contact"), False),
    ("write_note", Act.WORK_CASE, gettext_lazy("Write a note"), False),
    ("plan_action", Act.WORK_CASE, gettext_lazy("Add an action"), False),
    ("set_risk", Act.WORK_CASE, gettext_lazy("Judge the risk anew"), False),
    ("case_summary", Act.WORK_CASE, gettext_lazy("Change the summary"), False),
    ("review_case", Act.REVIEW_CASE, gettext_lazy("Review as manager"), False),
    ("refer_case", Act.REFER, gettext_lazy("Refer to another agency"), False),
    ("begin_process", Act.WORK_CASE, gettext_lazy("Another agency’s process has begun"), False),
    ("high_risk", Act.WORK_CASE, gettext_lazy("High risk of domestic abuse"), False),
    ("join_concern", Act.JOIN_CONCERN, gettext_lazy("Join another concern"), False),
    ("hand_over", Act.HAND_OVER_CASE, gettext_lazy("Hand over"), False),
    ("support_in_place", Act.WORK_CASE, gettext_lazy("Support is in place"), False),
    ("close_case", Act.CLOSE_CASE, gettext_lazy("Close the case"), False),
    ("how_it_was", Act.WORK_CASE, gettext_lazy("Ask how it was for them"), True),
    ("reopen_case", Act.REOPEN_CASE, gettext_lazy("Open again"), True),
    ("case_add_person", Act.KEEP_PEOPLE, gettext_lazy("Add a person"), None),
    ("case_markers", Act.KEEP_MARKERS, gettext_lazy("Markers"), None),
    ("case_conflict", Act.DECLARE_CONFLICT, gettext_lazy("I know somebody in this"), None),
    ("places", Act.READ_CASE, gettext_lazy("Who is in this case"), None),
    ("chronology", Act.READ_CHRONOLOGY, gettext_lazy("Chronology"), None),
    ("who_looked", Act.SEE_WHO_LOOKED, gettext_lazy("Who has looked"), None),
)
# What was answered, in the words it was answered by.
WORDS = {
    **{name: offered(ContactForm, name) for name in ("kind", "outcome", "child_seen", "child_alone")},
    "review": offered(ReviewForm, "outcome"),
}


def words_of(pack: Pack) -> "Mapping[str, Mapping[str, Text]]":
    """What was answered in a case: how high a risk is in the words of its policy, the rest in those of the forms."""
    return {**WORDS, "risk": {band.value: called(pack, "risk_band", band) for band in Risk}}


@require_safe
def cases_page(request: Page) -> HttpResponse:
    """Cases that are not closed, the soonest promise first."""
    mine = request.GET.get("whose") == "mine"
    cases = queries.worklist(request.viewer, mine=mine, place=place(request, queries.WORKLIST))
    offered, now = queries.offers(request.viewer), clock.now()
    ids = [("case", case.id) for case in cases] + [("case", each.case_id) for each in offered]
    record_read("cases.listed", about=None, ids=ids, durable=False)
    packs = packs_for(cases, now)
    page = {
        "cases": cases,
        "risks": {case.id: called(packs(case), "risk_band", case.risk) for case in cases},
        "mine": mine,
        "may_search": may(request.viewer.parts, Act.SEARCH_NOTES),
        "offered": offered,
        "clauses_of": companies_with_policies([case.circle_id for case in cases if case.company], now),
        "now": now,
        **turning(cases, **({"whose": "mine"} if mine else {})),
    }
    return render(request, "cases/cases.jinja", page)


@require_safe
def case_page(request: Page, public_id: UUID) -> HttpResponse:
    """One case: what is next, the plan, what was said and done, and every limit with its clause."""
    case = queries.case_for(request.viewer, public_id)
    shown = folder(request.viewer, case)
    pack = pack_for(case, clock.now())
    ids = [("case", case.id), *(("concern", each.concern_id) for each in shown.concerns)]
    record_read("case.read", about=case, ids=ids, durable=case.restricted)
    page = {
        "case": case,
        "folder": shown,
        "given_back": shown.given_back_for(request.viewer),
        "levels": _levels(request, case, [each.concern_id for each in shown.concerns]),
        "people": who_is_who(request.viewer, case),
        "parts": PARTS,
        "words": words_of(pack),
        "company": company_of(case.circle_id) if is_group() else "",
        "clocks": clocks_in_circle(request.viewer, case.circle_id, at=clock.now(), going_only=False),
        "referrals": [told_of(pack, each) for each in referrals_of_case(request.viewer, case)],
        "processes": [(each, called(pack, "process", each.process)) for each in processes_of(request.viewer, case)],
        "doors": _doors(request, case, case.stage, has_owner=case.owner_id is not None),
        "may_split": may(request.viewer.parts, Act.JOIN_CONCERN),
        "may_approve": shown.closure is not None
        and may(parts_in(request.viewer, case), Act.APPROVE_CLOSURE)
        and request.viewer.id not in (shown.closure.asked_by_id, case.owner_id),
        "how_it_was": how_it_was(request.viewer, case),
        "viewer_id": request.viewer.id,
        "may_drop": may(parts_in(request.viewer, case), Act.DROP_ACTION),
        "gone": {each.owner_id for each in shown.actions if not is_let_in(each.owner, clock.now())},
        "may_see_limits": may(request.viewer.parts, Act.SEE_DUE),
        "now": clock.now(),
    }
    return render(request, "cases/case.jinja", page)


def _levels(request: Page, case: InACircle, concerns: list[int]) -> list[str]:
    """Which levels triage said the concerns of a case reach, each once; asked only where the policy has levels."""
    levels = levels_for(case, at=clock.now())
    return [levels.label_of(code) for code in levels_of(request.viewer, case, concerns)] if levels else []


def _doors(request: Page, case: AboutSomebody, stage: str, *, has_owner: bool) -> "list[tuple[str, StrPromise]]":
    """What this viewer may do with the case as it stands: (page, words). One that nobody owns is offered by triage."""
    parts = parts_in(request.viewer, case)
    is_closed = stage == Stage.CLOSED
    shut = {"refer_case"} if why_not_refer(case, by=request.viewer, at=clock.now()) else set()
    others = {} if has_owner else {"hand_over": Act.TRIAGE_CONCERN}
    return [
        (page, words)
        for page, act, words, when_closed in DOORS
        if may(parts, others.get(page, act)) and when_closed in (None, is_closed) and page not in shut
    ]


@require_safe
def chronology_page(request: Page, public_id: UUID) -> HttpResponse:
    """What happened, by the ledger, in order; for reading and for printing."""
    case = queries.case_for(request.viewer, public_id, act=Act.READ_CHRONOLOGY)
    form = ChronologyForm(request.GET or None)
    what = form.cleaned_data["what"] if form.is_valid() else ""
    items = chronology(request.viewer, case, what=Kind(what) if what else None)
    record_read("chronology.read", about=case, ids=[("case", case.id)], durable=case.restricted)
    layout = "layouts/print.jinja" if "print" in request.GET else "layouts/page.jinja"
    page = {"case": case, "items": items, "filter": form, "layout": layout, "what": what}
    page["shown"] = offered(ChronologyForm, "what").get(what, "")
    page["clauses_of"] = company_with_policy_of(case, clock.now())
    return render(request, "cases/chronology.jinja", page)


@require_safe
def who_looked_page(request: Page, public_id: UUID) -> HttpResponse:
    """Everybody who has looked at the case, the newest first."""
    case = queries.case_for(request.viewer, public_id, act=Act.SEE_WHO_LOOKED)
    record_read("who_looked.read", about=case, ids=[("case", case.id)], durable=case.restricted)
    looks = who_looked(request.viewer, case, place=place(request, LOOKS))
    return render(request, "cases/who_looked.jinja", {"case": case, "looks": looks, **turning(looks)})


def search_page(request: Page) -> HttpResponse:
    """Words in notes. Asked for by POST, so that what was looked for stands in no address."""
    form = SearchForm(request.POST or None)
    found = None
    if form.is_valid():
        found = queries.search_notes(request.viewer, form.cleaned_data["words"])
        ids = [("note", note.id) for note in found.notes]
        record_read("notes.searched", about=None, ids=ids, durable=False)
    else:
        queries.may_search(request.viewer)
    return render(request, "cases/search.jinja", {"form": form, "found": found})
