"""What is asked about an action: put on the plan, changed, given to somebody else, dropped, done."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.cases.planned import CANNOT_WORK_ON_IT
from hearth.cases.terms import (
    Risk,
    Seen,
)
from hearth.concerns.terms import MOST_SHORT
from hearth.web.citing import Governed, Questions
from hearth.web.forms import (
    DayField,
    IdempotencyField,
    VersionField,
    Words,
    choices_of,
)

LOCAL = ZoneInfo("Europe/London")
RISKS = [(Risk.HIGH, _("High")), (Risk.MEDIUM, _("Medium")), (Risk.STANDARD, _("Standard"))]
ONLY_WHO_CAN = _("Only those who can work on this case are listed. Others are brought in under “Who is in this case”.")
SEEN = [(Seen.YES, _("Yes")), (Seen.NO, _("No")), (Seen.NO_CHILD, _("There is no child"))]


class PlanForm(Governed):
    """One thing somebody will do."""

    policy = Questions(acts=("action.planned",))

    key = IdempotencyField()
    text = Words(label=_("What will be done?"), max_length=MOST_SHORT, missing=_("Write what will be done"))
    for_whom = Words(label=_("For whom?"), max_length=200, required=False)
    owner = forms.TypedChoiceField(
        label=_("Who does it?"),
        help_text=ONLY_WHO_CAN,
        coerce=int,
        error_messages={"required": _("Choose who does it"), "invalid_choice": CANNOT_WORK_ON_IT},
    )
    due_on = DayField(label=_("By which day?"), missing=_("Enter the day by which it is done"))

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "owner").choices = [("", _("Choose somebody")), *people]


class ActionForm(Governed):
    """Changing an action."""

    policy = Questions(acts=("action.moved",))

    version = VersionField()
    text = Words(label=_("What will be done?"), max_length=MOST_SHORT, missing=_("Write what will be done"))
    due_on = DayField(label=_("By which day?"), missing=_("Enter the day by which it is done"))


class GiveForm(forms.Form):
    """Who does an action from now on."""

    owner = forms.TypedChoiceField(
        label=_("Who does it from now on?"),
        help_text=ONLY_WHO_CAN,
        coerce=int,
        error_messages={"required": _("Choose who does it from now on"), "invalid_choice": CANNOT_WORK_ON_IT},
    )
    words = Words(label=_("What should they know?"), max_length=MOST_SHORT, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "owner").choices = [("", _("Choose somebody")), *people]


class DropForm(Governed):
    """Why an action is no longer needed."""

    policy = Questions(acts=("action.dropped",), on="why")

    why = Words(
        label=_("Why is it no longer needed?"), max_length=MOST_SHORT, missing=_("Write why it is no longer needed")
    )


class FinishForm(Governed):
    """What came of an action."""

    policy = Questions(acts=("action.done",), on="result")

    result = Words(label=_("What came of it?"), max_length=MOST_SHORT, missing=_("Write what came of it"))
