"""What other agencies do by their own law: that it has begun, its steps with their days, and how it ended."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import processes as shapes
from hearth.api.shapes.limits import limit
from hearth.api.words import Made
from hearth.cases.queries import case_for
from hearth.ledger.operations import record_read
from hearth.partners import operations
from hearth.partners.queries import process_for, processes_of
from hearth.partners.terms import STEPS, Agency, Process
from hearth.policy.terms import Fact
from hearth.timescales.queries import clocks_for

TAG = "Other agencies' processes"
WRITE = Scope.CASES_WRITE
ONE = "/processes/{uuid:process_id}"


@operation("POST", "/cases/{uuid:case_id}/processes", Act.WORK_CASE, WRITE, gives={201: Made}, tag=TAG)
def begin_process(request: Asked, case_id: uuid.UUID, beginning: shapes.Beginning) -> Status[Made]:
    """Record that another agency has begun a process of its own. Its limits are theirs; we watch them."""
    case = case_for(request.viewer, case_id, act=Act.WORK_CASE)
    step = next(each for each in STEPS[beginning.process] if each.begins)
    facts: dict[str, Fact] = {}
    for name in step.days:
        day = getattr(beginning, name)
        if day is None:
            raise Wrong(name, "Send this day. A limit counts from it.")
        facts[name] = day
    operations.process_step(
        case, process=beginning.process, step=step.act, by=request.viewer, at=clock.now(), facts=facts,
        on=beginning.began_on, lead_practitioner=beginning.lead_practitioner,
    )  # fmt: skip
    made = [each for each in processes_of(request.viewer, case) if each.process == beginning.process]
    return Status(201, Made(id=max(made, key=lambda each: each.pk).public_id))


@operation("GET", ONE, Act.READ_CASE, Scope.CASES_READ, gives={200: shapes.AProcess}, tag=TAG)
def read_process(request: Asked, process_id: uuid.UUID) -> shapes.AProcess:
    """One process: since when, who leads it, the steps it may take, and the limits we watch."""
    found, now = process_for(request.viewer, process_id), clock.now()
    record_read("process.read", about=found, ids=[("process", found.id)], durable=found.restricted)
    watched = [each for each in clocks_for(request.viewer, found.case, at=now) if each.whose == "watched"]
    steps = [each.act for each in STEPS[Process(found.process)] if not each.begins] if found.ended_on is None else []
    return shapes.AProcess(
        id=found.public_id, case=found.case.public_id, process=Process(found.process), agency=Agency(found.agency),
        started_on=found.started_on, lead_practitioner=found.lead_practitioner, ended_on=found.ended_on,
        outcome=found.outcome, steps=steps, limits=[limit(each) for each in watched],
    )  # fmt: skip


@operation("POST", f"{ONE}/steps", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def take_process_step(request: Asked, process_id: uuid.UUID, stepping: shapes.SteppingOn) -> Status[None]:
    """Record one step of a process, with what came of it."""
    found = process_for(request.viewer, process_id, act=Act.WORK_CASE)
    steps = [] if found.ended_on is not None else STEPS[Process(found.process)]
    step = next((each for each in steps if each.act == stepping.step and not each.begins), None)
    if step is None:
        raise Wrong("step", "This process can take no such step now; see `steps` of the process.")
    if step.outcomes and stepping.outcome not in step.outcomes:
        raise Wrong("outcome", f"Send one of: {', '.join(step.outcomes)}.")
    facts: dict[str, Fact] = {"outcome": str(stepping.outcome)} if step.outcomes else {}
    operations.process_step(
        found.case, process=Process(found.process), step=step.act, by=request.viewer, at=clock.now(), facts=facts,
        on=stepping.on, outcome=stepping.what, lead_practitioner="" if step.ends else stepping.lead_practitioner,
    )  # fmt: skip
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/high-risk", Act.WORK_CASE, WRITE, gives={204: None}, tag=TAG)
def recognise_high_risk(request: Asked, case_id: uuid.UUID, recognising: shapes.Recognising) -> Status[None]:
    """Record that somebody recognised high risk of domestic abuse. The limit for the conference begins."""
    case = case_for(request.viewer, case_id, act=Act.WORK_CASE)
    operations.high_risk_recognised(
        case, score=recognising.score, why=recognising.why, on=recognising.on, by=request.viewer, at=clock.now()
    )  # fmt: skip
    return Status(204, None)
