"""The demonstration's story, told by the cast: a case that is worked on, and two concerns that wait for triage."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.cases.operations.handing_over import accept
from hearth.cases.queries import offered_to_me
from hearth.cases.terms import Risk
from hearth.cli.demonstration import story
from hearth.concerns.terms import Place, Told
from hearth.pathway.deciding import Begin

# The cast has no register: the homes are elsewhere.
COLD = replace(story.COLD, place=Place.ELSEWHERE, elsewhere="The flat over the bakery, Mill Street")
STRANGERS = replace(story.STRANGERS, place=Place.ELSEWHERE)
BEGIN = Begin(
    risk=Risk.MEDIUM, risk_why="An infant sleeps in mould", what_matters="Warm beds this week, and the wall"
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """The case that is worked on, and a concern that waits for triage."""

    case: uuid.UUID
    concern: uuid.UUID


def told(cast: Any) -> Story:
    """Play it, up to now."""
    at = clock.now() - timedelta(minutes=5)
    case = offered(cast, at=at - timedelta(days=6))
    with acting_as(cast.worker), transaction.atomic():
        accept(offered_to_me(cast.worker)[0], by=cast.worker, at=at - timedelta(days=5))
    story.work_on(cast.worker, case, at=at - timedelta(days=4))
    waiting = raised(cast.reporter, STRANGERS, at=at - timedelta(hours=5))
    raised(cast.worker, story.AGENCY, at=at - timedelta(hours=2))
    return Story(case, waiting)


def raised(by: Any, what: Told, *, at: datetime) -> uuid.UUID:
    """A concern told by somebody."""
    return story.noticed(by, what, at=at)


def offered(cast: Any, *, at: datetime, what: Told = COLD) -> uuid.UUID:
    """A case opened from a concern of the reporter's and offered to the worker."""
    by, triage, to = cast.reporter, cast.triage_officer, cast.worker
    return story.opened(what, story.OPEN, BEGIN, by=by, triage=triage, to=to, at=at)
