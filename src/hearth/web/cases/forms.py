"""Forms of a case."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.cases.kinds import Kind
from hearth.cases.terms import (
    ContactKind,
    ContactMade,
    ContactOutcome,
    ReviewOutcome,
    Risk,
    Seen,
)
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.web.citing import Governed, Questions
from hearth.web.forms import (
    Choice,
    DayField,
    IdempotencyField,
    RevealingForm,
    TimeOfDayField,
    VersionField,
    Words,
    choices_of,
)

LOCAL = ZoneInfo("Europe/London")
RISKS = [(Risk.HIGH, _("High")), (Risk.MEDIUM, _("Medium")), (Risk.STANDARD, _("Standard"))]
ONLY_WHO_CAN = _("Only those who can work on this case are listed. Others are brought in under “Who is in this case”.")
SEEN = [(Seen.YES, _("Yes")), (Seen.NO, _("No")), (Seen.NO_CHILD, _("There is no child"))]


class SummaryForm(forms.Form):
    """What stands on top of the case."""

    version = VersionField()
    summary = Words(
        label=_("Summary of the case"),
        help_text=_("What matters now, in a few sentences. The words of others stay where they told them."),
        max_length=MOST_WORDS,
        missing=_("Write the summary"),
    )


class ContactForm(Governed):
    """A contact or the attempt at one."""

    policy = Questions(
        acts=("case.contact_made",),
        keeps=dict.fromkeys(("child_seen", "child_alone", "wishes"), "record:case.contact_made"),
    )

    key = IdempotencyField()
    kind = Choice(
        label=_("How were you in touch?"),
        missing=_("Select how you were in touch"),
        choices=[
            (ContactKind.VISIT, _("A visit")),
            (ContactKind.CALL, _("A call")),
            (ContactKind.MEETING, _("A meeting")),
            (ContactKind.MESSAGE, _("A message")),
            (ContactKind.OTHER, _("Something else")),
        ],
    )
    outcome = Choice(
        label=_("What came of it?"),
        help_text=_("No access, refusal and no answer are recorded. They stop no clock."),
        missing=_("Select what came of it"),
        choices=[
            (ContactOutcome.SEEN, _("I saw them")),
            (ContactOutcome.SPOKEN_TO, _("I spoke to them")),
            (ContactOutcome.NO_ACCESS, _("No access")),
            (ContactOutcome.REFUSED, _("They refused contact")),
            (ContactOutcome.NO_ANSWER, _("No answer")),
        ],
    )
    day = DayField(label=_("On which day?"), missing=_("Enter the day"))
    time = TimeOfDayField(label=_("At what time?"), missing=_("Enter the time"))
    child_seen = Choice(
        label=_("Did you see every child?"), choices=SEEN, missing=_("Select whether you saw every child")
    )
    child_alone = Choice(
        label=_("Did you see a child alone?"), choices=SEEN, missing=_("Select whether you saw a child alone")
    )
    their_words = Words(label=_("What did they say, in their own words?"), required=False, max_length=MOST_WORDS)
    wishes = Words(label=_("What do they want to happen?"), required=False, max_length=MOST_WORDS)
    told_afterwards = Choice(
        label=_("Were they told afterwards what we do next?"),
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )
    note = Words(label=_("What happened?"), max_length=MOST_WORDS, missing=_("Write what happened"))

    def contact(self) -> ContactMade:
        """The contact as told."""
        told = self.cleaned_data
        local = datetime.combine(told["day"], told["time"], tzinfo=LOCAL)
        return ContactMade(
            kind=ContactKind(told["kind"]), outcome=ContactOutcome(told["outcome"]), happened_at=local.astimezone(UTC),
            child_seen=Seen(told["child_seen"]), child_alone=Seen(told["child_alone"]), note=told["note"],
            their_words=told["their_words"], wishes=told["wishes"],
            told_afterwards={"yes": True, "no": False}.get(told["told_afterwards"]),
        )  # fmt: skip


class NoteForm(forms.Form):
    """A note."""

    key = IdempotencyField()
    text = Words(
        label=_("Note"),
        help_text=_("A note is never changed. To correct one, write another that says so."),
        max_length=MOST_WORDS,
        missing=_("Write the note"),
    )


class RiskForm(Governed):
    """The risk, judged anew."""

    policy = Questions(acts=("case.risk_banded",), facts={"risk_band": "risk"}, called={"risk": "risk_band"})

    risk = Choice(label=_("How high is the risk now?"), choices=RISKS, missing=_("Select how high the risk is"))
    why = Words(label=_("Why?"), max_length=MOST_WORDS, missing=_("Write why the risk is what you say"))


class ReviewForm(Governed):
    """A manager's review."""

    policy = Questions(acts=("case.reviewed",), on="outcome")

    outcome = Choice(
        label=_("What did you decide?"),
        missing=_("Select what you decided"),
        choices=[
            (ReviewOutcome.CONTINUE, _("Carry on as planned")),
            (ReviewOutcome.CHANGE, _("Change the plan")),
            (ReviewOutcome.CLOSE, _("Work towards closing")),
        ],
    )
    text = Words(
        label=_("What did you find, and what should happen?"),
        max_length=MOST_WORDS,
        missing=_("Write what you found and what should happen"),
    )


