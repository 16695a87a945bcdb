"""Markers a case has put: what to do at a home or towards a person, shown to others without the reason."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.people_here import somebody_in
from hearth.api.door import Asked
from hearth.api.house import IdempotencyKey, Wrong, one_key, operation, sent_once
from hearth.api.shapes import people as shapes
from hearth.api.words import Made
from hearth.cases.queries import case_for
from hearth.housing import queries
from hearth.housing.operations import On, put_marker, take_off_marker
from hearth.housing.terms import MarkerKind, NoSuchMarker
from hearth.ledger.operations import record_read
from hearth.organisation.terms import NotPossible, Part

TAG = "Markers"
KEEP, WRITE = Act.KEEP_MARKERS, Scope.CASES_WRITE
ALL = "/cases/{uuid:case_id}/markers"


@operation("GET", ALL, KEEP, Scope.CASES_READ, gives={200: shapes.Markers}, tag=TAG)
def markers(request: Asked, case_id: uuid.UUID) -> shapes.Markers:
    """The markers a case has put, with those taken off."""
    case = case_for(request.viewer, case_id, act=KEEP)
    found = queries.markers_in(request.viewer, case)
    record_read("markers.read", about=case, ids=[("marker", each.pk) for each in found], durable=case.restricted)
    return shapes.Markers(
        markers=[
            shapes.Marker(
                id=each.public_id, version=each.version, kind=MarkerKind(each.kind), words=each.words,
                until=each.until, is_off=each.taken_off_at is not None,
            )
            for each in found
        ]
    )  # fmt: skip


@operation("POST", ALL, KEEP, WRITE, gives={201: Made}, also=(409,), tag=TAG)
def put_case_marker(
    request: Asked, case_id: uuid.UUID, putting: shapes.PuttingMarker, idempotency_key: IdempotencyKey
) -> Status[Made]:
    """Put a marker on the case's home or on somebody in it."""
    by, case = request.viewer, case_for(request.viewer, case_id, act=KEEP)
    if putting.person is not None:
        on = On(person=somebody_in(by, case, putting.person))
    elif case.home_id is not None:
        on = On(home=queries.home_numbered(by, case.home_id))
    else:
        raise Wrong("person", "This case has no home: send somebody in it.")

    readers = [Part(each.value) for each in dict.fromkeys(putting.shown_to)]

    def put() -> dict[str, str]:
        made = put_marker(
            case, on, kind=putting.kind, words=putting.words, until=putting.until, shown_to=readers, by=by,
            at=clock.now(),
        )  # fmt: skip
        return {"id": str(made.public_id)}

    try:
        done = sent_once(request, one_key(putting.key, idempotency_key), putting, put)
    except NotPossible as problem:
        raise Wrong("words", str(problem)) from problem
    return Status(201, Made(id=uuid.UUID(done["id"])))


@operation("POST", f"{ALL}/off", KEEP, WRITE, gives={204: None}, also=(409,), tag=TAG)
def take_marker_off(request: Asked, case_id: uuid.UUID, taking: shapes.TakingOff) -> Status[None]:
    """Take a marker off. Those who saw it see nothing any more."""
    case = case_for(request.viewer, case_id, act=KEEP)
    try:
        found = queries.marker_in(request.viewer, case, taking.marker)
        take_off_marker(found, version=taking.version, by=request.viewer, at=clock.now())
    except NoSuchMarker:
        raise Wrong("marker", "This case has put no marker of this id.") from None
    except NotPossible as problem:
        raise Wrong("marker", str(problem)) from problem
    return Status(204, None)
