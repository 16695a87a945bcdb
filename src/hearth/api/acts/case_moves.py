"""Handing a case over, and how it ends: support in place, closing, approving, opening again."""

import uuid

from django.http import HttpResponse
from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.people_here import colleague_id
from hearth.api.door import Asked
from hearth.api.house import closed_gates, operation
from hearth.api.shapes import cases as shapes
from hearth.api.shapes.closing import Closed, Closing, ClosureWaiting
from hearth.api.shown import cases as shown
from hearth.api.words import Made, Reason
from hearth.cases import queries
from hearth.cases.operations import afterwards, closing, handing_over
from hearth.cases.planned import TEAM
from hearth.cases.terms import Ending, Stage
from hearth.ledger.operations import record_read
from hearth.pathway.closing import ask_for_closing
from hearth.policy.durations import local_day

HANDING, ENDING = "Handing over", "Closing"
WRITE = Scope.CASES_WRITE


@operation("POST", "/cases/{uuid:case_id}/hand-over", Act.HAND_OVER_CASE, WRITE, gives={201: Made}, tag=HANDING)
def hand_over(request: Asked, case_id: uuid.UUID, offering: shapes.HandingOver) -> Status[Made]:
    """Offer a case to somebody. It stays where it is until they take it."""
    case = queries.case_to_hand_over(request.viewer, case_id)
    to = colleague_id(offering.to, "to", TEAM)
    made = handing_over.hand_over(case, to=to, what_matters=offering.what_matters, by=request.viewer, at=clock.now())
    return Status(201, Made(id=made.public_id))


@operation("GET", "/offers", Act.SEE_MY_WORK, Scope.CASES_READ, gives={200: shapes.Offers}, tag=HANDING)
def offers(request: Asked) -> shapes.Offers:
    """Cases that wait for me to take them or give them back."""
    found = queries.offered_to_me(request.viewer)
    record_read("handovers.read", about=None, ids=[("handover", each.id) for each in found], durable=False)
    return shapes.Offers(offers=[shown.offer(each) for each in found])


@operation("POST", "/offers/{uuid:offer_id}/accept", Act.ANSWER_HANDOVER, WRITE, gives={204: None}, tag=HANDING)
def accept_case(request: Asked, offer_id: uuid.UUID) -> Status[None]:
    """Take a case on. Whoever had it before stays in the team."""
    handing_over.accept(queries.handover_for(request.viewer, offer_id), by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/offers/{uuid:offer_id}/return", Act.ANSWER_HANDOVER, WRITE, gives={204: None}, tag=HANDING)
def return_case(request: Asked, offer_id: uuid.UUID, giving: shapes.GivingBack) -> Status[None]:
    """Give a case back with a reason. What one could read while deciding ends with it."""
    handover = queries.handover_for(request.viewer, offer_id)
    handing_over.give_back(handover, why=giving.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/support-in-place", Act.WORK_CASE, WRITE, gives={204: None}, tag=ENDING)
def support_in_place(request: Asked, case_id: uuid.UUID, in_place: shapes.InPlace) -> Status[None]:
    """Say that a resolution and the agencies' support are in place."""
    case = queries.case_for(request.viewer, case_id, act=Act.WORK_CASE)
    closing.support_in_place(case, why=in_place.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/close", Act.CLOSE_CASE, WRITE, gives={200: Closed}, tag=ENDING)
def close_case(request: Asked, case_id: uuid.UUID, ending: Closing) -> Closed | HttpResponse:
    """Ask for a case to be closed. It closes at once where the policy wants nothing more.

    Otherwise the answer is 422 with each clause and what is missing. Where that is a second approver and nothing else,
    your answers are kept and the closure waits for one; else nothing is kept.
    """
    case = queries.case_for(request.viewer, case_id, act=Act.CLOSE_CASE)
    asked = ask_for_closing(case, Ending(**ending.model_dump()), by=request.viewer, at=clock.now())
    if not asked.is_closed:
        return closed_gates(asked.missing, "Your answers are kept. They wait for a second approver.")
    return Closed(id=case.public_id, stage=Stage.CLOSED)


@operation(
    "GET",
    "/cases/{uuid:case_id}/closure",
    Act.APPROVE_CLOSURE,
    Scope.CASES_READ,
    gives={200: ClosureWaiting},
    tag=ENDING,
)
def read_closure(request: Asked, case_id: uuid.UUID) -> ClosureWaiting:
    """The closure of a case that waits for a second approver."""
    case = queries.case_for(request.viewer, case_id, act=Act.APPROVE_CLOSURE)
    closure = queries.closure_waiting(request.viewer, case)
    record_read("closure.read", about=closure, ids=[("closure", closure.id)], durable=closure.restricted)
    return shown.closure(closure)


@operation("POST", "/cases/{uuid:case_id}/approve", Act.APPROVE_CLOSURE, WRITE, gives={200: Closed}, tag=ENDING)
def approve_closure(request: Asked, case_id: uuid.UUID) -> Closed:
    """Approve a closure that somebody else asked for. The case closes."""
    case = queries.case_for(request.viewer, case_id, act=Act.APPROVE_CLOSURE)
    closure = queries.closure_waiting(request.viewer, case)
    record_read("closure.read", about=closure, ids=[("closure", closure.id)], durable=closure.restricted)
    closing.close(closure, by=request.viewer, at=clock.now(), approves=True)
    return Closed(id=case.public_id, stage=Stage.CLOSED)


@operation("POST", "/cases/{uuid:case_id}/do-not-approve", Act.APPROVE_CLOSURE, WRITE, gives={204: None}, tag=ENDING)
def refuse_closure(request: Asked, case_id: uuid.UUID, reason: Reason) -> Status[None]:
    """Do not approve a closure that somebody else asked for. The case stays open and whoever asked is told why."""
    case = queries.case_for(request.viewer, case_id, act=Act.APPROVE_CLOSURE)
    closure = queries.closure_waiting(request.viewer, case)
    record_read("closure.read", about=closure, ids=[("closure", closure.id)], durable=closure.restricted)
    closing.refuse(closure, why=reason.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/how-it-was", Act.WORK_CASE, WRITE, gives={204: None}, tag=ENDING)
def say_how_it_was(request: Asked, case_id: uuid.UUID, told: shapes.HowItWas) -> Status[None]:
    """Record how a closed case was for those it was about, or why they could not be asked."""
    case, at = queries.case_for(request.viewer, case_id, act=Act.WORK_CASE), clock.now()
    on = told.on or local_day(at)
    afterwards.ask_how_it_was(case, said=told.said, why_not=told.why_not, on=on, by=request.viewer, at=at)
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/reopen", Act.REOPEN_CASE, WRITE, gives={200: Closed}, tag=ENDING)
def reopen_case(request: Asked, case_id: uuid.UUID, reason: Reason) -> Closed:
    """Open a closed case again. Its limits start anew."""
    case = queries.case_for(request.viewer, case_id, act=Act.REOPEN_CASE)
    closing.reopen(case, why=reason.why, by=request.viewer, at=clock.now())
    return Closed(id=case.public_id, stage=Stage.OPEN)