class HandOverForm(Governed):
    """Offering the case to somebody."""

    policy = Questions(acts=("case.handed_over",), on="to", keeps={"to": "record:case.owner_changed"})

    to = forms.TypedChoiceField(
        label=_("Who is offered the case?"),
        coerce=int,
        error_messages={"required": _("Choose who is offered the case")},
    )
    what_matters = Words(
        label=_("What matters most for whoever takes it on?"),
        max_length=MOST_WORDS,
        missing=_("Write what matters most"),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "to").choices = [("", _("Choose somebody")), *people]


class OfferedForm(Governed, RevealingForm):
    """Taking a case or giving it back."""

    revealed = ("why",)
    policy = Questions(acts=("case.handover_answered",), on="answer")

    answer = Choice(
        label=_("Do you take this case on?"),
        missing=_("Select whether you take this case on"),
        choices=[("accept", _("Yes, I take it on")), ("give_back", _("No, I give it back"))],
    )
    why = Words(label=_("If you give it back: why?"), required=False, max_length=MOST_SHORT)


class WhyForm(forms.Form):
    """A reason."""

    why = Words(label=_("Why?"), max_length=MOST_WORDS, missing=_("Write why"))


class SupportForm(Governed, WhyForm):
    """What is in place for the people of a case."""

    policy = Questions(acts=("case.support_in_place",), on="why", keeps={"why": "record:case.support_in_place"})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].label = _("What is in place, and who gives it?")
        self.fields["why"].error_messages["required"] = _("Write what is in place, and who gives it")


class ReopenForm(Governed, WhyForm):
    """Why a case is opened again: its limits begin anew."""

    policy = Questions(acts=("case.reopened",), on="why")


class HowItWasForm(Governed, RevealingForm):
    """How it was for those a closed case was about."""

    revealed = ("said", "why_not")
    policy = Questions(acts=("case.experience_asked",), on="was_asked")

    was_asked = Choice(
        label=_("Could you ask them how it was?"),
        missing=_("Select whether you could ask them"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )
    said = Words(label=_("What did they say, in their own words?"), max_length=MOST_WORDS)
    why_not = Words(
        label=_("Why could they not be asked?"),
        help_text=_("For example, they did not want to say, it is not safe, or nobody reached them."),
        max_length=MOST_WORDS,
    )
    on = DayField(label=_("On which day was that?"), missing=_("Enter the day on which you asked or tried"))

    def clean(self) -> dict[str, Any]:
        """What belongs to the answer is there. What stands beside the other stays on the page and is not kept."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("was_asked") == "yes" and not told.get("said", "").strip():
            self.add_error("said", _("Write what they said"))
        if told.get("was_asked") == "no" and not told.get("why_not", "").strip():
            self.add_error("why_not", _("Write why they could not be asked"))
        return told


class SearchForm(forms.Form):
    """Looking for words in notes."""

    words = Words(label=_("Words in notes"), max_length=200, missing=_("Enter the words you look for"))


class ChronologyForm(RevealingForm):
    """Narrowing a chronology down."""

    revealed = ("what",)

    what = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everything")),
            (Kind.CONCERNS, _("Concerns")),
            (Kind.DECISIONS, _("Decisions")),
            (Kind.CONTACTS, _("Contacts and visits")),
            (Kind.NOTES, _("Notes")),
            (Kind.ACTIONS, _("Actions")),
            (Kind.RISK, _("Risk and reviews")),
            (Kind.AGENCIES, _("Referrals and other agencies")),
            (Kind.LIMITS, _("Limits")),
            (Kind.PEOPLE, _("People and markers")),
            (Kind.HOME, _("Unsafe home")),
            (Kind.ALARMS, _("On-call alerts")),
            (Kind.WHO_IS_IN_IT, _("Who is in it")),
        ],
    )
