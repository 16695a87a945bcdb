"""What is done for a case once it is closed: asking how it was for those it was about."""

from datetime import UTC, date, datetime, time

from django.db import transaction

from hearth.access.operations import check
from hearth.access.terms import Act, Viewer
from hearth.cases.models import Case
from hearth.cases.operations.recording import record
from hearth.cases.operations.working import require_words
from hearth.cases.terms import Stage
from hearth.concerns.terms import NotComplete
from hearth.policy.durations import LOCAL, local_day


@transaction.atomic
def ask_how_it_was(case: Case, *, said: str, why_not: str, on: date, by: Viewer, at: datetime) -> None:
    """Record what they said of how it was for them, or why they could not be asked on that day.

    Both keep the promise to ask (Making Safeguarding Personal, within eight weeks of closing): that somebody does not
    want to say is an answer too. A policy tells them apart by `was_asked`. Raises NotComplete.
    """
    check(by, Act.WORK_CASE, case)
    if case.stage != Stage.CLOSED or case.closed_at is None:
        raise NotComplete("on", "It is asked once the case is closed")
    was_asked = bool(said.strip())
    if was_asked == bool(why_not.strip()):
        raise NotComplete("said", "Write what they said, or why they could not be asked, and not both")
    field, text = ("said", said) if was_asked else ("why_not", why_not)
    require_words(field, text, "Write what they said")
    if not local_day(case.closed_at) <= on <= local_day(at):
        raise NotComplete("on", "Choose a day from the closing of the case to today")
    record(
        case, "case.experience_asked", by=by, at=_moment_of(on, case.closed_at, at),
        facts={"was_asked": was_asked}, words={"said" if was_asked else "why": text},
    )  # fmt: skip


def _moment_of(day: date, closed_at: datetime, at: datetime) -> datetime:
    """Now, or at noon of an earlier day, and never before the case was closed."""
    if day == local_day(at):
        return at
    return max(closed_at, datetime.combine(day, time(12), tzinfo=LOCAL).astimezone(UTC))
