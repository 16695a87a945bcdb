"""Small forms of triage. The decision itself stands in steps.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.web.citing import Governed, Questions
from hearth.web.forms import Words


class AddForm(forms.Form):
    """Something more about a concern."""

    text = Words(label=_("What do you want to add?"), max_length=MOST_WORDS, missing=_("Write what you want to add"))


class AnswerForm(Governed):
    """A lead's answer to a reporter who is still worried."""

    policy = Questions(acts=("concern.worry_answered",), on="answer")

    answer = Words(
        label=_("Your answer"),
        max_length=MOST_SHORT,
        help_text=_("They see these words. Say what they may know, and nothing that would put anybody at risk."),
        missing=_("Write your answer"),
    )
