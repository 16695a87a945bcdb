"""Unsafe homes, for the repairs desk and whoever is competent to judge them."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import homes as shapes
from hearth.api.shapes.limits import limit
from hearth.housing import queries
from hearth.housing.operations import classify_hazard, work_on_hazard
from hearth.housing.terms import (
    HazardClass,
    HazardKind,
    HazardSource,
    HazardStep,
    Vulnerability,
)
from hearth.ledger.operations import record_read
from hearth.organisation.terms import ChangedMeanwhile, NotPossible
from hearth.timescales.queries import clocks_about, clocks_for

TAG = "Unsafe homes"
ONE = "/hazards/{uuid:hazard_id}"


@operation("GET", "/hazards", Act.READ_HAZARD, Scope.HAZARDS, gives={200: shapes.Hazards}, tag=TAG)
def hazards(request: Asked) -> shapes.Hazards:
    """Unsafe homes that are not closed, those known longest first."""
    found = queries.open_hazards(request.viewer)
    record_read("hazards.read", about=None, ids=[("hazard", each.id) for each in found], durable=False)
    limits = clocks_about(request.viewer, "hazard", [each.id for each in found], at=clock.now())
    return shapes.Hazards(
        hazards=[
            shapes.HazardLine(
                id=each.public_id, address=each.home.address, kind=HazardKind(each.kind), aware_at=each.aware_at,
                hazard_class=HazardClass(each.hazard_class) if each.hazard_class else None,
                limits=[limit(promise) for promise in limits.get(each.id, [])],
            )
            for each in found
        ]
    )  # fmt: skip


@operation("GET", ONE, Act.READ_HAZARD, Scope.HAZARDS, gives={200: shapes.Hazard}, tag=TAG)
def read_hazard(request: Asked, hazard_id: uuid.UUID) -> shapes.Hazard:
    """One unsafe home: what, who lives there in a word, and the law's limits."""
    found = queries.hazard(request.viewer, hazard_id)
    record_read("hazard.read", about=found, ids=[("hazard", found.id)], durable=False)
    return shapes.Hazard(
        id=found.public_id, version=found.version, home=found.home.public_id, address=found.home.address,
        kind=HazardKind(found.kind), vulnerable=[Vulnerability(word) for word in found.vulnerable],
        source=HazardSource(found.source), aware_at=found.aware_at,
        hazard_class=HazardClass(found.hazard_class) if found.hazard_class else None, class_why=found.class_why,
        work_needed=found.work_needed, taken=sorted(found.taken),
        limits=[limit(promise) for promise in clocks_for(request.viewer, found, at=clock.now())],
    )  # fmt: skip


@operation("POST", f"{ONE}/classify", Act.CLASSIFY_HAZARD, Scope.HAZARDS, gives={204: None}, tag=TAG)
def classify(request: Asked, hazard_id: uuid.UUID, classifying: shapes.Classifying) -> Status[None]:
    """Say whether a hazard is an emergency, significant or neither, for those who live there."""
    found, now = queries.hazard(request.viewer, hazard_id, act=Act.CLASSIFY_HAZARD), clock.now()
    try:
        classify_hazard(
            found, hazard_class=classifying.hazard_class, why=classifying.why, version=classifying.version,
            by=request.viewer, at=now,
        )  # fmt: skip
    except NotPossible as problem:
        raise Wrong("hazard_class", str(problem)) from problem
    except ChangedMeanwhile:
        record_read("hazard.read", about=found, ids=[("hazard", found.id)], durable=False)
        raise
    return Status(204, None)


@operation("POST", f"{ONE}/steps", Act.WORK_HAZARD, Scope.HAZARDS, gives={204: None}, tag=TAG)
def take_step(request: Asked, hazard_id: uuid.UUID, stepping: shapes.Stepping) -> Status[None]:
    """Record the next step: investigated, summed up, made safe, decanted, prevention begun or put off, closed."""
    found, now = queries.hazard(request.viewer, hazard_id, act=Act.WORK_HAZARD), clock.now()
    needed = stepping.work_needed if stepping.step is HazardStep.INVESTIGATED else None
    try:
        work_on_hazard(
            found, stepping.step, done_at=now, version=stepping.version, by=request.viewer, at=now, why=stepping.why,
            work_needed=needed,
        )  # fmt: skip
    except NotPossible as problem:
        raise Wrong("step", str(problem)) from problem
    except ChangedMeanwhile:
        record_read("hazard.read", about=found, ids=[("hazard", found.id)], durable=False)
        raise
    return Status(204, None)
