"""What cannot wait for a place in the record, and what was only watched: opening in an emergency, looking again."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.references import NotAReference, read
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import people as shapes
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import NoSuchConcern, NothingCalled
from hearth.pathway.emergencies import open_in_emergency
from hearth.triage.operations import review_watch
from hearth.triage.queries import watch_on

TAG = "Emergency"
KINDS = {"C": "concern", "K": "case"}


@operation(
    "POST", "/emergency-openings", Act.BREAK_GLASS, Scope.CASES_READ, gives={201: shapes.OpenedInEmergency}, tag=TAG
)
def open_record_in_emergency(request: Asked, opening: shapes.OpeningInEmergency) -> Status[shapes.OpenedInEmergency]:
    """Open a record for a while, with a reason. The leads are told at once and look at it again.

    Restricted records and those shut to you stay shut, and are answered as if nothing were there.
    """
    check(request.viewer, Act.BREAK_GLASS)
    try:
        reference = read(opening.reference)
    except NotAReference as problem:
        raise Wrong("reference", str(problem)) from problem
    try:
        kind = KINDS.get(reference[0], "")
        place = open_in_emergency(kind, reference, why=opening.why, by=request.viewer, at=clock.now())
    except NoSuchConcern as attempt:
        missing = "There is no record with this reference that you can open."
        raise NothingCalled("reference", missing, attempt=attempt, asked_for=reference) from None
    return Status(201, shapes.OpenedInEmergency(kind=place.page, id=place.public_id, called=place.called))


@operation(
    "POST",
    "/concerns/{uuid:concern_id}/watch/review",
    Act.REVIEW_WATCH,
    Scope.TRIAGE,
    gives={204: None},
    tag="Triage",
)
def review_watched_concern(request: Asked, concern_id: uuid.UUID, reviewing: shapes.LookingAgain) -> Status[None]:
    """Look again at a concern that is watched: watch on until another day, stop, or have it decided again."""
    watch = watch_on(request.viewer, concern_for(request.viewer, concern_id))
    review_watch(
        watch, outcome=reviewing.outcome, text=reviewing.text, keep_until=reviewing.keep_until, by=request.viewer,
        at=clock.now(),
    )  # fmt: skip
    return Status(204, None)
