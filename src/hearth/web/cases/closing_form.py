"""The questions before a case closes. What the policy wants here and now is not called optional."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from hearth.cases.terms import ChildDecision, CloseOutcome, Ending, WishesAnswered
from hearth.concerns.terms import MOST_SHORT, MOST_WORDS
from hearth.timescales.terms import Need
from hearth.web.citing import Governed, Questions
from hearth.web.clauses import asked_by, say_needed
from hearth.web.forms import Choice, RevealingForm, Words


class CloseForm(Governed, RevealingForm):
    """Everything the gates ask before a case closes: what they want here and now is not called optional."""

    revealed = ("wishes_why",)
    only_when_asked = ("breach_reason", "watched_reason")
    policy = Questions(
        acts=("case.closed",),
        called={"outcome": "outcome", "wishes_answered": "wishes_answered", "child_decision": "child_decision"},
    )

    outcome = Choice(
        label=_("How did the case end?"),
        missing=_("Select how the case ended"),
        choices=[
            (CloseOutcome.RISK_REMOVED, _("The risk is gone")),
            (CloseOutcome.RISK_REDUCED, _("The risk is lower")),
            (CloseOutcome.RISK_REMAINS, _("The risk remains")),
            (CloseOutcome.TRANSFERRED, _("Another agency or landlord has taken it over")),
            (CloseOutcome.NOT_ENGAGED, _("They did not want our help, and we have done what we can")),
            (CloseOutcome.DIED, _("The person has died")),
        ],
    )
    why = Words(
        label=_("How did it end, and why may it be closed?"), max_length=MOST_WORDS, missing=_("Write how it ended")
    )
    wishes_answered = Choice(
        label=_("Did what the person wanted come about?"),
        missing=_("Select whether what the person wanted came about"),
        choices=[
            (WishesAnswered.FULLY, _("Fully")),
            (WishesAnswered.PARTLY, _("Partly")),
            (WishesAnswered.NOT_MET, _("No")),
            (WishesAnswered.NONE_SAID, _("We asked, and they wanted nothing")),
            (WishesAnswered.NOT_ASKED, _("Nobody asked")),
        ],
    )
    wishes_why = Words(label=_("If nobody asked: why not?"), required=False, max_length=MOST_SHORT)
    child_decision = Choice(
        label=_("What did you decide for every child of the household?"),
        missing=_("Select what you decided for every child"),
        choices=[
            (ChildDecision.SAFE, _("Safe, for the reasons given")),
            (ChildDecision.SUPPORTED_ELSEWHERE, _("Others support them now")),
            (ChildDecision.NO_CHILD, _("There is no child")),
        ],
    )
    child_why = Words(label=_("What shows that?"), required=False, max_length=MOST_SHORT)
    change_seen = Words(
        label=_("What has changed that you saw yourself?"),
        help_text=_("Engaging with an agency is not enough on its own."),
        required=False,
        max_length=MOST_SHORT,
    )
    breach_reason = Words(label=_("The case ran past its target: why?"), required=False, max_length=MOST_SHORT)
    watched_reason = Words(
        label=_("Another agency’s process still runs: why close now?"), required=False, max_length=MOST_SHORT
    )

    def __init__(self, *args: Any, needs: Sequence[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        say_needed(self, needs)
        asked = {asked_by(self, need.fact) for need in needs}
        for name in self.only_when_asked:
            if name not in asked:
                del self.fields[name]

    def ending(self) -> Ending:
        """The ending as told."""
        told = self.cleaned_data
        return Ending(
            outcome=CloseOutcome(told["outcome"]), why=told["why"],
            wishes_answered=WishesAnswered(told["wishes_answered"]),
            child_decision=ChildDecision(told["child_decision"]), wishes_why=told["wishes_why"],
            child_why=told["child_why"], change_seen=told["change_seen"],
            breach_reason=told.get("breach_reason", ""), watched_reason=told.get("watched_reason", ""),
        )  # fmt: skip
