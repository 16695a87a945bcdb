"""Forms of users and posts."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.organisation.terms import PARTS_IN_A_RECORD, Part, UserKind
from hearth.web.forms import Choice, Choices, DayField, Line, RevealingForm, VersionField, Words, choices_of

MOST_SHORT = 1000
KINDS = {
    UserKind.EMPLOYEE: _("Employee"),
    UserKind.AGENCY: _("Agency worker"),
    UserKind.CONTRACTOR: _("Contractor’s operative"),
    UserKind.VOLUNTEER: _("Volunteer"),
    UserKind.BOARD: _("Board member"),
    UserKind.GUEST: _("Guest from a partner agency"),
    UserKind.AUDITOR: _("Auditor"),
}
PARTS = {
    Part.LEAD: _("Safeguarding lead"),
    Part.DEPUTY: _("Deputy lead"),
    Part.ALLEGATION_DEPUTY: _("Hears a concern about the lead"),
    Part.INTAKE: _("Intake"),
    Part.TRIAGE: _("Triage"),
    Part.ON_CALL: _("On call"),
    Part.CASE_WORKER: _("Case worker"),
    Part.CASE_MANAGER: _("Case manager"),
    Part.AUDITOR: _("Auditor"),
    Part.ADMINISTRATOR: _("Administrator"),
    Part.REPAIRS_DESK: _("Repairs desk"),
    Part.REPAIRS_COMPETENT: _("Competent to judge a hazard"),
    Part.REGISTER_READER: _("Reads the register of homes and people"),
    Part.REGISTER_KEEPER: _("Keeps the register"),
    Part.INCOME: _("Income"),
    Part.CHAMPION: _("Board champion"),
}
assert set(PARTS) == set(Part) - PARTS_IN_A_RECORD  # noqa: S101  a part without a name could not be given
UNTIL = _("The account stops by itself at the end of that day. Agency workers, contractors, volunteers, guests and"
          " auditors need one.")  # fmt: skip


class UserForm(forms.Form):
    """Somebody new."""

    name = Line(label=_("Name"), missing=_("Enter the name"))
    email = forms.EmailField(
        label=_("Work e-mail address"),
        help_text=_("They sign in with it. It cannot be changed later."),
        max_length=254,
        error_messages={
            "required": _("Enter the e-mail address"),
            "invalid": _("Enter an e-mail address, such as name@example.com"),
        },
    )
    kind = Choice(
        label=_("How do they work with us?"), choices=list(KINDS.items()), missing=_("Select how they work with us")
    )
    employer = Line(label=_("Employer, if not us"), required=False)
    last_day = DayField(label=_("Last day, if there is one"), help_text=UNTIL, required=False)


class ChangeUserForm(forms.Form):
    """What is known of somebody."""

    version = VersionField()
    name = Line(label=_("Name"), missing=_("Enter the name"))
    employer = Line(label=_("Employer, if not us"), required=False)
    last_day = DayField(label=_("Last day, if there is one"), help_text=UNTIL, required=False)


class FindUserForm(forms.Form):
    """Looking for somebody by name."""

    called = Line(label=_("Find by name or e-mail address"), missing=_("Enter a name or an e-mail address"))


class WhyForm(forms.Form):
    """A reason."""

    why = Words(label=_("Why?"), max_length=MOST_SHORT, missing=_("Write why"))


class SwitchOnForm(WhyForm):
    """Letting somebody in again."""

    last_day = DayField(label=_("Last day, if there is one"), help_text=UNTIL, required=False)


class LinkPersonForm(forms.Form):
    """Somebody's own record in the register."""

    reference = Line(
        label=_("Their reference in the register"),
        help_text=_("For example P-3. Hearth tells you nothing about the person."),
        missing=_("Enter the reference"),
    )


class PostForm(forms.Form):
    """A post."""

    version = VersionField(required=False)
    title = Line(label=_("Title, as you call it here"), missing=_("Enter the title"))
    parts = Choices(
        label=_("What do its holders do?"), choices=list(PARTS.items()), missing=_("Select at least one part")
    )
    team = forms.TypedChoiceField(label=_("Team"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, teams: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "team").choices = [("", _("No team")), *teams]


class TeamForm(forms.Form):
    """A team."""

    name = Line(label=_("Name of the team"), missing=_("Enter the name"))
    company = Line(label=_("Company of the group, if there are several"), required=False)


class AppointForm(forms.Form):
    """Somebody into a post."""

    user = forms.ChoiceField(label=_("Who?"), error_messages={"required": _("Choose who")})
    post = forms.ChoiceField(label=_("Into which post?"), error_messages={"required": _("Choose the post")})
    first_day = DayField(
        label=_("From which day?"), help_text=_("Today begins at once."), missing=_("Enter the first day")
    )
    last_day = DayField(
        label=_("Last day, if there is one"),
        help_text=_("Where the policy gives the post for a time, leave it empty: it ends with that time."),
        required=False,
    )
    cover = Choice(
        label=_("Is it to stand in for somebody?"),
        choices=[("no", _("No, the post is theirs")), ("yes", _("Yes, as cover"))],
        missing=_("Select whether they stand in for somebody"),
    )

    def __init__(
        self, *args: Any, users: Sequence[tuple[str, str]], posts: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices_of(self, "user").choices = [("", _("Choose somebody")), *users]
        choices_of(self, "post").choices = [("", _("Choose a post")), *posts]


class AnswerForm(RevealingForm):
    """Agreeing, or not, to what somebody else asked for."""

    revealed = ("why",)

    agreed = Choice(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes, they hold the post from now on")), ("no", _("No"))],
        missing=_("Select whether you agree"),
    )
    why = Words(label=_("If not, why not?"), max_length=MOST_SHORT, required=False)


def end_of(day: date | None) -> datetime | None:
    """The moment a last day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None


def start_of(day: date, at: datetime) -> datetime:
    """The moment a first day begins; today begins now."""
    return at if day == timezone.localdate(at) else timezone.make_aware(datetime.combine(day, time()))


def last_day_of(until: datetime | None) -> date | None:
    """The last day before a moment."""
    return timezone.localdate(until - timedelta(seconds=1)) if until else None
