"""Changing limits, posts and words of the policy in force: what is changed so far, each change, and proposing them."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hearth.access import clock
from hearth.access.terms import NotHere
from hearth.pathway.adopting.changing import (
    Changes,
    begin_again,
    called_in,
    change,
    changes_of,
    propose_changes,
    take_out,
    try_changes,
)
from hearth.pathway.adopting.rebasing import rebasing_of
from hearth.policy.durations import local_day, start_of
from hearth.policy.packs.diffing import in_words
from hearth.policy.packs.overlays import Overlay, change_limit, change_post, change_sign, change_word, drop
from hearth.policy.terms import AppliesTo
from hearth.timescales.forces import sentence_of, sentences
from hearth.timescales.previewing import policy_would_move
from hearth.web.acting import act_page
from hearth.web.adopting.change_forms import ChangeForm, DropForm, LimitForm, PostForm, SignForm, WordForm
from hearth.web.companies import Company, company
from hearth.web.forms import DayField, VersionField, Words
from hearth.web.middleware import Page
from hearth.web.trying.beside import came_out
from hearth.web.trying.views import A_YEAR, SinceForm

KINDS = {"override": "limit", "post": "post", "word": "word", "sign": "sign", "dropped": ""}
SECTION_OF = {"limit": "rule", "post": "post", "word": "word", "sign": "sign"}
Known = list[tuple[str, str]]
Do = Callable[[Overlay], Overlay]


class NoSuchThing(NotHere):
    """The policy has no such limit, post, word or sign."""


@dataclass(frozen=True)
class Changing:
    """One thing that may be changed: its form, what is known of it, and how the change is made."""

    title: str
    form: ChangeForm
    known: Known
    do: Do


class ProposeForm(forms.Form):
    """From when the changes should hold, and why."""

    first_day = DayField(label=gettext_lazy("From which day?"), missing=gettext_lazy("Enter the day"))
    why = Words(
        label=gettext_lazy("Why should it be changed?"),
        help_text=gettext_lazy("Whoever approves it reads this."),
        max_length=1000,
        missing=gettext_lazy("Write why it should be changed"),
    )


class TakeOutForm(forms.Form):
    """Which change is left out again."""

    version = VersionField()
    section = forms.ChoiceField(choices=[(name, name) for name in KINDS])
    key = forms.CharField(max_length=200)


def change_policy_page(request: Page) -> HttpResponse:
    """What one has changed so far, what there is to change, and the form that proposes it."""
    now = clock.now()
    of = company(request, at=now)
    changes = changes_of(request.viewer, at=now, entity=of.id)
    form = ProposeForm(request.POST or None, initial={"first_day": local_day(now)})

    def suggest() -> str:
        told = form.cleaned_data
        propose_changes(starts_on=told["first_day"], why=told["why"], by=request.viewer, at=now, entity=of.id)
        return _("Your changes are proposed. Whoever approves them is told.")

    beside = {
        "changes": changes,
        "to_bring": rebasing_of(request.viewer, at=now, entity=of.id),
        "company": of,
        "kinds": KINDS,
        "offered_lists": [each for each in changes.after.words if changes.after.is_on_pages(each)],
        "moved": policy_would_move(request.viewer, changes.after, entity=of.id) if changes.is_begun else [],
        "forces": sentences(),
        "in_words": in_words,
        "tried": came_out(request.viewer, changes.after.digest, of.id) if changes.is_begun else None,
    }
    return act_page(
        request, form, title=_("Change the policy"), button=_("Propose these changes"), back=reverse("policy"),
        act=suggest, template="adopting/change_policy.jinja", **beside, field="why", keeps=True,
    )  # fmt: skip


def try_changes_page(request: Page) -> HttpResponse:
    """Ask for one's changes to be tried on what has happened; what comes out stands beside them."""
    now = clock.now()
    of = company(request, at=now)
    changes = changes_of(request.viewer, at=now, entity=of.id)
    form = SinceForm(request.POST or None, initial={"since": (now - A_YEAR).date()})

    def try_them() -> str:
        try_changes(since=start_of(form.cleaned_data["since"]), by=request.viewer, at=now, entity=of.id)
        return _("Your changes are being tried. What comes out stands here.")

    return act_page(
        request, form, title=_("Try your changes"), button=_("Try them"), back=_back(of), act=try_them,
        known=[(_("Changes"), str(len(changes.names)))], field="since", has_some=bool(changes.names),
        template="adopting/try_changes.jinja",
    )  # fmt: skip


