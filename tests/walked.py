"""A concern walked some way along its path, for stories that begin later."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from hearth.access.identity import acting_as
from hearth.cases import queries as cases
from hearth.cases.operations import handing_over
from hearth.cases.terms import ChildDecision, CloseOutcome, Ending, Risk, WishesAnswered
from hearth.concerns import queries as concerns
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.partners.terms import Agency, Asked, How
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.triage.terms import ChildThere, Judgement, Outcome, SubjectKind

LOGGED = datetime(2026, 12, 3, 14, 10, tzinfo=UTC)
UNTIL = date(2026, 12, 18)
TRIAGED = datetime(2026, 12, 4, 9, 30, tzinfo=UTC)
COLD = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.ELSEWHERE,
    elsewhere="The flat over the bakery",
    noticed="Two children on bare mattresses, black mould on their wall, the little one wheezing.",
    children_there="yes",
    signs=("damp_or_mould",),
)
# What makes of it a concern that rings nobody, also out of hours.
RINGS_NOBODY: dict[str, Any] = {"noticed": "Black mould on the wall.", "children_there": "", "signs": ()}
OPEN = Judgement(
    outcome=Outcome.OPEN_CASE,
    considered=(Outcome.SIGNPOST, Outcome.WATCH),
    why="Two small children without warm bedding, in mould.",
    clause="4.1.5a",
    subject=SubjectKind.CHILD,
    children_in_household=ChildThere.YES,
    adult_wishes_only=False,
    feedback="Thank you. We are acting on it.",
)
ASKED = Asked(
    agency=Agency.COUNCIL_CHILDREN,
    how=How.PHONE,
    what="Two children may be neglected",
    consent="not_needed",
    subject="child",
    basis="public_task",
)
ENDING = Ending(
    outcome=CloseOutcome.RISK_REDUCED,
    why="The home is dry and warm, support runs.",
    wishes_answered=WishesAnswered.FULLY,
    child_decision=ChildDecision.SUPPORTED_ELSEWHERE,
    change_seen="I saw both children in warm beds.",
)


def raised(cast, told=COLD, at=LOGGED):
    reporter = cast.reporter
    with acting_as(reporter):
        return raise_concern(told, by=reporter, at=at, key=uuid.uuid4(), came_by=Came.PAGE)


def opened(cast, *, told=COLD, judged=OPEN, asked=None, risk=Risk.HIGH, hand_to=None, at=TRIAGED):
    """A case that triage opened, from a concern of the day before."""
    receipt = raised(cast, told, at=at - (TRIAGED - LOGGED))
    triage = cast.triage_officer
    with acting_as(triage):
        concern = concerns.concern_for(triage, receipt.public_id)
        begin = Begin(risk=risk, risk_why="Infant in mould", hand_to=hand_to, what_matters="The children", asked=asked)
        return decide_concern(concern, judged, begin, by=triage, at=at, key=uuid.uuid4())


def owned(cast, *, at=TRIAGED, **options):
    """A case its owner has accepted."""
    owner = cast.owner
    done = opened(cast, hand_to=owner.id, at=at, **options)
    with acting_as(owner):
        handing_over.accept(cases.offered_to_me(owner)[0], by=owner, at=at)
        return cases.case_for(owner, done.case.public_id)
