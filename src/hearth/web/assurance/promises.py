"""Promises: every clause of the policy in force, what keeps it and how it stands; and one clause with its evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.assurance.evidence import figure_of, figures_behind
from hearth.assurance.promises import Evidence, Promised, also_in, policy_with, promise_of, promises
from hearth.organisation.queries import provider_name
from hearth.policy.packs.diffing import in_words
from hearth.policy.packs.keeping import TO_COME
from hearth.policy.packs.shapes import Rule
from hearth.policy.queries import Adopted, in_force, pack_in_force, rests_on_older, with_own_policy
from hearth.policy.terms import NoPolicy
from hearth.timescales.forces import sentences
from hearth.web.assurance.counts import shown
from hearth.web.assurance.evidence import ways_to
from hearth.web.assurance.forms import PromisesForm
from hearth.web.assurance.in_use import DONE_HERE, there
from hearth.web.assurance.keepers import KINDS, kept_by
from hearth.web.assurance.sheets import sheet
from hearth.web.assurance.states import STATES, WHYS, standing
from hearth.web.companies import FIELD, company_called, company_with_policy
from hearth.web.middleware import Page


@require_safe
def promises_page(request: Page) -> HttpResponse:
    """Every clause, under the document it stands in, narrowed down by words and state."""
    check(request.viewer, Act.READ_POLICY)
    sees = may(request.viewer.parts, Act.SEE_COUNTS)
    form, now = PromisesForm(request.GET or None, states=STATES if sees else {}), clock.now()
    of = company_with_policy(request, at=now)
    try:
        pack = pack_in_force(now, of.id)
    except NoPolicy:
        return render(request, "assurance/promises.jinja", {"filter": form, "pack": None})
    found = list(promises(request.viewer, at=now, entity=of.id))
    asked = form.cleaned_data if form.is_valid() else {}
    adopted = in_force(now, of.id)
    page = {
        "filter": form,
        "company": of,
        "newer": rests_on_older(adopted, now) if adopted else None,
        "pack": pack,
        "groups": _by_document(_narrowed(found, asked, request.GET.get("keeper", ""))),
        "keeper": _called(found, request.GET.get("keeper", "")),
        "in_all": _in_all(found) if sees else None,
        "sees": sees,
        "kept_by": kept_by,
        "states": STATES,
        "waiting": TO_COME,
        "asked": request.GET.urlencode(),
        "is_narrowed": any(asked.values()) or "print" in request.GET or "keeper" in request.GET,
        "layout": "layouts/print.jinja" if "print" in request.GET else "layouts/page.jinja",
    }
    return render(request, "assurance/promises.jinja", page)


@require_safe
def promise_page(request: Page, clause: str) -> HttpResponse:
    """One clause: what it asks, everything that keeps it, and the evidence behind each, as far as one may see it."""
    now = clock.now()
    of = company_with_policy(request, at=now)
    pack, promised = promise_of(request.viewer, clause, at=now, entity=of.id)
    entity = policy_with(clause, at=now, entity=of.id).entity_id
    sees = may(request.viewer.parts, Act.SEE_COUNTS)
    keepers = [each.keeper for each in promised.evidence] if sees else []
    behind = figures_behind(request.viewer, keepers, pack, at=now, entity=entity) if keepers else {}
    page = {
        "promised": promised,
        "pack": pack,
        "company": of,
        "whose": company_called(entity) or of.name,
        "also_in": [_whose(each) for each in also_in(clause, at=now, entity=entity)] if of.form else [],
        "is_in_force": pack.digest in {each.digest for each in _in_force(now)},
        "slips": [each for each in pack.slips.values() if each.clause == clause],
        "evidence": promised.evidence,
        "kept_by": kept_by,
        "whys": WHYS,
        "figures": {keeper: (each.measure.label, shown(each)) for keeper, each in behind.items()},
        "sees": sees,
        "uncounted": {each for each in keepers if each.kind in DONE_HERE and not figure_of(each, pack)[0]},
        "there": {each.keeper: there(each.keeper, pack) for each in promised.evidence},
        "ways": {each.keeper: ways_to(each.keeper, request.viewer, pack) for each in promised.evidence},
        "standing": standing(promised.clause.standing),
        "states": STATES,
        "waiting": TO_COME,
        "force": sentences(),
        "rules": pack.rules,
        "limits": _limits,
    }
    return render(request, "assurance/promise.jinja", page)


@require_safe
def promises_file(request: Page) -> HttpResponse:
    """Every clause with what keeps it, and for those who see figures how it stands, as a file for a spreadsheet."""
    sees = may(request.viewer.parts, Act.SEE_COUNTS)
    of = company_with_policy(request, at=clock.now())
    columns = [_("Clause"), _("What it asks"), _("Where it is written"), _("What keeps it"), _("Waits for")]
    rows = [_line(each, sees=sees) for each in promises(request.viewer, at=clock.now(), entity=of.id)]
    return sheet("promises", [*columns, *([_("State")] if sees else [])], rows)


def _in_force(at: datetime) -> list[Adopted]:
    return [found for entity in (None, *with_own_policy(at)) if (found := in_force(at, entity))]


def _whose(entity: int | None) -> tuple[str, str]:
    """Where another policy's clause of the same number is read, and whose policy that is."""
    return (f"?{FIELD}={entity}", company_called(entity)) if entity else ("", provider_name())


