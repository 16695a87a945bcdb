"""What the invented people noticed and did, told through the real operations. Everybody and every place is invented."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from hearth.access.identity import acting_as
from hearth.access.queries import SignedIn
from hearth.cases.operations.handing_over import accept
from hearth.cases.operations.working import plan_action, record_contact, write_note
from hearth.cases.queries import case_for, offered_to_me
from hearth.cases.terms import ContactKind, ContactMade, ContactOutcome, Risk, Seen
from hearth.cli.demonstration.estate import bring_in
from hearth.cli.demonstration.people import tell_of_the_family, tell_of_the_sister
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.housing.queries import find_home
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.triage.deciders import deciders_on
from hearth.triage.levels import levels_for
from hearth.triage.terms import ChildThere, Judgement, Outcome, SubjectKind

Cast = Mapping[str, SignedIn]
TO_DECIDE = timedelta(hours=2)

COLD = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.HOME,
    elsewhere="Flat 4, Juniper Court",
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
    place=Place.HOME,
    elsewhere="12 Rowan Walk",
    noticed="Third time this month there are men in his flat whom he does not seem to know. He stood in the hall and "
    "said they had asked him for his key.",
    thinks="I think somebody is using his home.",
    told_by="saw_it",
    children_there="no",
)
BRUISE = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.HOME,
    elsewhere="9 Rowan Walk",
    noticed="She had a bruise on her wrist and pulled her sleeve over it. “I walked into the door again.” Somebody "
    "called her name from upstairs and she shut the door.",
    told_by="saw_it",
    children_there="yes",
)
AGENCY = Told(
    danger_now=False,
    about_staff=AboutStaff.NO,
    place=Place.NOT_KNOWN,
    who="An older lady in the extra-care scheme; I did not catch her name",
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


SAFE = replace(
    OPEN,
    considered=(Outcome.WATCH, Outcome.REFER_NOW),
    why="A bruise that does not fit what she said, somebody who answers for her, and a child in the house.",
    harm="",
)


def tell(cast: Cast, *, at: datetime, clause: str = OPEN.clause) -> None:
    """A register; four concerns: two opened as cases and worked on, two that wait for triage."""
    bring_in(cast, at=at - timedelta(days=30))
    begin = Begin(risk=Risk.MEDIUM, risk_why="An infant sleeps in mould", what_matters="Warm beds this week")
    case = _a_case(cast, COLD, replace(OPEN, clause=clause), begin, at=at - timedelta(days=6))
    tell_of_the_family(cast, case, at=at - timedelta(days=5))
    work_on(cast["case-worker"], case, at=at - timedelta(days=4))
    begin = Begin(risk=Risk.HIGH, risk_why="She may be watched", what_matters="See her alone")
    hers = _a_case(cast, BRUISE, replace(SAFE, clause=clause), begin, at=at - timedelta(days=3))
    tell_of_the_sister(cast, hers, at=at - timedelta(days=2))
    noticed(cast["housing-officer"], STRANGERS, at=at - timedelta(hours=5))
    noticed(cast["case-worker"], AGENCY, at=at - timedelta(hours=2))


def noticed(by: SignedIn, told: Told, *, at: datetime) -> uuid.UUID:
    """Somebody tells a concern."""
    with acting_as(by), transaction.atomic():
        if told.place is Place.HOME and told.home_id is None:
            told = replace(told, home_id=find_home(by, told.elsewhere)[0].pk, elsewhere="")
        return raise_concern(told, by=by, at=at, key=uuid.uuid4(), came_by=Came.PAGE).public_id


def opened(
    told: Told, judgement: Judgement, begin: Begin, *, by: SignedIn, triage: SignedIn, to: SignedIn, at: datetime
) -> uuid.UUID:
    """A case that triage opens from a concern and offers to somebody."""
    concern_id = noticed(by, told, at=at)
    with acting_as(triage), transaction.atomic():
        concern, begin = concern_for(triage, concern_id), replace(begin, hand_to=to.id)
        # A panel's others, and a level, where the policy of the day asks for them.
        panel, levels = deciders_on(concern, at=at), levels_for(concern, at=at)
        others = [each.id for each in panel.people if each.id != triage.id][: panel.together - 1] if panel else []
        judgement = replace(
            judgement, with_whom=tuple(others), level=levels.words.words[0].code if levels else judgement.level
        )
        done = decide_concern(concern, judgement, begin, by=triage, at=at + TO_DECIDE, key=uuid.uuid4())
        if done.case is None:
            raise RuntimeError("the story's decision opens a case")
        return done.case.public_id


def _a_case(cast: Cast, told: Told, judgement: Judgement, begin: Begin, *, at: datetime) -> uuid.UUID:
    worker = cast["case-worker"]
    case_id = opened(
        told, judgement, begin, by=cast["housing-officer"], triage=cast["triage"], to=worker, at=at
    )  # fmt: skip
    with acting_as(worker), transaction.atomic():
        accept(offered_to_me(worker)[0], by=worker, at=at + TO_DECIDE + timedelta(hours=1))
    return case_id


def work_on(worker: SignedIn, case_id: uuid.UUID, *, at: datetime) -> None:
    """A visit, an action and a note."""
    with acting_as(worker), transaction.atomic():
        case = case_for(worker, case_id)
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
        record_contact(case, visit, by=worker, at=at + timedelta(hours=1), key=uuid.uuid4())
        due_on = (at + timedelta(days=7)).date()
        plan_action(
            case, text="Ask repairs when the wall is treated", owner_id=worker.id, due_on=due_on,
            by=worker, at=at + timedelta(hours=1), key=uuid.uuid4(),
        )  # fmt: skip
        write_note(case, text="School says the older one is there every day.", by=worker, at=at, key=uuid.uuid4())
