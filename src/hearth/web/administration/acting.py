"""One form for one act, as the pages of cases have it, with the problems of administering said beside the field."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.web.middleware import Page


def act_page(
    request: Page,
    form: forms.Form,
    *,
    title: str,
    button: str,
    back: str,
    act: Callable[[], str],
    template: str = "administration/act.jinja",
    beside: Mapping[str, object] | None = None,
    field: str | None = None,
) -> HttpResponse:
    """Done, it says so and goes back. Not possible, it says why and everything typed is still there.

    `field` is the one a problem stands beside that names none. Where somebody else saved meanwhile, what stands now is
    shown too, and saving again from this page is still refused.
    """
    theirs = None
    if form.is_valid():
        try:
            messages.success(request, act())
            return redirect(back)
        except NotPossible as problem:
            where = problem.field or field
            form.add_error(where if where in form.fields else None, str(problem))
        except ChangedMeanwhile as problem:
            theirs = problem.theirs
            form.add_error(None, str(problem))
    page = {"form": form, "title": title, "button_text": button, "back": back, "theirs": theirs}
    return render(request, template, {"warn": "", "known": [], **page, **(beside or {})})
