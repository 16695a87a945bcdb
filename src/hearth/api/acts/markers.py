"""Markers a record has put: what to do at a home or towards a person, shown to others without the reason."""

import uuid

from django.utils import timezone
from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.of_records import of_records
from hearth.api.acts.people_here import somebody_in
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import people as shapes
from hearth.api.words import Made
from hearth.concerns.terms import NothingCalled
from hearth.housing import queries
from hearth.housing.operations import On, change_marker, put_marker, take_off_marker
from hearth.housing.queries import AMarker
from hearth.housing.terms import MarkerKind, NoSuchMarker
from hearth.ledger.operations import record_read
from hearth.organisation.terms import ChangedMeanwhile, Part
from hearth.pathway.records import Record

TAG = "Markers"
KEEP = Act.KEEP_MARKERS


@of_records("GET", "/markers", KEEP, gives={200: shapes.Markers}, tag=TAG)
def markers(request: Asked, record: Record) -> shapes.Markers:
    """The markers a record has put, with those taken off."""
    found = queries.markers_in(request.viewer, record)
    _looked(record, *found)
    return shapes.Markers(markers=[_shown(each) for each in found])


@of_records("POST", "/markers", KEEP, gives={201: Made}, tag=TAG)
def put_a_marker(request: Asked, record: Record, putting: shapes.PuttingMarker) -> Status[Made]:
    """Put a marker on the record's home or on somebody in it."""
    by = request.viewer
    if putting.person is not None:
        on = On(person=somebody_in(by, record, putting.person))
    elif record.home_id is not None:
        on = On(home=queries.home_numbered(by, record.home_id))
    else:
        raise Wrong("person", "This record has no home: send somebody in it.")
    readers = [Part(each.value) for each in dict.fromkeys(putting.shown_to)]
    made = put_marker(
        record, on, kind=putting.kind, words=putting.words, until=putting.until, shown_to=readers, by=by,
        at=clock.now(),
    )  # fmt: skip
    return Status(201, Made(id=made.public_id))


@of_records("POST", "/markers/change", KEEP, gives={204: None}, tag=TAG)
def change_a_marker(request: Asked, record: Record, changing: shapes.ChangingMarker) -> Status[None]:
    """Say something else on a marker, or let it stand longer after looking at it again."""
    found = _put_here(request, record, changing.marker)
    try:
        change_marker(
            found, words=changing.words, until=changing.until, version=changing.version, by=request.viewer,
            at=clock.now(),
        )  # fmt: skip
    except ChangedMeanwhile:
        _looked(record, found)
        raise
    return Status(204, None)


@of_records("POST", "/markers/off", KEEP, gives={204: None}, tag=TAG)
def take_marker_off(request: Asked, record: Record, taking: shapes.TakingOff) -> Status[None]:
    """Take a marker off. Those who saw it see nothing any more."""
    found = _put_here(request, record, taking.marker)
    try:
        take_off_marker(found, version=taking.version, by=request.viewer, at=clock.now())
    except ChangedMeanwhile:
        _looked(record, found)
        raise
    return Status(204, None)


@operation(
    "GET", "/homes/{uuid:home_id}/markers", Act.SEE_MARKERS, Scope.REGISTER, Scope.HAZARDS, Scope.WORK,
    gives={200: shapes.MarkersForMe}, tag=TAG,
)  # fmt: skip
def markers_on_home(request: Asked, home_id: uuid.UUID) -> shapes.MarkersForMe:
    """What the token's owner must mind at a home today. Never why, and never which record says so."""
    at = queries.home(request.viewer, home_id)
    found = queries.markers_on(request.viewer, home=at, on=timezone.localdate(clock.now()))
    record_read("markers.read", about=None, ids=[("marker", each.pk) for each in found], durable=False)
    return shapes.MarkersForMe(
        markers=[shapes.MarkerForMe(kind=MarkerKind(each.kind), words=each.words, until=each.until) for each in found]
    )


def _put_here(request: Asked, record: Record, marker: uuid.UUID) -> AMarker:
    try:
        return queries.marker_in(request.viewer, record, marker)
    except NoSuchMarker as attempt:
        missing = "This record has put no marker of this id."
        raise NothingCalled("marker", missing, attempt=attempt, asked_for=marker) from None


def _looked(record: Record, *found: AMarker) -> None:
    record_read("markers.read", about=record, ids=[("marker", each.pk) for each in found], durable=record.restricted)


def _shown(each: AMarker) -> shapes.Marker:
    return shapes.Marker(
        id=each.public_id, version=each.version, kind=MarkerKind(each.kind), words=each.words, until=each.until,
        is_off=each.taken_off_at is not None,
    )  # fmt: skip
