"""One running limit: it stands still, runs again, is given a later day, and why it ran over."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import limits as shapes
from hearth.api.shapes.policy import Coded
from hearth.api.words import Reason
from hearth.ledger.operations import record_read
from hearth.pathway import limits
from hearth.timescales.handling import handling
from hearth.timescales.operations import explain_breach
from hearth.timescales.queries import clock_for, one_promise
from hearth.timescales.terms import NotThisClock

TAG = "Limits"
ONE = "/limits/{uuid:limit_id}"


@operation("GET", ONE, Act.SEE_DUE, Scope.WORK, Scope.CASES_READ, gives={200: shapes.LimitHere}, tag=TAG)
def read_limit(request: Asked, limit_id: uuid.UUID) -> shapes.LimitHere:
    """One limit, with the grounds on which the policy lets it stand still and its reasons for running over."""
    row, now = clock_for(request.viewer, limit_id), clock.now()
    record_read("limit.read", about=row, ids=[("clock", row.id)], durable=row.restricted)
    can = handling(request.viewer, row, at=now)
    return shapes.LimitHere(
        limit=shapes.limit(one_promise(row, now)),
        grounds=[Coded(code=code, label=str(label)) for code, label in can.grounds],
        reasons=[Coded(code=code, label=str(label)) for code, label in can.reasons],
    )  # fmt: skip


@operation("POST", f"{ONE}/pause", Act.PAUSE_CLOCK, Scope.CASES_WRITE, gives={204: None}, tag=TAG)
def pause_limit(request: Asked, limit_id: uuid.UUID, pausing: shapes.Pausing) -> Status[None]:
    """Let a limit stand still on a ground of the policy. Refused contact and no access are never one."""
    row = clock_for(request.viewer, limit_id, act=Act.PAUSE_CLOCK)
    try:
        limits.pause_limit(row, ground=pausing.ground, why=pausing.why, by=request.viewer, at=clock.now())
    except NotThisClock as problem:
        raise Wrong("ground", str(problem)) from problem
    return Status(204, None)


@operation("POST", f"{ONE}/resume", Act.PAUSE_CLOCK, Scope.CASES_WRITE, gives={204: None}, tag=TAG)
def resume_limit(request: Asked, limit_id: uuid.UUID, reason: Reason) -> Status[None]:
    """Let a limit run again. The time it stood still is given back."""
    row = clock_for(request.viewer, limit_id, act=Act.PAUSE_CLOCK)
    try:
        limits.resume_limit(row, why=reason.why, by=request.viewer, at=clock.now())
    except NotThisClock as problem:
        raise Wrong("why", str(problem)) from problem
    return Status(204, None)


@operation("POST", f"{ONE}/extend", Act.EXTEND_CLOCK, Scope.CASES_WRITE, gives={204: None}, tag=TAG)
def extend_limit(request: Asked, limit_id: uuid.UUID, extending: shapes.Extending) -> Status[None]:
    """Give a limit a later day, as one whom the policy lets approve it."""
    row = clock_for(request.viewer, limit_id, act=Act.EXTEND_CLOCK)
    try:
        limits.extend_limit(row, to=extending.to, why=extending.why, by=request.viewer, at=clock.now())
    except NotThisClock as problem:
        raise Wrong("to", str(problem)) from problem
    return Status(204, None)


@operation("POST", f"{ONE}/why-late", Act.PAUSE_CLOCK, Scope.CASES_WRITE, gives={204: None}, tag=TAG)
def say_why_late(request: Asked, limit_id: uuid.UUID, explaining: shapes.Pausing) -> Status[None]:
    """Say why a limit ran over. It excuses nothing; closing asks for it, where the policy does."""
    row = clock_for(request.viewer, limit_id, act=Act.PAUSE_CLOCK)
    if explaining.ground not in dict(handling(request.viewer, row, at=clock.now()).reasons):
        raise Wrong("ground", "Send one of the policy's reasons for running over.")
    try:
        explain_breach(row, ground=explaining.ground, why=explaining.why, by=request.viewer, at=clock.now())
    except NotThisClock as problem:
        raise Wrong("ground", str(problem)) from problem
    return Status(204, None)
