"""Who can do an action of a case, and whose actions nobody does any more."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hearth.access.queries import visible
from hearth.access.rules import LEADS, WHO_MAY
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Action, Case
from hearth.cases.terms import Stage
from hearth.ledger.asking import Asked
from hearth.ledger.paging import PAGE
from hearth.organisation.models import User
from hearth.organisation.queries import Colleague, colleagues
from hearth.organisation.terms import Part
from hearth.outbound.queries.told import to_be_told

TEAM = (Part.CASE_WORKER, Part.CASE_MANAGER, Part.LEAD, Part.DEPUTY)
CANNOT_WORK_ON_IT = "They cannot work on this case. Choose somebody who can"


def who_may_work_on(case: Case, *, at: datetime) -> frozenset[int]:
    """Everybody who sees a case and may work on it, by user id; nobody who is shut out or has left."""
    parts = [part.value for part in WHO_MAY[Act.WORK_CASE]]
    found = to_be_told(parts, circle_id=case.circle_id, restricted=case.restricted, at=at)
    return frozenset(user.pk for user in found if user.until is None or user.until > at)


def left_to_do(case: Case, user_id: int) -> int:
    """How many actions of a case somebody has not done yet."""
    return Action.objects.filter(case=case, owner_id=user_id, done_at=None, dropped_at=None).count()


def may_be_given_actions(viewer: Viewer, case: Case, *, at: datetime) -> list[Colleague]:
    """Those to whom an action of a case may be given, by name, for somebody who works on it."""
    visible(Case.objects.none(), to=viewer, act=Act.WORK_CASE, about=case)
    return colleagues(Part, at=at, among=sorted(who_may_work_on(case, at=at)))


def may_be_brought_in(viewer: Viewer, case: Case, *, at: datetime) -> list[Colleague]:
    """Those of the case team and the leads who cannot work on a case yet, by name, for somebody who may let them in."""
    visible(Case.objects.none(), to=viewer, act=Act.INVITE, about=case)
    there = who_may_work_on(case, at=at)
    return [each for each in colleagues(TEAM, at=at) if each.id not in there]


def dropped_actions(viewer: Viewer, case: Case) -> list[Action]:
    """What was planned in a case and then not done, the oldest first, for whoever approves its closing."""
    visible(Case.objects.none(), to=viewer, act=Act.APPROVE_CLOSURE, about=case)
    rows = Action.objects.filter(case=case, dropped_at__isnull=False)
    return list(rows.select_related("owner", "dropped_by").order_by("dropped_at", "id"))


def actions_of_leavers(viewer: Viewer, *, at: datetime) -> list[Action]:
    """What somebody who has left was to do, the soonest first: in the cases one has, or for a lead in all he may know.

    It stands in the way of closing until it is given to somebody else or dropped.
    """
    visible(Action.objects.none(), to=viewer, act=Act.SEE_MY_WORK)
    return OF_LEAVERS(at) if not viewer.parts.isdisjoint(LEADS) else OF_LEAVERS_IN_CASES_OF(at, viewer.id)


def _of_leavers(at: Any) -> "QuerySet[Action]":
    left = User.objects.filter(Q(is_active=False) | Q(until__lte=at)).values("pk")
    rows = Action.objects.filter(owner__in=left, done_at=None, dropped_at=None).exclude(case__stage=Stage.CLOSED)
    return rows.select_related("case", "owner").order_by("due_on", "id")


OF_LEAVERS = Asked(lambda at: _of_leavers(at)[:PAGE])
OF_LEAVERS_IN_CASES_OF = Asked(lambda at, holder: _of_leavers(at).filter(case__owner_id=holder)[:PAGE], given=2)
