"""The policy: what is in force, what waits for approval, what lies ready, what it changes, and proposing it."""

from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.organisation.queries import companies
from hearth.organisation.terms import NotPossible
from hearth.pathway.adopting.documents import documents, meanings
from hearth.pathway.adopting.proposals import proposals
from hearth.pathway.adopting.proposing import propose
from hearth.pathway.adopting.turns import PARTS
from hearth.policy.durations import local_day
from hearth.policy.packs import BadPack, Pack, Problem, build, read_chain
from hearth.policy.packs.adopting import steps_of
from hearth.policy.packs.shelf import shelf
from hearth.policy.queries import adoptions, in_force, pack_of, rests_on_older, with_own_policy
from hearth.policy.terms import NotNow
from hearth.timescales.pack_check import check_pack
from hearth.timescales.previewing import policy_would_change, policy_would_move
from hearth.web.acting import act_page
from hearth.web.adopting.approving import STATES
from hearth.web.companies import company
from hearth.web.forms import DayField, Words
from hearth.web.middleware import Page

SHORT = 12


@dataclass(frozen=True)
class Ready:
    """A pack that lies ready: what it says of itself, or that it cannot be read."""

    name: str
    title: str
    version: str
    digest: str
    is_partial: bool


class ProposeForm(forms.Form):
    """From when, and why."""

    digest = forms.CharField(widget=forms.HiddenInput)
    first_day = DayField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy("Where the last approval comes later, it begins with that."),
        missing=gettext_lazy("Enter the day"),
    )
    why = Words(
        label=gettext_lazy("Why should it be adopted?"),
        help_text=gettext_lazy("Whoever approves it reads this."),
        max_length=1000,
        missing=gettext_lazy("Write why it should be adopted"),
    )


@require_safe
def policy_page(request: Page) -> HttpResponse:
    """What is in force and since when, what waits for approval, and every pack that lies ready."""
    now, kept = clock.now(), adoptions()
    proposed = proposals(request.viewer)
    may_propose = may(request.viewer.parts, Act.ADOPT_POLICY)
    own = {entity: in_force(now, entity) for entity in with_own_policy(now)}
    here = [each for each in (in_force(now), *own.values()) if each]
    page = {
        "in_force": [(each, pack_of(each.digest).title, rests_on_older(each, now)) for each in here],
        "companies": companies(),
        "titles": {each.digest: pack_of(each.digest).title for each in kept},
        "coming": [each for each in kept if each.in_force_from > now],
        "before": [each for each in kept if each.in_force_from <= now and each not in here],
        "digests": {each.digest for each in here},
        "proposed": proposed,
        "states": STATES,
        "ready": [_ready(name, folder) for name, folder in _shelf().items()] if may_propose else [],
        "may_propose": may_propose,
        "short": SHORT,
        "overdue": sum(each.is_overdue for each in documents(request.viewer, at=now)),
    }
    return render(request, "administration/policy.jinja", page)


@require_safe
def documents_page(request: Page) -> HttpResponse:
    """The documents of the policies in force: their days, who approves them, and when each is looked at again."""
    page = {
        "documents": documents(request.viewer, at=clock.now()),
        "meanings": meanings(clock.now()),
        "back": reverse("policy" if may(request.viewer.parts, Act.APPROVE_POLICY) else "home"),
        "companies": companies(),
        "about": {"child": _("children"), "adult": _("adults")},
    }
    return render(request, "administration/documents.jinja", page)


def pack_page(request: Page, name: str) -> HttpResponse:
    """One pack: everything wrong with it, each with its place; or what it changes, and the form that proposes it."""
    check(request.viewer, Act.ADOPT_POLICY)
    folder = _shelf().get(name)
    if folder is None:
        raise Http404
    problems = check_pack(folder)
    if problems:
        return render(request, "administration/bad_pack.jinja", {"name": name, "problems": _told(problems)})
    chain = read_chain(folder)
    pack, now = build(chain), clock.now()
    of = company(request, at=now)
    form = ProposeForm(request.POST or None, initial={"digest": pack.digest, "first_day": local_day(now)})

    def suggest() -> str:
        told = form.cleaned_data
        if told["digest"] != pack.digest:
            raise NotPossible(_("The files of this policy changed since you opened this page. Open it again."))
        try:
            propose(chain, starts_on=told["first_day"], why=told["why"], by=request.viewer, at=now, entity=of.id)
        except NotNow as problem:
            raise NotPossible(str(problem), field="first_day") from problem
        return _("%(title)s is proposed. Whoever approves it is told.") % {"title": pack.title}

    beside = {
        "pack": pack,
        "rests_on": chain.rests_on(),
        "company": of,
        "named": [pack.entities[name].title for each in pack.documents.values() for name in each.entities],
        "changes": _changes(request, pack, of.id),
        "moved": policy_would_move(request.viewer, pack, entity=of.id),
        "steps": steps_of(pack, PARTS),
        "short": SHORT,
        "own": pack.own_clauses(),
    }
    return act_page(
        request, form, title=pack.title, button=_("Propose this policy"), back=reverse("policy"), act=suggest,
        template="administration/pack.jinja", **beside, field="first_day", keeps=False,
    )  # fmt: skip


def _changes(request: Page, pack: Pack, entity: int | None) -> list[object]:
    return [each for each in policy_would_change(request.viewer, pack, entity=entity) if not each.is_same]


def _shelf() -> dict[str, Path]:
    return shelf(Path(settings.HEARTH_PACKS))


def _ready(name: str, folder: Path) -> Ready:
    try:
        pack = build(read_chain(folder))
    except BadPack:
        return Ready(name, name, "", "", is_partial=False)
    return Ready(name, pack.title, pack.version, pack.digest, is_partial=pack.partial)


def _told(problems: list[Problem]) -> list[str]:
    return list(dict.fromkeys(str(problem) for problem in problems))
