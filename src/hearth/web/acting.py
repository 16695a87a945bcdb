"""One form for one act: done once, kept when it cannot be taken now, and what is missing said beside the field."""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.concerns.terms import NotComplete
from hearth.drafts.operations import save_draft, send_once, sign_form
from hearth.drafts.queries import drafts_of
from hearth.drafts.terms import FORM_KEY_FIELD, SIGNATURE_FIELD, AlreadySent, Draft, SentDifferently, TooLong
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.timescales.stopping import keep_stopped
from hearth.timescales.terms import GateUnmet, NotThisClock
from hearth.web.clauses import say_unmet
from hearth.web.forms import DayField, TimeOfDayField, VersionField
from hearth.web.keeping import fields_of
from hearth.web.middleware import Page
from hearth.web.named import keep_if_not_here
from hearth.web.words import clock_time, day

SAID, GOES_TO = "said", "goes_to"
ACT, KEEP = "act", "keep"


@dataclass(frozen=True)
class Done:
    """The act is done: what to say, or nothing where the act said it itself, and where to go where that is not back."""

    said: str
    goes_to: str = ""


type Act = Callable[[], str | Done]


def act_page(
    request: Page,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    act: Act,
    template: str = "layouts/act.jinja",
    field: str | None = None,
    keeps: bool = False,
    **more: Any,
) -> HttpResponse:
    """Done, it says so and goes back. Not complete, it says why and everything typed is still there.

    Sent twice with one key it is done once and answered alike. Where somebody else saved meanwhile both texts are
    shown, and saving again is a decision made knowing both. What was typed when the session ended waits here.
    `field` is the one a problem stands beside that names none; with `keeps` a script saves what is typed meanwhile;
    `more` is for the template.
    """
    typed = Typed.of(request)
    if keeps and request.POST.get(ACT) == KEEP and not request.accepts("text/html"):
        return typed.keep()
    theirs: Sequence[tuple[str, str]] = ()
    if form.is_valid():
        try:
            answer = typed.once(act, back)
        except ChangedMeanwhile as problem:
            theirs = both_texts(request, form, problem)
        except GateUnmet as problem:
            keep_stopped(problem, at=clock.now())
            say_unmet(form, problem.unmet)
        except (NotComplete, NotPossible, NotThisClock) as problem:
            keep_if_not_here(request, problem)
            say_problem(form, problem, field)
        except SentDifferently as problem:
            form.add_error(
                None, f"{problem} What you have typed now is different. To add it as well, send the form again."
            )
            typed = typed.anew()
        else:
            if answer[SAID]:
                messages.success(request, answer[SAID])
            return redirect(answer[GOES_TO])
    kept = typed.kept(form)
    if kept is not None:
        typed = replace(typed, key=kept.form_key)
    page = {
        "form": form, "title": title, "button_text": button, "back": back, "theirs": theirs, "kept": kept,
        "unseen": typed.hidden, "keeps": keeps,
    }  # fmt: skip
    return render(request, template, {**page, **more})


@dataclass(frozen=True)
class Typed:
    """One form on one screen: its name, its key, and who fills it in."""

    request: Page
    form: str
    key: uuid.UUID

    @classmethod
    def of(cls, request: Page) -> "Typed":
        """The form as it came back, or a new one."""
        route = request.resolver_match.url_name if request.resolver_match else ""
        place = hashlib.sha256(request.path.encode()).hexdigest()[:24]
        try:
            key = uuid.UUID(request.POST.get(FORM_KEY_FIELD, ""))
        except ValueError:
            key = uuid.uuid4()
        return cls(request, f"{route}-{place}", key)

    def anew(self) -> "Typed":
        """The same form with a key that was never sent."""
        return replace(self, key=uuid.uuid4())

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the page carries, so that the form is done once and its words outlive the session."""
        signed = sign_form(self.request.viewer, self.form, self.key, at=clock.now())
        return [(FORM_KEY_FIELD, str(self.key)), (SIGNATURE_FIELD, signed)]

    def keep(self) -> HttpResponse:
        """Save what is typed so far. A script asks, a moment after the last key."""
        now, fields = clock.now(), fields_of(self.request)
        try:
            save_draft(form=self.form, form_key=self.key, fields=fields, by=self.request.viewer, at=now)
        except (TooLong, AlreadySent):
            return JsonResponse({"words": _("Not saved."), "is_saved": False})
        return JsonResponse(
            {"words": _("Saved at %(time)s. Not sent yet.") % {"time": clock_time(now)}, "is_saved": True}
        )

    def once(self, act: Act, back: str) -> Mapping[str, str]:
        """Do it, or answer as it was answered when this form was sent before."""

        def do() -> Mapping[str, str]:
            done = act()
            done = done if isinstance(done, Done) else Done(done)
            return {SAID: done.said, GOES_TO: done.goes_to or back}

        sent = fields_of(self.request)
        return send_once(self.form, self.key, sent, do, by=self.request.viewer, at=clock.now())

    def kept(self, form: forms.Form) -> Draft | None:
        """Put back what was typed here and not sent, where the form is opened anew."""
        if form.is_bound:
            return None
        kept = next(iter(drafts_of(self.request.viewer, at=clock.now(), form=self.form)), None)
        if kept is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in kept.fields.items():
            data.setlist(name, values)
        for name, one in form.fields.items():
            form.initial[name] = one.widget.value_from_datadict(data, {}, form.add_prefix(name))
        return kept


def say_problem(
    form: forms.Form, problem: NotComplete | NotPossible | NotThisClock | GateUnmet, field: str | None
) -> None:
    """Say why it cannot be done, beside the field it is about where it is about one."""
    if isinstance(problem, GateUnmet):
        say_unmet(form, problem.unmet)
        return
    where = getattr(problem, "field", "") or field
    form.add_error(where if where in form.fields else None, str(problem))


def both_texts(request: Page, form: forms.Form, problem: ChangedMeanwhile) -> Sequence[tuple[str, str]]:
    """What stands now, in the form's own words. The form goes on from there: saving again is meant."""
    form.add_error(None, str(problem))
    version = next((name for name, each in form.fields.items() if isinstance(each, VersionField)), None)
    if version and problem.version is not None:
        data = request.POST.copy()
        data[form.add_prefix(version)] = str(problem.version)
        form.data = data
    return [(_label(form, name), _words(form, name, word)) for name, word in problem.theirs.items()]


def _label(form: forms.Form, name: str) -> str:
    return str(form.fields[name].label) if name in form.fields else name.replace("_", " ").capitalize()


def _words(form: forms.Form, name: str, word: str) -> str:
    """A code by the words it stands under on the page; a day or time as people write it; anything else as it is."""
    field = form.fields.get(name)
    if not word:
        return _("Nothing")
    if isinstance(field, DayField):
        return day(date.fromisoformat(word))
    if isinstance(field, TimeOfDayField):
        return clock_time(time.fromisoformat(word))
    choices = {str(code): str(words) for code, words in getattr(field, "choices", ())}
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(choices.get(each, each) for each in word.split(", "))
    return choices.get(word, word)