def _line(each: Promised, *, sees: bool) -> list[str]:
    keepers = "; ".join(kept_by(one) for one in each.evidence)
    waits = "; ".join(TO_COME[part] for part in each.waits_for)
    state = [str(STATES[each.state][0])] if sees else []
    return [each.clause.id, each.clause.text, each.clause.source, keepers, waits, *state]


def _narrowed(found: Sequence[Promised], asked: Mapping[str, str], keeper: str) -> list[Promised]:
    words, state = asked.get("words", "").lower().split(), asked.get("state", "")
    return [
        each
        for each in found
        if (not state or each.state == state)
        and (not keeper or any(_is(one, keeper) for one in each.evidence))
        and all(word in _searched(each) for word in words)
    ]


def _is(one: Evidence, keeper: str) -> bool:
    """Whether it is the keeper asked for in the address: one thing, or all of a kind."""
    return keeper in (str(one.keeper), str(one.keeper.kind))


def _called(found: Sequence[Promised], keeper: str) -> str:
    """The keeper asked for, in words; nothing where none was, or where nothing is kept by such a one."""
    which = next((one for each in found for one in each.evidence if _is(one, keeper)), None)
    if which is None:
        return ""
    return kept_by(which) if ":" in keeper else str(KINDS[which.keeper.kind])


def _searched(each: Promised) -> str:
    return " ".join(
        [each.clause.id, each.clause.text, each.clause.source, *(kept_by(one) for one in each.evidence)]
    ).lower()


def _by_document(found: Sequence[Promised]) -> list[tuple[str, list[Promised]]]:
    """The clauses of each document in their order: what stands before the comma of "The Act 2014, section 42"."""
    documents: dict[str, list[Promised]] = {}
    for each in found:
        documents.setdefault(each.clause.source.partition(",")[0], []).append(each)
    return list(documents.items())


def _in_all(found: Sequence[Promised]) -> Mapping[str, object]:
    """How many clauses stand how, as a picture and a table: of the policy, not of people."""
    numbers = [(str(words), sum(each.state is state for each in found)) for state, (words, _colour) in STATES.items()]
    columns = [_("How it stands"), (_("Clauses"), "numeric")]
    return {"points": numbers, "columns": columns, "rows": [[words, str(number)] for words, number in numbers]}


def _limits(rule: Rule) -> str:
    """How long a promise may take: "1 working day; 4 hours where the danger is now"."""
    return in_words(rule.bands) if rule.bands else _("By the day that was agreed")
