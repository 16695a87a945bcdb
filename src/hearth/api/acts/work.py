"""What waits for me, everything that is due, notices and on-call alerts."""

import uuid
from collections.abc import Sequence
from typing import Annotated

from ninja import Query
from ninja.responses import Status

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act, Scope, Viewer
from hearth.api.door import Asked
from hearth.api.house import Wrong, operation
from hearth.api.shapes import work as shapes
from hearth.api.shapes.limits import limit
from hearth.api.words import READABLE
from hearth.cases.invited import invited_into
from hearth.cases.queries import my_actions, my_closures, offers
from hearth.concerns.queries import worries_waiting
from hearth.ledger.operations import record_read
from hearth.ledger.paging import LONGEST, NotAPlace, Place
from hearth.outbound.operations.notices import mark_read
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.outbound.terms import AlertKind, AlreadyAcknowledged, Told
from hearth.pathway.alarms import take_alert
from hearth.pathway.whereabouts import whereabouts
from hearth.timescales.queries import DUE, Promise, due, due_for_me
from hearth.triage.queries import my_watches

TAG = "What waits"
After = Annotated[str, READABLE, Query("", max_length=LONGEST, description="`next` of the page before.")]


@operation("GET", "/my-work", Act.SEE_MY_WORK, Scope.WORK, gives={200: shapes.MyWork}, tag=TAG)
def my_work(request: Asked) -> shapes.MyWork:
    """What waits for me, soonest first."""
    viewer, now = request.viewer, clock.now()
    promises, actions, invited = due_for_me(viewer, at=now), my_actions(viewer), invited_into(viewer, at=now)
    ids = [(promise.about_kind, promise.about_id) for promise in promises]
    ids += [*(("action", each.id) for each in actions), *(("case", each.id) for each in invited)]
    record_read("my_work.read", about=None, ids=ids, durable=False)
    return shapes.MyWork(
        waiting=_waiting(viewer, promises),
        actions=[
            shapes.MyAction(
                id=each.public_id, case=each.case.public_id, reference=each.case.reference, text=each.text,
                due_on=each.due_on,
            )
            for each in actions
        ],
        watches=[
            shapes.MyWatch(
                concern=each.concern.public_id, reference=each.concern.reference, review_on=each.review_on
            )
            for each in my_watches(viewer)
        ],
        invited=[
            shapes.InvitedCase(id=each.public_id, reference=each.reference, until=each.until) for each in invited
        ],
        offers=[each.public_id for each in offers(viewer)],
        closures=[each.case.public_id for each in my_closures(viewer)],
        worries=[w.public_id for w in worries_waiting(viewer)] if may(viewer.parts, Act.ANSWER_WORRY) else [],
        alerts=[
            shapes.Alert(
                id=each.public_id, kind=AlertKind(each.kind), raised_at=each.raised_at, rung_at=each.rung_at
            )
            for each in alerts_ringing(viewer)
        ],
        notices=[_notice(each) for each in notices_for(viewer, unread_only=True)],
    )  # fmt: skip


@operation("GET", "/due", Act.SEE_DUE, Scope.WORK, gives={200: shapes.Due}, tag=TAG)
def read_due(request: Asked, after: After) -> shapes.Due:
    """Every running limit one may know of, the soonest first, with its clause."""
    promises = due(request.viewer, at=clock.now(), place=_place(after))
    ids = [(promise.about_kind, promise.about_id) for promise in promises]
    record_read("due.read", about=None, ids=ids, durable=False)
    return shapes.Due(waiting=_waiting(request.viewer, promises), next=promises.next)


@operation("GET", "/notices", Act.READ_OWN_CONCERNS, Scope.WORK, gives={200: shapes.Notices}, tag=TAG)
def read_notices(request: Asked) -> shapes.Notices:
    """What I am told inside Hearth, the newest first."""
    return shapes.Notices(notices=[_notice(each) for each in notices_for(request.viewer)])


@operation("POST", "/notices/{uuid:notice_id}/read", Act.READ_OWN_CONCERNS, Scope.WORK, gives={204: None}, tag=TAG)
def mark_notice_read(request: Asked, notice_id: uuid.UUID) -> Status[None]:
    """Say that one has read a notice. Saying it again changes nothing."""
    mark_read(notice_id, by=request.viewer, at=clock.now())
    return Status(204, None)


@operation("POST", "/alerts/{uuid:alert_id}/acknowledge", Act.ACKNOWLEDGE_ALERT, Scope.WORK, gives={204: None}, tag=TAG)
def acknowledge_alert(request: Asked, alert_id: uuid.UUID) -> Status[None]:
    """Take an alert, so that nobody else need be rung. Ring whoever told us, then decide."""
    try:
        take_alert(alert_id, by=request.viewer, at=clock.now())
    except AlreadyAcknowledged:
        raise Wrong("alert_id", "Somebody has already taken this alert.") from None
    return Status(204, None)


def _waiting(viewer: Viewer, promises: Sequence[Promise]) -> list[shapes.Waiting]:
    places = whereabouts(viewer, promises)
    found = [(promise, places.get((promise.about_kind, promise.about_id))) for promise in promises]
    return [
        shapes.Waiting(
            limit=limit(promise), kind=promise.about_kind, record=place.public_id if place else None,
            called=place.called if place else "",
        )
        for promise, place in found
    ]  # fmt: skip


def _notice(told: Told) -> shapes.Notice:
    return shapes.Notice(
        id=told.public_id, words=told.words, kind=told.about_kind, record=told.about, at=told.at, read_at=told.read_at
    )


def _place(after: str) -> Place | None:
    try:
        return DUE.place(after)
    except NotAPlace:
        raise Wrong("after", "Send `next` of the page before, as it is.") from None
