"""Forms for one running limit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.concerns.terms import MOST_SHORT
from hearth.web.citing import Governed, Questions
from hearth.web.forms import Choice, DayField, Words, choices_of

NEVER = _("Refused contact, not engaging and no access never pause a limit. Choose one of the reasons shown.")


class GroundForm(forms.Form):
    """A ground of the policy, and what stands behind it."""

    ground = Choice(label=_("On which ground?"), missing=_("Select the ground"))
    why = Words(label=_("What stands behind it?"), max_length=MOST_SHORT, missing=_("Write what stands behind it"))

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "ground").choices = grounds


class WhyLateForm(Governed, GroundForm):
    """Why a limit ran over, in the policy's words."""

    policy = Questions(acts=("case.closed",), facts={"breach_reason": "ground"}, words={"ground": "breach_reason"})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ground"].label, self.fields["why"].label = _("What was the main reason?"), _("What happened?")


class PauseForm(GroundForm):
    """Why a limit stands still."""

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, grounds=grounds, **options)
        self.fields["ground"].error_messages["invalid_choice"] = NEVER
        self.fields["ground"].help_text = _(
            "Your policy names these. Refused contact and no access are never among them."
        )
        self.fields["why"].label = _("Who asked, when, and how do you know?")


class ResumeForm(forms.Form):
    """Why it runs again."""

    why = Words(label=_("Why does it run again?"), max_length=MOST_SHORT, missing=_("Write why it runs again"))


class ExtendForm(forms.Form):
    """A later day."""

    to = DayField(label=_("Until which day?"), missing=_("Enter the day"))
    why = Words(
        label=_("Why do you approve a later day?"),
        max_length=MOST_SHORT,
        missing=_("Write why you approve it"),
    )
