"""Forms of the pages that look across. They ask by address: nothing confidential stands in them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.assurance.terms import PROMISE, SPANS, Measure

SPAN_WORDS = [(str(span), _("The last %(many)d months") % {"many": span}) for span in SPANS]


class CountsForm(forms.Form):
    """Which figure, over how many months."""

    measure = forms.ChoiceField(label=_("What to count"))
    months = forms.ChoiceField(label=_("How far back"), choices=SPAN_WORDS)

    def __init__(self, *given: Any, measures: Sequence[Measure], **options: Any) -> None:
        super().__init__(*given, **options)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  said for the type checker
        field.choices = [
            (
                each.code,
                _("Promise: %(words)s") % {"words": each.label} if each.code.startswith(PROMISE) else each.label,
            )
            for each in measures
        ]
