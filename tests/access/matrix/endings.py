"""What a story comes to: a case that waits for its second approver, one that is closed, a limit that ran over."""

import uuid
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction

import aside
from access.matrix.record import Record
from hearth.access.identity import acting_as
from hearth.access.terms import Part
from hearth.cases import queries as cases
from hearth.cases.operations import closing, handing_over
from hearth.cases.terms import ChildDecision, CloseOutcome, Ending, Risk, WishesAnswered
from hearth.pathway.joining import join_by_reference

ENDING = Ending(
    outcome=CloseOutcome.RISK_REDUCED, why="Warm and dry", wishes_answered=WishesAnswered.FULLY,
    child_decision=ChildDecision.SUPPORTED_ELSEWHERE, change_seen="Both children in warm beds",
    breach_reason="Nobody opened for two weeks", watched_reason="The council’s enquiry runs without us",
)  # fmt: skip
LONG_BEFORE = timedelta(days=30)
OF_HIS_OWN = {"owner": Part.OWNS_IT, "manager": Part.MANAGES_IT}


class Telling(Protocol):
    """The story these belong to."""

    cast: object
    at: datetime
    joined: uuid.UUID | None

    def raised(self, at: datetime | None = None) -> uuid.UUID: ...
    def opened(
        self, concern: uuid.UUID, to: str, *, at: datetime | None = None, risk: Risk = Risk.HIGH
    ) -> uuid.UUID: ...
    def later(self, hours: int) -> datetime: ...
    def reference(self, concern: uuid.UUID) -> str: ...


def endings_of(story: Telling, case: uuid.UUID) -> dict[str, Record]:
    """Four more cases of the owner's, and a concern that was joined to his first one."""
    ending, closed, late = (_taken(story, at) for at in (story.at, story.at, story.at - LONG_BEFORE))
    quiet = _taken(story, story.at, Risk.MEDIUM)
    for each in (ending, closed):
        _asks_to_close(story, each)
    _is_closed(story, closed)
    _is_joined(story, case)
    limit = aside.limit_of(late, "case.contact", by=story.cast.owner, at=story.later(10))
    return {
        "ending_case": Record(ending, parts=OF_HIS_OWN),
        "closed_case": Record(closed, parts=OF_HIS_OWN),
        "quiet_case": Record(quiet, parts=OF_HIS_OWN),
        "late": Record(limit, parts=OF_HIS_OWN),
    }


def _taken(story: Telling, at: datetime, risk: Risk = Risk.HIGH) -> uuid.UUID:
    """A case the owner has taken on."""
    case, owner = story.opened(story.raised(at), "owner", at=at + timedelta(hours=1), risk=risk), story.cast.owner
    with acting_as(owner), transaction.atomic():
        (handover,) = [each for each in cases.offered_to_me(owner) if each.case.public_id == case]
        handing_over.accept(handover, by=owner, at=at + timedelta(hours=2))
    return case


def _asks_to_close(story: Telling, case: uuid.UUID) -> None:
    owner = story.cast.owner
    with acting_as(owner), transaction.atomic():
        closing.ask_to_close(cases.case_for(owner, case), ENDING, by=owner, at=story.later(9))


def _is_closed(story: Telling, case: uuid.UUID) -> None:
    lead = story.cast.lead
    with acting_as(lead), transaction.atomic():
        closure = cases.closure_waiting(lead, cases.case_for(lead, case))
        closing.close(closure, by=lead, at=story.later(10), approves=True)


def _is_joined(story: Telling, case: uuid.UUID) -> None:
    story.joined, until = story.raised(), (story.at + timedelta(days=9)).date()
    aside.watched(story.cast, story.joined, by="other_worker", until=until, at=story.later(3))
    lead, reference = story.cast.lead, story.reference(story.joined)
    with acting_as(lead), transaction.atomic():
        join_by_reference(cases.case_for(lead, case), reference, why="The same children", by=lead, at=story.later(4))
