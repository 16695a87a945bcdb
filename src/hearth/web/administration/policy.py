"""The policy: what is in force, what lies ready, what is wrong with it, what adopting it changes, and adopting it."""

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
from hearth.access.terms import Act
from hearth.organisation.terms import NotPossible
from hearth.policy.packs import BadPack, Pack, Problem, build, read_chain
from hearth.policy.packs.shelf import shelf
from hearth.policy.queries import adoptions
from hearth.policy.terms import NotNow
from hearth.timescales.operations import adopt_policy
from hearth.timescales.pack_check import check_pack
from hearth.timescales.previewing import policy_would_change
from hearth.web.administration.acting import act_page
from hearth.web.administration.forms import start_of
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


class AdoptForm(forms.Form):
    """From when, and why."""

    digest = forms.CharField(widget=forms.HiddenInput)
    first_day = DayField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy("Today means from this moment on."),
        missing=gettext_lazy("Enter the day"),
    )
    why = Words(
        label=gettext_lazy("Why is it adopted?"),
        help_text=gettext_lazy("For example: approved by the board, with the date."),
        max_length=1000,
        missing=gettext_lazy("Write why it is adopted"),
    )


@require_safe
def policy_page(request: Page) -> HttpResponse:
    """What is in force and since when, and every pack that lies ready."""
    check(request.viewer, Act.ADOPT_POLICY)
    now, kept = clock.now(), adoptions()
    page = {
        "in_force": next((each for each in kept if each.in_force_from <= now), None),
        "coming": [each for each in kept if each.in_force_from > now],
        "before": [each for each in kept if each.in_force_from <= now][1:],
        "ready": [_ready(name, folder) for name, folder in _shelf().items()],
        "short": SHORT,
    }
    return render(request, "administration/policy.jinja", page)


def pack_page(request: Page, name: str) -> HttpResponse:
    """One pack: everything wrong with it, each with its place; or what it changes, and the form that adopts it."""
    check(request.viewer, Act.ADOPT_POLICY)
    folder = _shelf().get(name)
    if folder is None:
        raise Http404
    problems = check_pack(folder)
    if problems:
        return render(request, "administration/bad_pack.jinja", {"name": name, "problems": _told(problems)})
    chain = read_chain(folder)
    pack, now = build(chain), clock.now()
    form = AdoptForm(request.POST or None, initial={"digest": pack.digest, "first_day": now.date()})

    def adopt() -> str:
        told = form.cleaned_data
        if told["digest"] != pack.digest:
            raise NotPossible(_("The files of this policy changed since you opened this page. Open it again."))
        begins = start_of(told["first_day"], now)
        try:
            adopt_policy(chain, by=request.viewer, at=now, in_force_from=begins, why=told["why"])
        except NotNow as problem:
            raise NotPossible(str(problem), field="first_day") from problem
        return _("%(title)s is adopted.") % {"title": pack.title}

    beside = {"pack": pack, "changes": _changes(request, pack), "short": SHORT, "own": pack.own_clauses()}
    return act_page(
        request, form, title=pack.title, button=_("Adopt this policy"), back=reverse("policy"), act=adopt,
        template="administration/pack.jinja", beside=beside, field="first_day",
    )  # fmt: skip


def _changes(request: Page, pack: Pack) -> list[object]:
    return [each for each in policy_would_change(request.viewer, pack) if not each.is_same]


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
