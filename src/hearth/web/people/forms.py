"""Forms about the people in a concern or case."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.people.rules import OLDEST
from hearth.people.terms import Birth, Capacity, ContactRule, Hours, PartPlayed
from hearth.policy.packs.keeping import KeeperKind
from hearth.web.citing import Governed, Questions
from hearth.web.forms import (
    Choice,
    DayField,
    IdempotencyField,
    Line,
    RevealingForm,
    Text,
    TimeOfDayField,
    VersionField,
    Words,
    choices_of,
)
from hearth.web.people import words as called

NOBODY_SHOWN = "nobody_shown"
type Answers = Sequence[tuple[str, Text]]


def _answers(said: dict[str, Any], only: Iterable[str] | None = None) -> list[tuple[str, Text]]:
    return [(str(code), word) for code, word in said.items() if only is None or code in only]


class LookForm(forms.Form):
    """The name somebody is looked for by."""

    name = Line(
        label=_("Name of the person"),
        help_text=_("As you know it. If you do not know it, how you would know them: older boy, about 12."),
        missing=_("Enter the person’s name, or how you would know them"),
    )


class AddForm(Governed):
    """Which of those found it is, and the part he plays."""

    policy = Questions(keeps={"who": "act:keep_people"}, offers={"part": KeeperKind.DEFINITION})

    key = IdempotencyField()
    name = Line(widget=forms.HiddenInput, missing=_("Enter the person’s name, or how you would know them"))
    who = Choice(label=_("Who is it?"), missing=_("Select who it is"))
    part = Choice(
        label=_("Which part do they play here?"),
        help_text=_("In this record only. It says nothing about them anywhere else."),
        missing=_("Select which part they play here"),
        choices=_answers(called.PARTS),
    )
    known_as = Line(label=_("If known only here: another name they go by"), required=False)
    age = forms.IntegerField(
        label=_("If known only here: about how old?"), required=False, min_value=0, max_value=OLDEST,
        error_messages={
            "invalid": _("Enter the age as a number of years"),
            "max_value": _("Enter an age somebody can have"),
            "min_value": _("Enter an age somebody can have"),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, found: Answers, ages: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].help_text = f"{self.fields['part'].help_text} {ages}"
        choices_of(self, "who").choices = [
            *found,
            (NOBODY_SHOWN, _("None of these: somebody known only from this record")),
        ]

    def birth(self, at: datetime) -> Birth:
        """About how old somebody seems today, where that was said."""
        age = self.cleaned_data["age"]
        return Birth(age_about=age, age_seen_on=at.date()) if age is not None else Birth()


class PartForm(RevealingForm):
    """Ending one part and beginning another, or saying that it was never his."""

    revealed = ("why",)

    part = Choice(label=_("Which part is it about?"), missing=_("Select the part it is about"))
    becomes = Choice(
        label=_("What is right?"),
        missing=_("Select what is right"),
        choices=[*_answers(called.PARTS), ("wrong", _("It was put down for the wrong person"))],
    )
    why = Words(
        label=_("Why?"), help_text=_("Needed where it was put down for the wrong person."), max_length=1000,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Iterable[PartPlayed], ages: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["becomes"].help_text = ages
        choices_of(self, "part").choices = _answers(called.PARTS, set(parts))

    def clean(self) -> None:
        """Marking a part as wrong needs a reason."""
        if self.cleaned_data.get("becomes") == "wrong" and not self.cleaned_data.get("why"):
            self.add_error("why", _("Write why it was wrong"))


class TieForm(forms.Form):
    """What somebody is to somebody else in the record."""

    other = Choice(label=_("To whom?"), missing=_("Select to whom"))
    tie = forms.ChoiceField(
        label=_("What are they to that person?"), choices=[("", _("Choose one")), *_answers(called.TIES)],
        error_messages={"required": _("Choose what they are to that person")},
    )  # fmt: skip
    since = DayField(label=_("Since when?"), required=False)

    def __init__(self, *args: Any, others: Answers, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "other").choices = others


class EndTieForm(forms.Form):
    """Which relationship has ended, and since when."""

    tie = Choice(label=_("What has ended?"), missing=_("Select what has ended"))
    until = DayField(label=_("Since when?"), missing=_("Enter the day it ended"))

    def __init__(self, *args: Any, ties: Answers, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "tie").choices = ties


class HouseholdForm(forms.Form):
    """Whether somebody lives in or visits the household."""

    how = Choice(
        label=_("Does this person live there?"),
        missing=_("Select whether they live there"),
        choices=[("lives", _("Lives there")), ("visits", _("Visits"))],
    )
    since = DayField(label=_("Since when?"), required=False)


class WishForm(forms.Form):
    """What somebody wants, and whether he was asked."""

    key = IdempotencyField()
    asked = Choice(
        label=_("Has the person been asked what they want to happen?"),
        missing=_("Select whether the person has been asked"),
        choices=_answers(called.ASKED),
    )
    words = Words(
        label=_("What do they want, in their own words? Or why is it not known?"),
        missing=_("Write what they want in their own words, or why it is not known"),
    )
    told_by = Choice(label=_("Who told us?"), missing=_("Select who told us"), choices=_answers(called.SOURCES))
    day = DayField(label=_("On which day?"), missing=_("Enter the day"))

    def said_at(self) -> datetime:
        """The day it was said, at its beginning."""
        return datetime.combine(self.cleaned_data["day"], time(), tzinfo=UTC)


class ContactForm(RevealingForm):
    """Whether one way to reach somebody is safe."""

    revealed = ("from_time", "until_time", "code_word")

    version = VersionField(required=False)
    rule = Choice(
        label=_("Is it safe to reach this person this way?"),
        missing=_("Select whether it is safe"),
        choices=_answers(called.RULES),
    )
    from_time = TimeOfDayField(label=_("If only between two times: from"), required=False)
    until_time = TimeOfDayField(label=_("If only between two times: until"), required=False)
    code_word = Line(label=_("If only with a code word: the word"), max_length=80, required=False)
    value = Words(
        label=_("Where and how"),
        help_text=_("A number, an address or a place that is safe, and what to say. Kept encrypted."),
        max_length=1000,
        required=False,
    )

    def hours(self) -> Hours | None:
        """The only hours at which contact is safe, where the rule is about hours."""
        told = self.cleaned_data
        if told["rule"] != ContactRule.ONLY_BETWEEN or not (told["from_time"] and told["until_time"]):
            return None
        return Hours(told["from_time"], told["until_time"])


class ChannelForm(forms.Form):
    """Which way to reach somebody is meant."""

    channel = Choice(label=_("Which way?"), missing=_("Select which way"), choices=_answers(called.CHANNELS))


class NeedsForm(forms.Form):
    """How somebody is spoken to."""

    version = VersionField(required=False)
    language = Line(label=_("Language they speak best"), max_length=80, required=False)
    interpreter = Choice(
        label=_("Do they need an interpreter?"),
        help_text=_("A trained one: also for British Sign Language. Never family, friends, neighbours or a child."),
        missing=_("Select whether they need an interpreter"),
        choices=_answers(called.INTERPRETERS),
    )
    needs = Words(
        label=_("What else helps them understand and be understood?"),
        help_text=_("For example, easy read, a hearing loop, an advocate, time."),
        max_length=2000,
        required=False,
    )


class CapacityForm(RevealingForm):
    """Whether somebody could make one decision at one time."""

    revealed = ("best_interests",)

    key = IdempotencyField()
    decision = Line(
        label=_("Which decision?"),
        help_text=_("One decision, such as whether to let the fire service fit an alarm."),
        max_length=500,
        missing=_("Enter which decision it is about"),
    )
    help_given = Words(label=_("What was done to help them decide for themselves?"), max_length=2000, required=False)
    outcome = Choice(
        label=_("Can they make this decision?"),
        help_text=_("An unwise decision is not a sign that somebody cannot decide."),
        missing=_("Select whether they can make this decision"),
        choices=_answers(called.CAPACITY),
    )
    why = Words(
        label=_("What shows it?"),
        help_text=_("Whether they understand, keep in mind, weigh and tell; and whether they can do what they say."),
        missing=_("Write what shows it"),
    )
    best_interests = Words(
        label=_("If they cannot: what was decided in their best interests, with whom, and what they wanted"),
        required=False,
    )
    assessed_on = DayField(label=_("On which day?"), missing=_("Enter the day"))
    assessed_by = Line(label=_("Who assessed it?"), missing=_("Enter who assessed it"))

    def clean(self) -> None:
        """Deciding for somebody needs the decision."""
        told = self.cleaned_data
        if told.get("outcome") == Capacity.LACKS and not told.get("best_interests"):
            self.add_error("best_interests", _("Write what was decided in their best interests, and what they wanted"))


class ConflictForm(forms.Form):
    """Whom a worker knows."""

    who = Choice(label=_("Whom do you know?"), missing=_("Select whom you know"))
    why = Words(
        label=_("How do you know them?"), help_text=_("A few words. The leads read them."), max_length=1000,
        missing=_("Write how you know them"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Answers, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "who").choices = people
