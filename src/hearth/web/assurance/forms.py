"""Forms of the pages that look across. They ask by address: nothing confidential stands in them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from hearth.assurance.access_log import MOST_DRAWN, Sort
from hearth.assurance.states import Live
from hearth.assurance.terms import PROMISE, SPANS, Measure
from hearth.web.assurance.group import Group
from hearth.web.forms import DayField, Line, RevealingForm, choices_of

SPAN_WORDS = [(str(span), _("The last %(many)d months") % {"many": span}) for span in SPANS]


class CountsForm(RevealingForm):
    """Which figure, over how many months; in a group, of whom."""

    revealed = ("company",)

    company = forms.ChoiceField(label=_("Of whom"), required=False)
    measure = forms.ChoiceField(label=_("What to count"))
    months = forms.ChoiceField(label=_("How far back"), choices=SPAN_WORDS)

    def __init__(self, *given: Any, measures: Sequence[Measure], of: Group, **options: Any) -> None:
        super().__init__(*given, **options)
        choices_of(self, "company").choices = of.choices
        field = choices_of(self, "measure")
        seen = Counter(each.label for each in measures)
        field.choices = [(each.code, _named(each, is_only=seen[each.label] == 1)) for each in measures]


def _named(measure: Measure, *, is_only: bool) -> object:
    """A promise says that it is one; of several that are called alike each says its clause."""
    if not measure.code.startswith(PROMISE):
        return measure.label
    told = {"words": measure.label, "clause": measure.clause}
    return _("Promise: %(words)s") % told if is_only else _("Promise: %(words)s, clause %(clause)s") % told


class PromisesForm(RevealingForm):
    """Which clauses: by words, and by how they stand for whoever sees that. A policy's words are nobody's secret."""

    revealed = ("words", "state")

    words = Line(label=_("Words or a clause’s number"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("How it stands"), required=False)

    def __init__(self, *given: Any, states: Mapping[Live, tuple[object, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        if not states:
            del self.fields["state"]
            return
        field = choices_of(self, "state")
        field.choices = [("", _("Any")), *((state.value, words) for state, (words, _colour) in states.items())]


class LogForm(RevealingForm):
    """Narrowing the access log down. No names and no references: it stands in an address."""

    revealed = ("person", "sort", "since", "until")

    person = forms.ChoiceField(label=_("Who"), required=False)
    sort = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("Everything")),
            (Sort.LOOKED, _("Who looked")),
            (Sort.EMERGENCY, _("Emergency openings")),
            (Sort.REFUSED, _("Attempts that were refused")),
        ],
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, *given: Any, people: Sequence[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        field = choices_of(self, "person")
        field.choices = [("", _("Everybody")), *((str(public_id), name) for public_id, name in people)]


class SampleForm(forms.Form):
    """Which month is drawn, and how many cases."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    many = forms.IntegerField(
        label=_("How many cases"),
        min_value=1,
        max_value=MOST_DRAWN,
        error_messages={
            "required": _("Enter how many cases you want to look at"),
            "invalid": _("Enter a number, such as 10"),
            "min_value": _("Enter 1 or more"),
            "max_value": _("Enter %(limit_value)d or fewer"),
        },
    )

    def __init__(self, *given: Any, months: Sequence[date], **options: Any) -> None:
        super().__init__(*given, **options)
        field = choices_of(self, "month")
        field.choices = [(month.isoformat(), date_format(month, "F Y")) for month in months]
