"""A story to look at, told by the cast: a case that is worked on, and two concerns that wait for triage."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.cases.operations.handing_over import accept
from hearth.cases.operations.working import plan_action, record_contact, write_note
from hearth.cases.queries import case_for, offered_to_me
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, Risk, Seen
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.triage.terms import ChildThere, Judgement, Outcome, SubjectKind

COLD = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.ELSEWHERE,
    elsewhere="The flat over the bakery, Mill Street",
    noticed="Two children on bare mattresses, black mould on their wall. The small one wheezed. "
    "“I am always cold,” said the older one.",
    did="I finished the boiler and left our number.",
    told_by="saw_it",
    children_there="yes",
    signs=("damp_or_mould", "child_not_looked_after"),
)
STRANGERS = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.ELSEWHERE,
    elsewhere="12 Rowan Walk",
    noticed="Third time this month there are men in his flat whom he does not seem to know. He stood in the hall and "
    "said they had asked him for his key.",
    thinks="I think somebody is using his home.",
    told_by="saw_it",
    children_there="no",
)
CARER = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.NOT_KNOWN,
    who="An older lady in the extra-care scheme",
    noticed="The carer pulled her up by the arm and told her to be quick. She said “it is always like that”.",
    told_by="resident",
)
OPEN = Judgement(
    outcome=Outcome.OPEN_CASE,
    considered=(Outcome.SIGNPOST, Outcome.WATCH),
    why="Two small children without warm bedding in a room with mould, and one of them has trouble breathing.",
    clause="4.1.5a",
    subject=SubjectKind.CHILD,
    children_in_household=ChildThere.YES,
    adult_wishes_only=False,
    harm="neglect",
    feedback="Thank you. Somebody is working with the family now.",
)


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
    _work_on(cast, case, at=at - timedelta(days=4))
    waiting = raised(cast.reporter, STRANGERS, at=at - timedelta(hours=5))
    raised(cast.worker, CARER, at=at - timedelta(hours=2))
    return Story(case, waiting)


def raised(by: Any, what: Told, *, at: datetime) -> uuid.UUID:
    """A concern told by somebody."""
    with acting_as(by), transaction.atomic():
        return raise_concern(what, by=by, at=at, key=uuid.uuid4(), came_by=Came.PAGE).public_id


def offered(cast: Any, *, at: datetime, what: Told = COLD) -> uuid.UUID:
    """A case opened from a concern of the reporter's and offered to the worker."""
    concern_id, triage = raised(cast.reporter, what, at=at), cast.triage_officer
    begin = Begin(
        risk=Risk.MEDIUM,
        risk_why="An infant sleeps in mould",
        hand_to=cast.worker.id,
        what_matters="Warm beds this week, and the wall",
    )
    with acting_as(triage), transaction.atomic():
        concern = concern_for(triage, concern_id)
        done = decide_concern(concern, OPEN, begin, by=triage, at=at + timedelta(hours=2), key=uuid.uuid4())
    assert done.case is not None
    return done.case.public_id


def _work_on(cast: Any, case_id: uuid.UUID, *, at: datetime) -> None:
    worker = cast.worker
    visit = ContactMade(
        ContactKind.VISIT,
        ContactOutcome.SEEN,
        at,
        Seen.YES,
        Seen.NO,
        note="Both children at home with their mother. The beds the charity sent are up.",
        their_words="“Mine has a dinosaur blanket.”",
        wishes="Their mother wants the wall done before the winter.",
        told_afterwards=True,
    )
    with acting_as(worker), transaction.atomic():
        case = case_for(worker, case_id)
        record_contact(case, visit, by=worker, at=at, key=uuid.uuid4())
        plan_action(
            case,
            text="Ask repairs when the wall is treated",
            owner_id=worker.id,
            due_on=(at + timedelta(days=7)).date(),
            by=worker,
            at=at,
            key=uuid.uuid4(),
        )
        write_note(case, text="School says the older one is there every day.", by=worker, at=at, key=uuid.uuid4())
