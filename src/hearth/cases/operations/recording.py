"""Every act on a case ends here: the ledger entry, the clocks, and when the case is next due."""

from collections.abc import Mapping
from datetime import datetime

from hearth.access.terms import Viewer
from hearth.cases.models import Case
from hearth.ledger.terms import Fact
from hearth.timescales.operations import happened
from hearth.timescales.queries import next_due


def record(
    case: Case,
    act: str,
    *,
    by: Viewer,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
    words: Mapping[str, str] | None = None,
) -> None:
    """Write what happened to the case and keep the time of its next promise for the work list."""
    if not happened(act, about=case, by=by, at=at, facts=facts, words=words).has_moved:
        return
    case.due_at = next_due(case)
    Case.objects.filter(pk=case.pk).update(due_at=case.due_at)
