"""Logging a concern, one's own concerns, and saying that one is still worried."""

import uuid

from ninja.responses import Status

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.acts.of_homes import home_meant
from hearth.api.door import Asked
from hearth.api.house import Start, Wrong, begin, one_key, operation
from hearth.api.once import IdempotencyKey
from hearth.api.shapes import concerns as shapes
from hearth.api.shown import concerns as shown
from hearth.api.words import Made
from hearth.concerns import queries
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.ledger.operations import record_read
from hearth.outbound.queries.on_call import acknowledgement, on_call_for
from hearth.pathway.raising import raise_concern, signs_shown
from hearth.pathway.worrying import raise_worry

TAG = "Concerns"
AS_SENT = (
    "danger_now", "about_staff", "place", "noticed", "elsewhere", "who", "thinks", "did", "wishes", "may_contact",
    "keep_name_from_family", "contact", "something_else", "parent_told", "parent_why_not",
)  # fmt: skip


@operation(
    "POST",
    "/concerns",
    Act.LOG_CONCERN,
    Scope.CONCERNS_LOG,
    gives={201: shapes.ConcernReceipt, 200: shapes.ConcernReceipt},
    tag=TAG,
    keeps_key=True,
)
def log_concern(
    request: Asked, telling: shapes.Telling, idempotency_key: IdempotencyKey
) -> Status[shapes.ConcernReceipt]:
    """Log a concern.

    You need no proof and no name. The same key twice is one concern: 201 the first time, 200 after that. It is never
    refused for coming too often.
    """
    key = one_key(telling.key, idempotency_key)
    kept = raise_concern(_told(request, telling), by=request.viewer, at=clock.now(), key=key, came_by=Came.API)
    holder = next(
        (each for each in on_call_for(kept.concern.circle_id, clock.now()) if each.user_id not in kept.not_to_ring),
        None,
    )
    receipt = shown.receipt(kept, acknowledgement(kept.concern), holder.phone if holder else "")
    return Status(201 if kept.is_new else 200, receipt)


def _told(request: Asked, sent: shapes.Telling) -> Told:
    """What was told, in the domain's words."""
    _fits(sent)
    known = signs_shown(clock.now(), None)
    if any(code not in known for code in sent.signs):
        raise Wrong("signs", "Send codes of signs of the policy in force; see `policy`.")
    return Told(
        home_id=home.id if (home := home_meant(request, sent.home)) else None,
        about_the_lead=sent.about_staff is not AboutStaff.NO and bool(sent.about_the_lead),
        signs=tuple(dict.fromkeys(sent.signs)),
        vulnerable=tuple(dict.fromkeys(sent.vulnerable)),
        told_by=sent.told_by or "", children_there=sent.children_there or "", knows=sent.knows or "",
        agreed=sent.agreed or "",
        **{name: getattr(sent, name) for name in AS_SENT},
    )  # fmt: skip


def _fits(sent: shapes.Telling) -> None:
    if sent.about_staff is not AboutStaff.NO and sent.about_the_lead is None:
        raise Wrong("about_the_lead", "Say whether it is, or may be, about the safeguarding lead.")
    if sent.place is not Place.ELSEWHERE and sent.elsewhere:
        raise Wrong("elsewhere", "Send this only where `place` is elsewhere.")
    if sent.place is not Place.HOME and sent.home is not None:
        raise Wrong("home", "Send this only where `place` is home.")


@operation("GET", "/concerns/mine", Act.READ_OWN_CONCERNS, Scope.CONCERNS_READ, gives={200: shapes.MyConcerns}, tag=TAG)
def my_concerns(request: Asked, start: Start) -> shapes.MyConcerns:
    """The concerns one logged, newest first, with no more than their reporter may know."""
    page = queries.my_concerns(request.viewer, place=begin(queries.MINE, start))
    record_read("concern.read_own", about=None, ids=[("concern", each.id) for each in page], durable=False)
    return shapes.MyConcerns(concerns=[shown.mine(each) for each in page], next=page.next)


@operation(
    "POST",
    "/concerns/{uuid:concern_id}/still-worried",
    Act.STILL_WORRIED,
    Scope.CONCERNS_LOG,
    gives={201: Made},
    tag=TAG,
)
def say_still_worried(
    request: Asked, concern_id: uuid.UUID, saying: shapes.StillWorried, idempotency_key: IdempotencyKey
) -> Status[Made]:
    """Say that one is still worried about a concern one logged. A lead who did not decide answers."""
    key = one_key(saying.key, idempotency_key)
    concern = queries.my_concern(request.viewer, concern_id)
    worry = raise_worry(concern, why=saying.why, by=request.viewer, at=clock.now(), key=key)
    return Status(201, Made(id=worry.public_id))
