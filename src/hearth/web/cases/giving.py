"""An action on screen: put on the plan for somebody, given to somebody else, or dropped."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.access.terms import Act
from hearth.cases import queries
from hearth.cases.operations import giving, working
from hearth.cases.planned import may_be_given_actions
from hearth.organisation.queries import is_let_in
from hearth.timescales.queries import clocks_for
from hearth.web.acting import act_page
from hearth.web.cases.action_forms import DropForm, GiveForm, PlanForm
from hearth.web.cases.work import looked
from hearth.web.citing import under_policy_of
from hearth.web.middleware import Page


def plan_page(request: Page, public_id: UUID) -> HttpResponse:
    """Put an action on the plan."""
    case = queries.case_for(request.viewer, public_id, act=Act.WORK_CASE)
    form = PlanForm(request.POST or None, people=_people(request, case))
    under_policy_of(form, case, clock.now())

    def plan() -> str:
        told = form.cleaned_data
        working.plan_action(
            case, text=told["text"], owner_id=told["owner"], due_on=told["due_on"], for_whom=told["for_whom"],
            by=request.viewer, at=clock.now(), key=told["key"],
        )  # fmt: skip
        return _("The action is on the plan.")

    return act_page(
        request, form, title=_("Add an action"), button=_("Add to the plan"), back=f"/case/{case.public_id}", act=plan,
        caption=case.reference,
    )  # fmt: skip


def give_page(request: Page, public_id: UUID) -> HttpResponse:
    """Give an action to somebody else. Its day stays."""
    action = queries.action_for(request.viewer, public_id)
    looked("action.read", action)
    people = [each for each in _people(request, action.case) if each[0] != action.owner_id]
    form = GiveForm(request.POST or None, people=people)

    def give() -> str:
        told = form.cleaned_data
        giving.give_action(action, to=told["owner"], words=told["words"], by=request.viewer, at=clock.now())
        return _("%(name)s has the action now. Its day is as it was.") % {"name": action.owner.name}

    return act_page(
        request, form, title=_("Give an action to somebody else"), button=_("Give it to them"), act=give,
        **_shown(request, action),
    )  # fmt: skip


def drop_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say that an action is no longer needed."""
    action = queries.action_to_drop(request.viewer, public_id)
    looked("action.read", action)
    form = under_policy_of(DropForm(request.POST or None), action, clock.now())

    def drop() -> str:
        giving.drop_action(action, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("The action is dropped. The reason stands on the case.")

    return act_page(
        request, form, title=_("Drop an action"), button=_("Drop it"), act=drop, **_shown(request, action),
        hint=_("Its limit ends with it and does not count as kept. If it was done, say that it is done instead."),
    )  # fmt: skip


def _people(request: Page, case: queries.ACase) -> list[tuple[int, str]]:
    found = may_be_given_actions(request.viewer, case, at=clock.now())
    return [(each.id, f"{each.name}, {each.post}") for each in found]


def _shown(request: Page, action: queries.AnAction) -> Mapping[str, Any]:
    """The action as it stands, with the clause its day rests on."""
    now = clock.now()
    return {
        "action": action,
        "has_left": not is_let_in(action.owner, now),
        "clocks": clocks_for(request.viewer, action, at=now, going_only=True),
        "template": "cases/one_action.jinja",
        "back": f"/case/{action.case.public_id}",
        "caption": action.case.reference,
    }
