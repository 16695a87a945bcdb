"""What was answered in a form, as rows to check: the question, the answer in words, and where to change it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hearth.web.citing import rests_on
from hearth.web.words import day

Row = tuple[Any, str, tuple[str, str]]


def rows_of(form: forms.Form, change: str) -> list[Row]:
    """Every question that was answered, with the clauses it rests on. What was left empty is left out."""
    form.is_valid()
    answered = ((name, field, form.cleaned_data.get(name)) for name, field in form.fields.items())
    return [
        (field.label, format_html("{}{}", in_words(field, value), rests_on(form[name])), (_("Change"), change))
        for name, field, value in answered
        if value not in (None, "", [], False)
    ]


def in_words(field: forms.Field, value: Any) -> str:
    """An answer as it was offered."""
    if isinstance(value, bool):
        return _("Yes")
    if isinstance(value, date):
        return day(value)
    choices = getattr(field, "choices", None)
    if choices is None:
        return str(value)
    labels = {str(code): str(label) for code, label in choices}
    chosen: Iterable[Any] = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(str(each), str(each)) for each in chosen)