def change_in_policy_page(request: Page, kind: str, which: str) -> HttpResponse:
    """Change one limit, post, word or sign."""
    of = company(request, at=clock.now())
    changes = changes_of(request.viewer, at=clock.now(), entity=of.id)
    make = {"limit": _limit, "post": _post, "word": _word, "sign": _sign}.get(kind)
    if make is None:
        raise NoSuchThing
    one = make(request, changes, which)

    def save() -> str:
        version = one.form.cleaned_data["version"]
        change(one.do, version=version, by=request.viewer, at=clock.now(), entity=of.id)
        return _("Changed. Nothing is in force before it was proposed and approved.")

    return act_page(
        request, one.form, title=one.title, button=_("Keep this change"), back=_back(of), act=save,
        known=one.known, field="clause", keeps=True, drops=reverse("drop_from_policy", args=[kind, which]) + of.asked,
        template="adopting/change.jinja",
    )  # fmt: skip


def drop_from_policy_page(request: Page, kind: str, which: str) -> HttpResponse:
    """Take one limit, post, word or sign out of the policy, with a reason and the clause that says so."""
    of = company(request, at=clock.now())
    changes = changes_of(request.viewer, at=clock.now(), entity=of.id)
    section = SECTION_OF.get(kind, "")
    there = called_in(changes.after, section, which)
    if not there:
        raise NoSuchThing
    ready = {"version": changes.version}
    form = DropForm(request.POST or None, initial=ready, pack=changes.overlay.pack, cited="")

    def take_away() -> str:
        told = form.cleaned_data
        clause, why = told["clause"], told["why"]

        def do(overlay: Overlay) -> Overlay:
            return drop(overlay, section, which, clause=clause, why=why)

        change(do, version=told["version"], by=request.viewer, at=clock.now(), entity=of.id)
        return _("Taken out. Nothing is in force before it was proposed and approved.")

    return act_page(
        request, form, title=_("Take out: %(what)s") % {"what": there}, button=_("Take it out"), back=_back(of),
        act=take_away, field="clause", keeps=True,
    )  # fmt: skip


@require_POST
def take_out_change_page(request: Page) -> HttpResponse:
    """Leave one change out again."""
    form, of = TakeOutForm(request.POST), company(request, at=clock.now())
    back = _back(of)

    def leave_out() -> str:
        told = form.cleaned_data
        section, key, version = told["section"], told["key"], told["version"]
        take_out(section, key, version=version, by=request.viewer, at=clock.now(), entity=of.id)
        return _("The change is taken out.")

    changes_of(request.viewer, at=clock.now(), entity=of.id)
    if not form.is_valid():
        return redirect(back)
    return act_page(request, form, title=_("Take a change out"), button=_("Take it out"), back=back, act=leave_out)


def begin_again_page(request: Page) -> HttpResponse:
    """Throw away what one changed so far."""
    of = company(request, at=clock.now())
    changes = changes_of(request.viewer, at=clock.now(), entity=of.id)
    if not changes.is_begun:
        messages.info(request, _("You have changed nothing, so there is nothing to throw away."))
        return redirect(_back(of))
    form = forms.Form(request.POST if request.method == "POST" else None)

    def throw_away() -> str:
        begin_again(by=request.viewer, at=clock.now(), entity=of.id)
        return _("Your changes are thrown away.")

    known = [(_("Changes"), str(len(changes.names)))]
    return act_page(
        request, form, title=_("Throw your changes away"), button=_("Throw them away"), act=throw_away,
        back=_back(of), known=known,
    )  # fmt: skip


