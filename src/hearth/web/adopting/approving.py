"""A policy that was proposed: what it changes, how far it is, and approving it or sending it back."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.pathway.adopting.proposals import proposal_for, what_it_changes
from hearth.pathway.adopting.proposing import answer, withdraw
from hearth.pathway.adopting.turns import my_steps
from hearth.policy.durations import local_day
from hearth.policy.queries import pack_of
from hearth.policy.terms import Proposed
from hearth.timescales.previewing import policy_would_move
from hearth.web.acting import act_page
from hearth.web.companies import FIELD, company_called
from hearth.web.forms import Choice, RevealingForm, Words
from hearth.web.middleware import Page
from hearth.web.trying.beside import came_out

APPROVE, SEND_BACK = "approve", "send_back"
SAID = {
    Proposed.WAITING: gettext_lazy("Your approval is recorded. Whoever comes next is told."),
    Proposed.ADOPTED: gettext_lazy("Your approval is recorded, and the policy is adopted."),
    Proposed.SENT_BACK: gettext_lazy("The policy is sent back, with what you wrote."),
}
STATES = {
    Proposed.WAITING: (gettext_lazy("Waits for approval"), "yellow"),
    Proposed.ADOPTED: (gettext_lazy("Adopted"), "green"),
    Proposed.SENT_BACK: (gettext_lazy("Sent back"), "red"),
    Proposed.WITHDRAWN: (gettext_lazy("Withdrawn"), "grey"),
}


class DecideForm(RevealingForm):
    """One step of an approval."""

    revealed = ("comment",)

    decision = Choice(
        label=gettext_lazy("What do you decide?"),
        choices=[(APPROVE, gettext_lazy("Approve it")), (SEND_BACK, gettext_lazy("Send it back"))],
        missing=gettext_lazy("Select what you decide"),
    )
    comment = Words(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy(
            "Needed where you send it back: what has to change. Needed where others decide outside Hearth: where the "
            "decision stands, such as the minutes."
        ),
        max_length=2000,
        required=False,
    )


def proposed_policy_page(request: Page, public_id: UUID) -> HttpResponse:
    """Everything a person needs to decide at one step, and the form that does it."""
    now = clock.now()
    policy = proposal_for(request.viewer, public_id)
    is_waiting = policy.state is Proposed.WAITING
    form = DecideForm(request.POST or None)

    def decide() -> str:
        told = form.cleaned_data
        approved = told["decision"] == APPROVE
        found = answer(public_id, approved=approved, comment=told["comment"], by=request.viewer, at=now)
        return str(SAID[found])

    beside = {
        "policy": policy,
        "company": company_called(policy.entity),
        "changed": what_it_changes(policy, at=now),
        "moved": policy_would_move(request.viewer, pack_of(policy.digest), entity=policy.entity) if is_waiting else [],
        "state": STATES[policy.state],
        "try_for": f"?{FIELD}={policy.entity}" if policy.entity else "",
        "may_try": (may_try := may(request.viewer.parts, Act.ADOPT_POLICY)),
        "tried": came_out(request.viewer, policy.digest, policy.entity) if may_try else None,
        "is_mine": policy.by_id == request.viewer.id,
        "is_my_turn": is_waiting and any(step.public_id == public_id for step in my_steps(request.viewer, at=now)),
        "is_waiting": is_waiting,
        "today": local_day(now),
    }
    return act_page(
        request, form, title=policy.title, button=_("Record your decision"), back=reverse("policy"), act=decide,
        template="adopting/proposed_policy.jinja", **beside, field="decision", keeps=False,
    )  # fmt: skip


def withdraw_policy_page(request: Page, public_id: UUID) -> HttpResponse:
    """Take back what one proposed oneself."""
    policy = proposal_for(request.viewer, public_id, act=Act.ADOPT_POLICY)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def take_back() -> str:
        withdraw(public_id, by=request.viewer, at=clock.now())
        return _("The policy is no longer proposed.")

    known = [(_("Policy"), policy.title), (_("Version"), policy.version), (_("Proposed by"), policy.by)]
    return act_page(
        request, form, title=_("Take back a proposed policy"), button=_("Take it back"), act=take_back,
        back=reverse("proposed_policy", args=[public_id]), known=known,
    )  # fmt: skip
