"""Forms of triage. Nothing is chosen beforehand, and nothing that is left out counts as low."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.cases.terms import Risk
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.partners.terms import Agency, Asked, How
from hearth.policy.packs.pack import Pack
from hearth.triage.terms import ChildThere, ForChildren, Judgement, Limb, Limbs, Outcome, SubjectKind
from hearth.web.forms import Choice, Choices, DayField, IdempotencyField, Words

LIMBS = [(Limb.YES, _("Yes")), (Limb.NO, _("No")), (Limb.NOT_KNOWN, _("Not known"))]
RISKS = [(Risk.HIGH, _("High")), (Risk.MEDIUM, _("Medium")), (Risk.STANDARD, _("Standard"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
CONSENT = [
    ("given", _("They agreed")),
    ("refused", _("They refused, and we refer all the same")),
    ("not_asked", _("It was not safe or possible to ask")),
    ("not_needed", _("Consent is not needed: a child may be at risk of significant harm")),
]


class AddForm(forms.Form):
    """Something more about a concern."""

    text = Words(label=_("What do you want to add?"), max_length=MOST_WORDS, missing=_("Write what you want to add"))


class AnswerForm(forms.Form):
    """A lead's answer to a reporter who is still worried."""

    answer = Words(
        label=_("Your answer"),
        max_length=MOST_SHORT,
        help_text=_("They see these words. Say what they may know, and nothing that would put anybody at risk."),
        missing=_("Write your answer"),
    )