@require_safe
def changes_file_page(request: Page) -> HttpResponse:
    """The changes as the file they are: a small pack that inherits the policy."""
    of = company(request, at=clock.now())
    overlay = changes_of(request.viewer, at=clock.now(), entity=of.id).overlay
    answer = HttpResponse(overlay.body, content_type="application/toml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{overlay.name}.toml"'
    return answer


def _back(of: Company) -> str:
    return reverse("change_policy") + of.asked


def _limit(request: Page, changes: Changes, key: str) -> Changing:
    rule = changes.after.rules.get(key)
    if rule is None:
        raise NoSuchThing
    ready = {f"limit_{number}": str(band.limit) for number, band in enumerate(rule.bands)}
    ready |= {"warn": "\n".join(map(str, rule.warn)), "applies_to": rule.applies_to.value}
    ready |= {"clause": rule.clause, "version": str(changes.version)}
    form = LimitForm(request.POST or None, initial=ready, pack=changes.overlay.pack, cited=rule.clause, rule=rule)

    def do(overlay: Overlay) -> Overlay:
        told = form.cleaned_data
        return change_limit(
            overlay, key, clause=told["clause"], limits=form.limits(), warn=told["warn"],
            applies_to=AppliesTo(told["applies_to"]),
        )  # fmt: skip

    known = [
        (_("In force now"), in_words(changes.before.rules[key].bands) or _("By the day agreed")),
        (_("Where it comes from"), sentence_of(rule.force)),
        (rule.clause, changes.after.clauses[rule.clause].text),
    ]
    return Changing(rule.promise, form, known, do)


def _post(request: Page, changes: Changes, key: str) -> Changing:
    post = changes.after.posts.get(key)
    if post is None:
        raise NoSuchThing
    ready = {"title": post.title, "cover": post.cover, "clause": post.clause, "version": changes.version}
    form = PostForm(request.POST or None, initial=ready, pack=changes.overlay.pack, cited=post.clause, own=key)

    def do(overlay: Overlay) -> Overlay:
        told = form.cleaned_data
        return change_post(overlay, key, title=told["title"], cover=told["cover"], clause=told["clause"])

    return Changing(post.title, form, [(_("In force now"), changes.before.posts[key].title)], do)


def _word(request: Page, changes: Changes, key: str) -> Changing:
    listed, _space, code = key.partition(" ")
    words = changes.after.words[listed].words if listed in changes.after.words else ()
    word = next((each for each in words if each.code == code), None)
    if word is None:
        raise NoSuchThing
    ready = {"label": word.label, "local": word.local, "clause": word.clause, "version": changes.version}
    form = WordForm(request.POST or None, initial=ready, pack=changes.overlay.pack, cited=word.clause)

    def do(overlay: Overlay) -> Overlay:
        told = form.cleaned_data
        return change_word(overlay, listed, code, label=told["label"], local=told["local"], clause=told["clause"])

    return Changing(word.label, form, [(_("In force now"), changes.before.words[listed].label_of(code))], do)


def _sign(request: Page, changes: Changes, key: str) -> Changing:
    sign = changes.after.signs.get(key)
    if sign is None:
        raise NoSuchThing
    ready = {"label": sign.label, "lines": "\n".join(sign.lines), "clause": sign.clause, "version": changes.version}
    form = SignForm(request.POST or None, initial=ready, pack=changes.overlay.pack, cited=sign.clause)

    def do(overlay: Overlay) -> Overlay:
        told = form.cleaned_data
        lines = [line.strip() for line in told["lines"].splitlines() if line.strip()]
        return change_sign(overlay, key, label=told["label"], lines=lines, clause=told["clause"])

    return Changing(sign.label, form, [(_("In force now"), changes.before.signs[key].label)], do)
