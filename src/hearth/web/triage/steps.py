"""The decision in steps: the decision itself, a referral, the reasons. One form each; `who` has the steps before.

Nothing is chosen beforehand, and nothing that is left out counts as low.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.access import clock
from hearth.cases.terms import Risk
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.partners.terms import Asked
from hearth.policy.durations import local_day
from hearth.policy.packs.keeping import KeeperKind
from hearth.triage.terms import NEEDS_DETAIL, Outcome
from hearth.web.citing import Questions, under
from hearth.web.forms import Choice, Choices, DayField, Line, Words
from hearth.web.partners.forms import ReferForm
from hearth.web.partners.offices import chosen
from hearth.web.triage.offered import Offered
from hearth.web.triage.step import DECIDES, StepForm
from hearth.web.triage.who import ABOUT_CHILDREN, YES_NO

RISKS = [(Risk.HIGH, _("High")), (Risk.MEDIUM, _("Medium")), (Risk.STANDARD, _("Standard"))]
DETAILS = {Outcome.ADVICE: "advice", Outcome.SIGNPOST: "service", Outcome.NOT_SAFEGUARDING: "process"}


class DecisionStep(StepForm):
    """What should happen, what it needs, and what else was considered."""

    revealed = (
        "advice", "service", "process", "watch_owner", "watch_until", "join", "join_called", "risk", "risk_why",
        "what_matters", "with_whom", "about_the_lead",
    )  # fmt: skip
    policy = Questions(
        acts=(*DECIDES, "watch.set", "case.opened"),
        facts={
            "options_considered": "considered",
            "review_on": "watch_until",
            "risk_band": "risk",
            "is_offered": "hand_to",
        },
        on="outcome",
        called={"risk": "risk_band"},
        offers={
            "outcome": KeeperKind.DECISION,
            "level": KeeperKind.TRIAGE,
            "with_whom": KeeperKind.TRIAGE,
            "refers": KeeperKind.TRIAGE,
        },
    )

    outcome = Choice(label=_("What should happen?"), missing=_("Select what should happen"))
    advice = Words(label=_("What advice did you give?"), required=False, max_length=MOST_SHORT)
    service = Words(label=_("Which service did you point to?"), required=False, max_length=MOST_SHORT)
    process = Words(label=_("Which process takes it up instead?"), required=False, max_length=MOST_SHORT)
    watch_owner = forms.TypedChoiceField(label=_("Who keeps watch?"), required=False, coerce=int, empty_value=None)
    watch_until = DayField(label=_("When is it looked at again?"), required=False)
    join = forms.ChoiceField(label=_("Which case at this home does it join?"), required=False)
    join_called = Line(
        label=_("Or the reference of another case"), help_text=_("For example K-7KQ4-M2"), required=False, max_length=20
    )
    risk = Choice(label=_("How high is the risk?"), required=False, choices=RISKS)
    risk_why = Words(label=_("Why is the risk what you say?"), required=False, max_length=MOST_WORDS)
    hand_to = forms.TypedChoiceField(label=_("Who is offered the case?"), required=False, coerce=int, empty_value=None)
    what_matters = Words(
        label=_("If you offer it: what matters most for whoever takes it on?"), required=False, max_length=MOST_WORDS
    )
    about_the_lead = Choice(
        label=_("Is it, or may it be, about the safeguarding lead?"),
        help_text=_("If so, the lead will not see it: it goes to whoever the policy names."),
        required=False,
        choices=YES_NO,
    )
    level = Choice(label=_("Which level does it reach?"), missing=_("Select which level it reaches"))
    considered = Choices(label=_("What else did you consider?"), missing=_("Select what else you considered"))
    with_whom = Choices(
        label=_("Who decided this with you?"),
        help_text=_("They are told that you named them. Referring at once needs nobody else."),
        required=False,
    )
    refers = Choice(
        label=_("Do you refer to another agency now?"), choices=YES_NO, missing=_("Select whether you refer now")
    )

    def offer(self) -> None:
        decisions = [(decision.code, decision.label) for decision in self.offered.pack.decisions.values()]
        shut = {Outcome.REFER_NOW} if self.offered.others_refer else set()
        self.choose("outcome", [(code, label) for code, label in decisions if code not in shut])
        if self.offered.others_refer:
            del self.fields["refers"]
        self.choose("considered", decisions)
        self.choose("watch_owner", [("", _("Choose somebody")), *self.offered.people])
        self.choose("hand_to", [("", _("Nobody yet")), *self.offered.people])
        self.choose("join", [("", _("Choose a case")), *self.offered.cases])
        if self.offered.is_restricted:
            del self.fields["about_the_lead"]
        if self.offered.levels is None:
            del self.fields["level"]
        else:
            self.choose("level", self.offered.levels.choices)
            self.fields["level"].help_text = f"{self.offered.levels.says} ({self.offered.levels.clause})"
        panel = self.offered.panel
        if panel is None or panel.together < 2:
            del self.fields["with_whom"]
        else:
            others = [
                (each.id, f"{each.name}, {each.post}") for each in panel.people if each.id != self.offered.viewer_id
            ]
            self.choose("with_whom", others)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        outcome = told.get("outcome")
        if outcome in told.get("considered", ()):
            self.add_error("considered", _("Choose what else you considered, not the decision itself"))
        if outcome in DETAILS:
            self.need(told, DETAILS[Outcome(outcome)], NEEDS_DETAIL[Outcome(outcome)])
        if outcome == Outcome.WATCH:
            self.need(told, "watch_owner", _("Choose who keeps watch"))
            self.need(told, "watch_until", _("Enter the day on which it is looked at again"))
            if (day := told.get("watch_until")) and day <= local_day(clock.now()):
                self.add_error("watch_until", _("Choose a day in the future"))
        if outcome == Outcome.JOIN and not told.get("join_called"):
            self.need(told, "join", _("Choose the case this concern joins, or enter its reference"))
        if outcome == Outcome.OPEN_CASE:
            self.need(told, "risk", _("Select how high the risk is. Nothing is assumed to be low."))
            self.need(told, "risk_why", _("Write why the risk is what you say"))
            if told.get("hand_to"):
                self.need(told, "what_matters", _("Write what matters most for whoever takes it on"))
        if outcome == Outcome.ALLEGATION and "about_the_lead" in self.fields:
            self.need(told, "about_the_lead", _("Say whether it is, or may be, about the safeguarding lead"))
        if outcome and outcome != Outcome.REFER_NOW:
            self._ask_the_panel(told)
        if told.get("refers") == "no" and (left := self.offered.still_to_tell()):
            self.add_error("refers", left)
        if outcome == Outcome.REFER_NOW and told.get("refers") == "no":
            self.add_error("refers", _("You decided to refer now. Select yes, or decide otherwise."))
        return told

    def _ask_the_panel(self, told: dict[str, Any]) -> None:
        """Whose decision it is, where the policy names them: beside the answer and not only when it is recorded."""
        panel = self.offered.panel
        if panel is None:
            return
        if self.offered.viewer_id not in panel.ids:
            words = _("You can add to the concern.")
            if not self.offered.others_refer:
                words = _("You can add to the concern, or refer at once.")
            self.add_error("outcome", f"{panel.sentence} {words}")
        elif len(told.get("with_whom", ())) + 1 < panel.together:
            self.add_error("with_whom", _("Select who decided this with you. %(whose)s") % {"whose": panel.sentence})


class ReferralStep(ReferForm):
    """The referral that goes with the decision."""

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        super().__init__(*args, pack=offered.pack, now=clock.now(), whose=offered.clauses_of, **options)
        self.offered, self.clauses_of = offered, offered.clauses_of
        for name in ("key", "day", "time", "subject"):
            del self.fields[name]
        under(self, offered.pack, at=clock.now(), entity=offered.clauses_of)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        agency = chosen(self.pack, told["agency"])[0] if told.get("agency") else ""
        if agency and (left := self.offered.still_to_tell(agency)):
            self.add_error("agency", left)
        return told

    def to_agency(self, *, subject: str, is_immediate: bool) -> Asked:
        """The referral, about whom the decision is about."""
        return self.asked_of_agency(subject=subject, is_immediate=is_immediate or self.cleaned_data["urgent"] == "yes")


class ReasonsStep(StepForm):
    """Why, by which clause, and what the reporter is told."""

    policy = Questions(acts=DECIDES, facts={"reason_given": "why"})

    adult_wishes_only = Choice(
        label=_("Does the decision rest only on what the adults wish?"),
        choices=YES_NO,
        missing=_("Select whether it rests only on what the adults wish"),
    )
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
        help_text=_(
            "They see these words; who came by a link sees them without signing in. Leave it empty to tell them only "
            "that it was acted on."
        ),
        required=False,
        max_length=MOST_SHORT,
    )
    hold_feedback = forms.BooleanField(label=_("Show them only “received”: more would raise the risk"), required=False)

    def offer(self) -> None:
        pack = self.offered.pack
        clauses = pack.own_clauses() or tuple(pack.clauses.values())
        self.choose("clause", [(clause.id, f"{clause.id}  {clause.text}") for clause in clauses])
        if self.offered.subject not in ABOUT_CHILDREN:
            del self.fields["adult_wishes_only"]
