"""What somebody names in a form and is not there for him: kept as an attempt, like one to open it at its address."""

from uuid import UUID

from django import forms

from hearth.access import clock
from hearth.access.operations import keep_attempt
from hearth.access.terms import NotHere
from hearth.concerns.terms import NothingCalled
from hearth.people.terms import NoSuchPerson
from hearth.web.errors import page_name
from hearth.web.middleware import Page


def keep_if_not_here(request: Page, problem: Exception) -> None:
    """Keep the attempt where what was named is missing or hidden. It tells nobody which."""
    if isinstance(problem, NothingCalled):
        _keep(request, problem.attempt, problem.asked_for)


def keep_who_was_named(request: Page, form: forms.Form, field: str) -> None:
    """Keep the attempt where a form came back with somebody it never offered."""
    if field in form.fields and form.has_error(field, code="invalid_choice"):
        named = str(form[field].value())
        if _is_an_id(named):
            _keep(request, NoSuchPerson(), named)


def _keep(request: Page, attempt: NotHere, asked_for: str) -> None:
    keep_attempt(attempt, page=page_name(request), asked_for=asked_for, at=clock.now())


def _is_an_id(named: str) -> bool:
    try:
        UUID(named)
    except ValueError:
        return False
    return True
