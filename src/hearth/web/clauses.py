"""Clauses on a page: each leads to what the policy says there and what keeps it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hearth.timescales.terms import Need, Unmet
from hearth.web.addresses import address
from hearth.web.companies import FIELD
from hearth.web.forms import RevealingForm


class Cited(str):
    """A sentence and the clause behind it. Printed on a page, the clause is a link."""

    sentence: str
    clause: str
    entity: int | None

    def __new__(cls, wanted: Unmet | Need) -> "Cited":
        said = super().__new__(cls, f"{wanted.sentence} ({wanted.clause})")
        said.sentence, said.clause, said.entity = wanted.sentence, wanted.clause, wanted.entity
        return said

    def __str__(self) -> str:
        return self  # a form makes a `str` of its errors: this is one, and stays what it is

    def __html__(self) -> SafeString:
        return format_html("{} ({})", self.sentence, clause_link(self.clause, self.entity))


def clause_link(clause: str, entity: int | None = None) -> SafeString:
    """The clause by its number, as a link: into a company's own policy, where it has one."""
    place = address("promise", kwargs={"clause": clause}) + (f"?{FIELD}={entity}" if entity else "")
    return format_html('<a class="govuk-link" href="{}">{}</a>', place, _("Clause %(clause)s") % {"clause": clause})


def say_needed(form: RevealingForm, needs: Iterable[Need]) -> None:
    """Call nothing optional that the policy asks for. What it asks for certainly is missed with its clause."""
    for need in needs:
        name = asked_by(form, need.fact)
        if name is None or form.fields[name].required:
            continue
        if need.is_certain:
            form.fields[name].required = True
            form.fields[name].error_messages["required"] = Cited(need)
        else:
            form.reveal(name)


def asked_by(form: forms.Form, fact: str) -> str | None:
    """The field of a form that answers what a gate asks about."""
    return next((name for name in (fact, fact.removesuffix("_given")) if name in form.fields), None)


def say_unmet(form: forms.Form, unmet: Iterable[Unmet]) -> None:
    """Say what the policy wants first, beside the field a gate asks about where the form has one."""
    for gate in unmet:
        field: Any = next((name for fact in gate.asks if (name := asked_by(form, fact))), None)
        form.add_error(field, Cited(gate))


def in_one_line(unmet: Iterable[Unmet]) -> SafeString:
    """The same where there is no form: one sentence after the other."""
    return format_html_join("; ", "{}", ((Cited(gate),) for gate in unmet))
