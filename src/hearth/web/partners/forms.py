"""Forms for what other agencies are asked and answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.partners import bases
from hearth.partners.queries import AReferral
from hearth.partners.terms import Answer, Asked, How
from hearth.policy.durations import LOCAL, local_day
from hearth.policy.packs import Pack
from hearth.policy.packs.keeping import KeeperKind
from hearth.policy.packs.naming import called
from hearth.triage.terms import SubjectKind
from hearth.web.ages import ages_said
from hearth.web.citing import Governed, Questions
from hearth.web.clauses import say_unmet
from hearth.web.forms import Choice, DayField, IdempotencyField, Line, RevealingForm, TimeOfDayField, Words, choices_of
from hearth.web.partners.offices import agencies, agency_name, chosen, every_way

SUBJECTS = [
    (SubjectKind.CHILD, _("A child")),
    (SubjectKind.ADULT, _("An adult")),
    (SubjectKind.BOTH, _("A child and an adult")),
    (SubjectKind.NOT_KNOWN, _("Not known yet")),
]
CONSENT = [
    ("given", _("They agreed")),
    ("refused", _("They refused, and we refer all the same")),
    ("not_asked", _("It was not safe or possible to ask")),
    ("not_needed", _("Consent is not needed: a child may be at risk of significant harm")),
]


def answers(pack: Pack) -> Sequence[tuple[str, str]]:
    """What an agency may answer, in the words of the policy."""
    return [(answer.value, called(pack, "answer", answer)) for answer in Answer]


def told_of(pack: Pack, referral: AReferral) -> tuple[AReferral, str, str]:
    """A referral with its agency and what it answered, as the policy calls them."""
    answer = called(pack, "answer", referral.answer) if referral.answer else ""
    return referral, agency_name(pack, referral.agency, referral.office), answer


def override_grounds(pack: Pack) -> Sequence[tuple[str, str]]:
    """On which grounds one refers although somebody refused, in the policy's words."""
    found = pack.words.get("override_ground")
    return [(word.code, word.label) for word in found.words] if found else [("given", str(_("For the reason below")))]


class WhenForm(RevealingForm):
    """When something happened that is written down now."""

    day = DayField(label=_("On which day?"), missing=_("Enter the day"))
    time = TimeOfDayField(label=_("At what time?"), missing=_("Enter the time, such as 4:05pm"))

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        self.now = now
        super().__init__(*args, **options)

    def happened_at(self) -> datetime:
        """The moment that was typed."""
        told = self.cleaned_data
        return datetime.combine(told["day"], told["time"], tzinfo=LOCAL).astimezone(UTC)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("day") and told.get("time") and self.happened_at() > self.now:
            self.add_error("time", _("Choose a time that has passed"))
        return told


