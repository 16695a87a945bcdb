"""Closing is asked for: the case closes at once, or whoever may approve is told that an approval waits."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hearth.access.rules import LEADS
from hearth.access.terms import Viewer
from hearth.cases.models import Case, Closure
from hearth.cases.operations.closing import OF_A_CLOSING, ask_to_close, close
from hearth.cases.operations.placing import managers_in
from hearth.cases.terms import Ending
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.queries.told import to_be_told
from hearth.outbound.terms import NoticeWords
from hearth.timescales.stopping import keep_stopped
from hearth.timescales.terms import GateUnmet, Unmet


@dataclass(frozen=True)
class Asked:
    """What came of asking: closed, or why it waits for an approver, each with its clause."""

    closure: Closure
    missing: tuple[Unmet, ...]

    @property
    def is_closed(self) -> bool:
        return not self.missing


@transaction.atomic
def ask_for_closing(case: Case, ending: Ending, *, by: Viewer, at: datetime) -> Asked:
    """Close where nothing is missing. Where only an approver is, they wait and whoever may approve hears of it.

    Raises timescales.terms.GateUnmet where something is missing that no approver could give: then nothing is kept.
    """
    closure = ask_to_close(case, ending, by=by, at=at)
    try:
        close(closure, by=by, at=at)
    except GateUnmet as problem:
        take_as_read(case.public_id, *OF_A_CLOSING, at=at)  # of what was asked for before
        keep_stopped(problem, at=at)
        for user_id in _who_approves(case, by, at):
            _tell(user_id, closure, at)
        return Asked(closure, problem.unmet)
    return Asked(closure, ())


def _who_approves(case: Case, by: Viewer, at: datetime) -> list[int]:
    """Who manages the case; where nobody does, as in what is restricted, the leads who may know of it.

    What is kept from the leads is approved by whoever hears it in their place.
    """
    not_oneself = {by.id, case.owner_id}
    managers = [user_id for user_id in managers_in(case, by) if user_id not in not_oneself]
    if managers:
        return managers
    told = to_be_told(LEADS, circle_id=case.circle_id, restricted=case.restricted, at=at)
    return [user.pk for user in told if user.pk not in not_oneself]


def _tell(user_id: int, closure: Closure, at: datetime) -> None:
    case = closure.case
    key = f"closure:{closure.public_id}:{user_id}"
    notify(
        user_id, NoticeWords.SOMETHING_WAITS, key=key, at=at, about_kind="case", about=case.public_id,
        circle=case.circle_id,
    )  # fmt: skip