class DecideForm(forms.Form):
    """The first decision on a concern, with its reasons, also when the answer is no."""

    key = IdempotencyField()
    subject = Choice(
        label=_("Who is this about?"),
        choices=[
            (SubjectKind.CHILD, _("A child")),
            (SubjectKind.ADULT, _("An adult")),
            (SubjectKind.BOTH, _("A child and an adult")),
            (SubjectKind.NOT_KNOWN, _("Not known yet")),
        ],
        missing=_("Select who this is about"),
    )
    children_in_household = Choice(
        label=_("Do children live there or visit?"),
        choices=[(ChildThere.YES, _("Yes")), (ChildThere.NO, _("No")), (ChildThere.NOT_KNOWN, _("Not known"))],
        missing=_("Select whether children live there or visit"),
    )
    domestic_abuse = Choice(
        label=_("Is domestic abuse part of it, or may it be?"),
        choices=YES_NO,
        missing=_("Select whether domestic abuse is part of it"),
    )
    child_decision = Choice(
        label=_("What did you decide for each child?"),
        help_text=_("Children who live with domestic abuse are victims in their own right."),
        required=False,
        choices=[
            (ForChildren.OWN_CONCERN, _("A concern of their own")),
            (ForChildren.IN_THIS_CASE, _("They are part of this case")),
            (ForChildren.REFERRED, _("Referred to children’s services")),
            (ForChildren.SAFE, _("Safe, for the reason given below")),
        ],
    )
    adult_wishes_only = Choice(
        label=_("Does the decision rest only on what the adults wish?"), required=False, choices=YES_NO
    )
    care_needs = Choice(label=_("Do they have needs for care and support?"), required=False, choices=LIMBS)
    care_needs_why = Words(label=_("What shows it?"), required=False, max_length=MOST_SHORT)
    at_risk = Choice(label=_("Are they experiencing, or at risk of, abuse or neglect?"), required=False, choices=LIMBS)
    at_risk_why = Words(label=_("What shows it?"), required=False, max_length=MOST_SHORT)
    unable_to_protect = Choice(
        label=_("Because of those needs, are they unable to protect themselves?"),
        help_text=_("The council decides this one. “Not known” never stops you."),
        required=False,
        choices=LIMBS,
    )
    unable_to_protect_why = Words(label=_("What shows it?"), required=False, max_length=MOST_SHORT)
    harm = Choice(label=_("What kind of harm, as you see it now?"), required=False)

    outcome = Choice(label=_("What should happen?"), missing=_("Select what should happen"))
    detail = Words(
        label=_("The advice, the service, or the process that takes it up instead"),
        required=False,
        max_length=MOST_SHORT,
    )
    watch_owner = forms.TypedChoiceField(label=_("Who keeps watch?"), required=False, coerce=int, empty_value=None)
    watch_until = DayField(label=_("When is it looked at again?"), required=False)
    join = forms.ChoiceField(label=_("Which case does it join?"), required=False)
    risk = Choice(label=_("How high is the risk?"), required=False, choices=RISKS)
    risk_why = Words(label=_("Why is the risk what you say?"), required=False, max_length=MOST_WORDS)
    hand_to = forms.TypedChoiceField(label=_("Who is offered the case?"), required=False, coerce=int, empty_value=None)
    what_matters = Words(label=_("What matters most for whoever takes it on?"), required=False, max_length=MOST_WORDS)
    agency = forms.ChoiceField(label=_("Which agency do you refer to?"), required=False)
    how = Choice(
        label=_("How did you refer?"),
        required=False,
        choices=[(How.PHONE, _("By telephone")), (How.WRITTEN, _("In writing"))],
    )
    asked = Words(label=_("What do you ask the agency to do, and why?"), required=False, max_length=MOST_WORDS)
    consent = Choice(label=_("Did the person agree to the referral?"), required=False, choices=CONSENT)
    override_why = Words(label=_("Why do you refer although they refused?"), required=False, max_length=MOST_SHORT)

    considered = Choices(label=_("What else did you consider?"), missing=_("Select what else you considered"))
    why = Words(
        label=_("Why did you decide this?"),
        help_text=_("Also when the answer is no. Somebody may read this years from now."),
        max_length=MOST_WORDS,
        missing=_("Write why you decided this"),
    )
    clause = forms.ChoiceField(
        label=_("Which clause does it rest on?"),
        error_messages={"required": _("Choose the clause this decision rests on")},
    )
    feedback = Words(
        label=_("What may we tell the person who raised it?"),
        help_text=_("They see these words. Leave it empty to tell them only that it was acted on."),
        required=False,
        max_length=MOST_SHORT,
    )
    hold_feedback = forms.BooleanField(label=_("Show them only “received”: more would raise the risk"), required=False)

    def __init__(
        self,
        *args: Any,
        pack: Pack,
        people: Sequence[tuple[int, str]],
        cases: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        decisions = [(decision.code, decision.label) for decision in pack.decisions.values()]
        self.choose("outcome", decisions)
        self.choose("considered", decisions)
        self.choose("harm", [(word.code, word.label) for word in pack.words_in("abuse_type").words])
        self.choose("clause", [(clause.id, f"{clause.id}  {clause.text}") for clause in _own(pack)])
        self.choose("agency", [("", _("No agency now")), *((agency.value, _agency(pack, agency)) for agency in Agency)])
        self.choose("watch_owner", [("", _("Choose somebody")), *people])
        self.choose("hand_to", [("", _("Nobody yet")), *people])
        self.choose("join", [("", _("Choose a case")), *cases])

    def choose(self, field: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """Fill the answers of one field."""
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # every one is a field with choices

    def judgement(self) -> Judgement:
        """What was decided, as triage takes it."""
        told = self.cleaned_data
        is_adult = told["subject"] in (SubjectKind.ADULT, SubjectKind.BOTH)
        return Judgement(
            outcome=Outcome(told["outcome"]), considered=tuple(Outcome(code) for code in told["considered"]),
            why=told["why"], clause=told["clause"], subject=SubjectKind(told["subject"]),
            children_in_household=ChildThere(told["children_in_household"]),
            limbs=self._limbs() if is_adult else None, domestic_abuse=told["domestic_abuse"] == "yes",
            child_decision=told["child_decision"],
            adult_wishes_only={"yes": True, "no": False}.get(told["adult_wishes_only"]),
            harm=told["harm"], detail=told["detail"], feedback=told["feedback"], hold_feedback=told["hold_feedback"],
            watch_owner_id=told["watch_owner"], watch_until=told["watch_until"],
        )  # fmt: skip

    def asked_of_agency(self) -> Asked | None:
        """The referral made with the decision, if any."""
        told = self.cleaned_data
        if not told["agency"]:
            return None
        return Asked(
            agency=Agency(told["agency"]), how=How(told["how"]), what=told["asked"], consent=told["consent"],
            subject=told["subject"], override_why=told["override_why"],
            is_immediate=told["outcome"] == Outcome.REFER_NOW,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("subject") in (SubjectKind.ADULT, SubjectKind.BOTH):
            for limb in ("care_needs", "at_risk", "unable_to_protect"):
                if not told.get(limb):
                    self.add_error(limb, _("Select yes, no or not known. The third is the council’s to decide."))
        if told.get("outcome") == Outcome.OPEN_CASE and not told.get("risk"):
            self.add_error("risk", _("Select how high the risk is. Nothing is assumed to be low."))
        if told.get("agency"):
            for field, message in (
                ("how", _("Select how you referred")),
                ("asked", _("Write what you ask the agency to do, and why")),
                ("consent", _("Select whether the person agreed")),
            ):
                if not told.get(field):
                    self.add_error(field, message)
        return told

    def _limbs(self) -> Limbs:
        told = self.cleaned_data
        return Limbs(
            Limb(told["care_needs"]), told["care_needs_why"], Limb(told["at_risk"]), told["at_risk_why"],
            Limb(told["unable_to_protect"]), told["unable_to_protect_why"],
        )  # fmt: skip


def _own(pack: Pack) -> Sequence[Any]:
    return pack.own_clauses() or tuple(pack.clauses.values())


def _agency(pack: Pack, agency: Agency) -> str:
    named = next((route.name for route in pack.routes.values() if route.to == agency.value), "")
    return named or agency.value.replace("_", " ").capitalize()
