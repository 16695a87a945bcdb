"""The queue, one concern, and what intake and triage do with it before they decide."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.of_homes import home_meant
from hearth.api.door import Asked
from hearth.api.house import Start, begin, operation
from hearth.api.shapes import concerns as shapes
from hearth.api.shown import concerns as shown
from hearth.concerns import queries
from hearth.concerns.operations import add_to_concern, answer_worry, start_looking
from hearth.ledger.operations import record_read
from hearth.organisation.terms import ChangedMeanwhile
from hearth.partners.queries import referrals_of_concern
from hearth.pathway import unsafe_homes
from hearth.people.queries import roles_in
from hearth.timescales.queries import clocks_for
from hearth.timescales.standing import company_with_policy_of
from hearth.triage.queries import decisions_on, who_decided

TAG = "Triage"
COMPLETE = Act.COMPLETE_CONCERN


@operation("GET", "/queue", Act.SEE_QUEUE, Scope.CONCERNS_READ, Scope.TRIAGE, gives={200: shapes.Queue}, tag=TAG)
def queue(request: Asked, start: Start) -> shapes.Queue:
    """What waits for a decision: danger first, then whose clock ends first.

    Concerns about people who work with us never stand here.
    """
    page = queries.queue(request.viewer, place=begin(queries.QUEUE, start))
    record_read("queue.read", about=None, ids=[("concern", each.id) for each in page], durable=False)
    return shapes.Queue(concerns=[shown.line(each) for each in page], next=page.next)


@operation("GET", "/queue/about-our-people", Act.TRIAGE_CONCERN, Scope.TRIAGE, gives={200: shapes.Queue}, tag=TAG)
def restricted_queue(request: Asked) -> shapes.Queue:
    """Concerns about people who work with us, for those the policy names."""
    found = queries.restricted_queue(request.viewer)
    record_read("restricted_queue.read", about=None, ids=[("concern", each.id) for each in found], durable=True)
    return shapes.Queue(concerns=[shown.line(each) for each in found], next=None)


@operation(
    "GET",
    "/concerns/{uuid:concern_id}",
    Act.READ_CONCERN,
    Scope.CONCERNS_READ,
    Scope.TRIAGE,
    gives={200: shapes.Concern},
    tag=TAG,
)
def read_concern(request: Asked, concern_id: uuid.UUID) -> shapes.Concern:
    """One concern: the words, people and home, what came before, decisions, referrals and limits."""
    viewer, now = request.viewer, clock.now()
    concern = queries.concern_for(viewer, concern_id)
    roles = roles_in(viewer, concern)
    at_home = queries.earlier_at_home(viewer, concern)
    known = queries.earlier_about(viewer, concern, [role.person_id for role in roles])
    earlier = [*at_home, *(each for each in known if each not in at_home)]
    ids = [("concern", each.id) for each in (concern, *earlier)]
    record_read("concern.read", about=concern, ids=ids, durable=concern.restricted)
    return shown.whole(
        concern, added=queries.additions_to(viewer, concern), roles=roles, earlier=earlier,
        decided=decisions_on(viewer, concern), referred=referrals_of_concern(viewer, concern),
        promises=clocks_for(viewer, concern, at=now), company=company_with_policy_of(concern, now),
    )  # fmt: skip


@operation("POST", "/concerns/{uuid:concern_id}/look", Act.COMPLETE_CONCERN, Scope.TRIAGE, gives={204: None}, tag=TAG)
def look_at_concern(request: Asked, concern_id: uuid.UUID) -> Status[None]:
    """Say that one is looking at a concern. Its reporter sees it. Looking twice changes nothing."""
    concern = queries.concern_for(request.viewer, concern_id, act=COMPLETE)
    start_looking(concern, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation(
    "POST",
    "/concerns/{uuid:concern_id}/additions",
    Act.COMPLETE_CONCERN,
    Scope.TRIAGE,
    gives={204: None},
    tag=TAG,
)
def complete_concern(request: Asked, concern_id: uuid.UUID, adding: shapes.Adding) -> Status[None]:
    """Write something more to a concern. What was told first stays as it was."""
    concern = queries.concern_for(request.viewer, concern_id, act=COMPLETE)
    add_to_concern(concern, text=adding.text, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/concerns/{uuid:concern_id}/home", Act.COMPLETE_CONCERN, Scope.TRIAGE, gives={204: None}, tag=TAG)
def place_concern(request: Asked, concern_id: uuid.UUID, placing: shapes.PlacingConcern) -> Status[None]:
    """Say which home of ours a concern is about, or that another was meant.

    Where its signs told of an unsafe home, repairs are told now.
    """
    concern = queries.concern_for(request.viewer, concern_id, act=COMPLETE)
    home = home_meant(request, placing.home)
    try:
        unsafe_homes.place_concern(
            concern, home, why=placing.why, version=placing.version, by=request.viewer, at=clock.now()
        )
    except ChangedMeanwhile:
        record_read("concern.read", about=concern, ids=[("concern", concern.id)], durable=concern.restricted)
        raise
    return Status(204, None)


@operation(
    "POST", "/concerns/{uuid:concern_id}/hazards", Act.COMPLETE_CONCERN, Scope.TRIAGE, gives={204: None}, tag=TAG
)
def tell_repairs(request: Asked, concern_id: uuid.UUID, telling: shapes.TellingRepairs) -> Status[None]:
    """Tell repairs of something unsafe in the home of a concern that no sign of it told."""
    concern, now = queries.concern_for(request.viewer, concern_id, act=COMPLETE), clock.now()
    unsafe_homes.tell_repairs(
        concern, telling.kind, vulnerable=telling.vulnerable,
        aware_at=concern.logged_at if telling.known_since_told else now, by=request.viewer, at=now,
    )  # fmt: skip
    return Status(204, None)


@operation("GET", "/worries", Act.ANSWER_WORRY, Scope.TRIAGE, gives={200: shapes.Worries}, tag=TAG)
def worries(request: Asked) -> shapes.Worries:
    """Reporters who are still worried and wait for an answer, the oldest first."""
    found = queries.worries_waiting(request.viewer)
    record_read("worries.read", about=None, ids=[("worry", each.id) for each in found], durable=False)
    return shapes.Worries(worries=[shown.worry(each) for each in found])


@operation("POST", "/worries/{uuid:worry_id}/answer", Act.ANSWER_WORRY, Scope.TRIAGE, gives={204: None}, tag=TAG)
def answer_still_worried(request: Asked, worry_id: uuid.UUID, answering: shapes.Answering) -> Status[None]:
    """Answer a reporter who is still worried, where one did not decide oneself."""
    worry = queries.worry_for(request.viewer, worry_id)
    decided_by = who_decided(request.viewer, worry.concern)
    answer_worry(worry, answer=answering.answer, by=request.viewer, at=clock.now(), decided_by=decided_by)
    return Status(204, None)