class HappenedForm(Governed, WhenForm):
    """When one thing came to pass with a referral."""

    policy = Questions(on="day")

    def __init__(self, *args: Any, did: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.policy = replace(self.policy, acts=(did,))


class ReferForm(Governed, WhenForm):
    """Asking another agency to act."""

    revealed = ("override_ground", "override_why")
    policy = Questions(
        acts=("referral.made",),
        facts={"immediate": "urgent", "by_phone": "how", "to": "agency"},
        words={"override_ground": "override_ground", "agency": "agency"},
        offers={"agency": KeeperKind.ROUTE},
    )
    key = IdempotencyField()
    agency = forms.ChoiceField(
        label=_("Which agency do you refer to?"), error_messages={"required": _("Choose the agency")}
    )
    how = Choice(
        label=_("How did you refer?"),
        help_text=_("Hearth records the referral. You make it yourself. What was telephoned is confirmed in writing."),
        missing=_("Select how you referred"),
        choices=[(How.PHONE, _("By telephone")), (How.WRITTEN, _("In writing"))],
    )
    urgent = Choice(
        label=_("Is it urgent?"),
        help_text=_("Urgent referrals are chased sooner."),
        missing=_("Select whether it is urgent"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
    )
    subject = Choice(label=_("Who is it about?"), choices=SUBJECTS, missing=_("Select who it is about"))
    asked = Words(
        label=_("What do you ask the agency to do, and why?"),
        max_length=MOST_WORDS,
        missing=_("Write what you ask the agency to do, and why"),
    )
    consent = Choice(
        label=_("Did the person agree to the referral?"), choices=CONSENT, missing=_("Select whether they agreed")
    )
    override_ground = Choice(label=_("If they refused: on which ground do you refer?"), required=False)
    override_why = Words(
        label=_("If they refused: what shows it, and were they told?"), required=False, max_length=MOST_SHORT
    )
    basis = Choice(label=_("On which lawful basis do you share this?"), required=False)
    special_basis = Choice(
        label=_("If it tells of health, belief, origin or sex life: what allows that too?"), required=False
    )
    field_order = (
        "key", "agency", "how", "day", "time", "urgent", "subject", "asked", "consent", "override_ground",
        "override_why", "basis", "special_basis",
    )  # fmt: skip

    def __init__(self, *args: Any, pack: Pack, whose: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pack, self.whose = pack, whose
        self.ways = every_way(pack, at=self.now)
        if words := pack.wordings_at("consent"):
            self.fields["consent"].help_text = " ".join(f"{each.text} ({each.clause})" for each in words)
        offered = {"agency": [("", _("Choose an agency")), *agencies(pack)], "override_ground": override_grounds(pack)}
        self.fields["subject"].help_text = ages_said(pack)
        for name, choices in offered.items():
            choices_of(self, name).choices = choices
        self._offer_bases()

    def _offer_bases(self) -> None:
        """The lawful bases of the policy, and what it says of them; no question where it offers none."""
        today = local_day(self.now)
        may = bases.offered(self.pack, today)
        for name, offered in (("basis", may.first), ("special_basis", may.special)):
            choices_of(self, name).choices = [(each.id, each.with_its_law) for each in offered]
            if not offered:
                del self.fields[name]
        asked = [f"{gate.sentence} ({gate.clause})." for gate in bases.asking(self.pack, today)]
        if asked and "basis" in self.fields:
            self.fields["basis"].help_text = " ".join(asked)
            self.reveal("basis")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("consent") == "refused":
            if not told.get("override_ground"):
                self.add_error("override_ground", _("Select the ground on which you refer although they refused"))
            if not told.get("override_why"):
                self.add_error("override_why", _("Write why you refer although they refused"))
        said = {name: told.get(name) or None for name in ("consent", *sorted(bases.OF_A_BASIS))}
        say_unmet(self, bases.missing(self.pack, said, local_day(self.now), whose=self.whose))
        return told

    def asked_of_agency(self, *, subject: str = "", is_immediate: bool | None = None) -> Asked:
        """The referral as told. An override is kept only where somebody refused."""
        told = self.cleaned_data
        refused = told["consent"] == "refused"
        agency, office = chosen(self.pack, told["agency"])
        return Asked(
            agency=agency, how=How(told["how"]), what=told["asked"], consent=told["consent"],
            subject=subject or told["subject"], override_ground=told["override_ground"] if refused else "",
            override_why=told["override_why"] if refused else "", office=office,
            basis=told.get("basis", ""), special_basis=told.get("special_basis", ""),
            is_immediate=told["urgent"] == "yes" if is_immediate is None else is_immediate,
        )  # fmt: skip


class ChaseForm(Governed, WhenForm):
    """Asking again."""

    policy = Questions(acts=("referral.chased",), on="day")

    spoke_to = Line(label=_("Whom did you speak or write to?"), missing=_("Enter whom you spoke or wrote to"))
    said = Words(label=_("What was said?"), max_length=MOST_SHORT, missing=_("Write what was said"))
    field_order = ("spoke_to", "day", "time", "said")


class AnswerForm(Governed, WhenForm):
    """What the agency decided."""

    policy = Questions(acts=("referral.decided",), facts={"outcome": "answer"}, on="answer", words={"answer": "answer"})

    answer = Choice(label=_("What did they decide?"), missing=_("Select what they decided"))
    why = Words(
        label=_("What reason did they give?"),
        help_text=_("Their own words where you can. If they gave none, write that."),
        max_length=MOST_SHORT,
        missing=_("Write the reason, or that they gave none"),
    )
    field_order = ("answer", "day", "time", "why")

    def __init__(self, *args: Any, pack: Pack, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "answer").choices = answers(pack)


class AgreedForm(AnswerForm):
    """How a disagreement ended."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].label = _("What stands now?")
        self.fields["why"].label = _("What was agreed, and with whom?")
        self.fields["why"].help_text = _("They may have decided otherwise, or you may accept what they decided.")


class ReasonForm(Governed):
    """Why one of us does something about a referral."""

    policy = Questions(on="why")

    why = Words(label=_("Why?"), max_length=MOST_SHORT, missing=_("Write why"))

    def __init__(self, *args: Any, does: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.policy = replace(self.policy, acts=(does,))
