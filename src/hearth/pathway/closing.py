"""Closing is asked for: the case closes at once, or its manager is told that an approval waits."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hearth.access.terms import Viewer
from hearth.cases.models import Case, Closure
from hearth.cases.operations.closing import ask_to_close, close
from hearth.cases.operations.placing import managers_in
from hearth.cases.terms import Ending
from hearth.outbound.operations.notices import notify, take_as_read
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
    """Close where nothing is missing. Where only an approver is, they wait and whoever manages the case hears of it.

    Raises timescales.terms.GateUnmet where something is missing that no approver could give: then nothing is kept.
    """
    closure = ask_to_close(case, ending, by=by, at=at)
    try:
        close(closure, by=by, at=at)
    except GateUnmet as problem:
        take_as_read(case.public_id, NoticeWords.SOMETHING_WAITS, at=at)  # of what was asked for before
        keep_stopped(problem, at=at)
        for user_id in managers_in(case, by):
            _tell(user_id, closure, at)
        return Asked(closure, problem.unmet)
    return Asked(closure, ())


def _tell(user_id: int, closure: Closure, at: datetime) -> None:
    case = closure.case
    key = f"closure:{closure.public_id}:{user_id}"
    notify(
        user_id, NoticeWords.SOMETHING_WAITS, key=key, at=at, about_kind="case", about=case.public_id,
        circle=case.circle_id,
    )  # fmt: skip
