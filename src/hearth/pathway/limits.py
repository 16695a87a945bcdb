"""A running promise is paused, resumed or given a later day, and every list that is ordered by it follows."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from hearth.access.terms import Part, Viewer
from hearth.cases.models import Case
from hearth.concerns.models import Concern
from hearth.concerns.terms import Stage
from hearth.partners.models import Referral
from hearth.timescales.models import Clock
from hearth.timescales.moving import record_of
from hearth.timescales.operations import extend, pause, resume
from hearth.timescales.queries import NO_PART, next_due


@transaction.atomic
def pause_limit(row: Clock, *, ground: str, why: str, by: Viewer, at: datetime) -> None:
    """Pause a promise on a ground the policy names."""
    _then_order(row, lambda: pause(row, ground=ground, why=why, by=by, at=at))


@transaction.atomic
def resume_limit(row: Clock, *, why: str, by: Viewer, at: datetime) -> None:
    """Let a paused promise run again."""
    _then_order(row, lambda: resume(row, why=why, by=by, at=at))


@transaction.atomic
def extend_limit(row: Clock, *, to: date, why: str, by: Viewer, at: datetime) -> None:
    """Give a promise a later day, as the one who approves it."""
    _then_order(row, lambda: extend(row, to=to, why=why, by=by, at=at))


def _then_order(row: Clock, act: Callable[[], None]) -> None:
    """The lists of cases, concerns and referrals are ordered by their soonest promise: keep that true."""
    act()
    but_of = Part.ON_CALL.value if row.about_kind == Concern.ledger_kind else NO_PART
    soonest = next_due(record_of(row.about_kind, row.about_id, row.circle_id), but_of=but_of)
    if row.about_kind == Case.ledger_kind:
        Case.objects.filter(pk=row.about_id).update(due_at=soonest)
    elif row.about_kind == Referral.ledger_kind:
        Referral.objects.filter(pk=row.about_id).update(due_at=soonest)
    elif row.about_kind == Concern.ledger_kind:
        Concern.objects.filter(pk=row.about_id).exclude(stage=Stage.DECIDED).update(triage_due_at=soonest)
