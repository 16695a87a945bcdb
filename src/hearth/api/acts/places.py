"""What belongs to a case and who may read it: concerns joined and taken out, colleagues invited, places ended."""

import uuid
from datetime import UTC

from ninja.responses import Status

from hearth.access import clock
from hearth.access.queries import who_is_in
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import places as shapes
from hearth.api.words import Who
from hearth.cases.operations.opening import split_concern
from hearth.cases.operations.placing import add_worker, end_place, invite
from hearth.cases.planned import may_be_brought_in
from hearth.cases.queries import case_for
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import NoSuchConcern, NothingCalled
from hearth.ledger.operations import record_read
from hearth.organisation.queries import colleagues_called
from hearth.organisation.terms import Part
from hearth.pathway.joining import join_by_reference
from hearth.policy.durations import end_of

TAG = "Who is in a case"
WRITE = Scope.CASES_WRITE
PLACES, CONCERNS = "/cases/{uuid:case_id}/places", "/cases/{uuid:case_id}/concerns"


@operation("GET", PLACES, Act.READ_CASE, Scope.CASES_READ, gives={200: shapes.Places}, tag=TAG)
def places(request: Asked, case_id: uuid.UUID) -> shapes.Places:
    """Who has a place in a case, why and until when. Leads, deputies and triage read it besides, unless restricted."""
    case = case_for(request.viewer, case_id)
    record_read("places.read", about=case, ids=[("case", case.id)], durable=case.restricted)
    return shapes.Places(
        places=[
            shapes.PlaceHeld(
                id=each.public_id, who=Who(id=each.user.public_id, name=each.user.name) if each.user else None,
                part=Part(each.part_in_it), why=each.why, since=each.given_at, until=each.ends_at,
            )
            for each in who_is_in(request.viewer, case.circle_id)
        ]
    )  # fmt: skip


@operation(
    "POST", f"{PLACES}/end", Act.INVITE, WRITE, gives={204: None}, tag=TAG, needs=(Act.READ_CASE,)
)  # fmt: skip
def end_a_place(request: Asked, case_id: uuid.UUID, ending: shapes.EndingPlace) -> Status[None]:
    """End an invitation or a worker's place. The owner's place ends by handing over."""
    case = case_for(request.viewer, case_id, act=Act.INVITE)
    found = (each.id for each in who_is_in(request.viewer, case.circle_id) if each.public_id == ending.place)
    end_place(case, next(found, 0), by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/invitations", Act.INVITE, WRITE, gives={204: None}, tag=TAG)
def invite_colleague(request: Asked, case_id: uuid.UUID, inviting: shapes.Inviting) -> Status[None]:
    """Let a colleague read a case until the end of a day. They change nothing in it."""
    case = case_for(request.viewer, case_id, act=Act.INVITE)
    called = colleagues_called(inviting.email)
    if len(called) != 1:
        raise Wrong("email", "Nobody here has this e-mail address, or more than one colleague is called that.")
    until = end_of(inviting.until).at.astimezone(UTC)
    invite(case, user_id=called[0][0], why=inviting.why, until=until, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/cases/{uuid:case_id}/workers", Act.INVITE, WRITE, gives={204: None}, tag=TAG)
def bring_in(request: Asked, case_id: uuid.UUID, bringing: shapes.BringingIn) -> Status[None]:
    """Bring a colleague into the team of a case: they read all of it, work on it and can be given its actions."""
    case = case_for(request.viewer, case_id, act=Act.INVITE)
    people = may_be_brought_in(request.viewer, case, at=clock.now())
    found = next((each for each in people if each.public_id == bringing.who), None)
    if found is None:
        raise Wrong("who", "Send the id of a colleague of the case team who cannot work on this case yet.")
    add_worker(case, user_id=found.id, why=bringing.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", CONCERNS, Act.JOIN_CONCERN, WRITE, gives={204: None}, tag=TAG)
def join_concern(request: Asked, case_id: uuid.UUID, joining: shapes.Joining) -> Status[None]:
    """Join a concern that was decided on to a case. Whoever told us of it learns nothing of the case."""
    case = case_for(request.viewer, case_id, act=Act.JOIN_CONCERN)
    join_by_reference(case, joining.reference, why=joining.why, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", f"{CONCERNS}/out", Act.JOIN_CONCERN, WRITE, gives={204: None}, tag=TAG)
def take_concern_out(request: Asked, case_id: uuid.UUID, taking: shapes.TakingOut) -> Status[None]:
    """Take a concern out of a case it was joined to. In no other case, it is back with triage."""
    case = case_for(request.viewer, case_id, act=Act.JOIN_CONCERN)
    try:
        joined = concern_for(request.viewer, taking.concern, act=Act.JOIN_CONCERN)
    except NoSuchConcern as attempt:
        missing = "This case has no such concern."
        raise NothingCalled("concern", missing, attempt=attempt, asked_for=taking.concern) from None
    split_concern(case, joined, why=taking.why, by=request.viewer, at=clock.now())
    return Status(204, None)
