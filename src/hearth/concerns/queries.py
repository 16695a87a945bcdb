"""Questions about concerns. Every one says who asks; PostgreSQL leaves out what is not theirs to know."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from hearth.access.models import Circle
from hearth.access.queries import CompanyName, parts_in, visible
from hearth.access.rules import may
from hearth.access.terms import Act, Viewer
from hearth.concerns.models import Addition, Concern, Worry
from hearth.concerns.terms import NoSuchConcern, Stage
from hearth.ledger.asking import Asked
from hearth.ledger.paging import PAGE, By, Order, Paged, Place
from hearth.organisation.terms import Part
from hearth.people.queries import circles_with
from hearth.timescales.queries import NextLimit

CONCERN = Asked(
    lambda public_id: Concern.objects.select_related("home", "reported_by", "looked_at_by").filter(public_id=public_id)
)
WORRIES = Asked(
    lambda: Worry.objects.filter(answered_at=None).select_related("concern").order_by("raised_at")[:PAGE], given=0
)
QUEUE = Order((By("danger_now", bool, falls=True), By("triage_due_at", datetime, may_lack=True), By("id", int)))
MINE = Order((By("logged_at", datetime, falls=True), By("id", int, falls=True)))

AN_HOUR = timedelta(hours=1)

# What the ways in call these rows; they reach no table.
type AConcern = Concern
type AnAddition = Addition
type AWorry = Worry


@dataclass(frozen=True)
class MyConcern:
    """What its reporter may know of a concern: where it stands, and the feedback triage chose to give."""

    id: int
    public_id: uuid.UUID
    reference: str
    logged_at: datetime
    progress: str
    feedback: str
    worries: Sequence["MyWorry"]


@dataclass(frozen=True)
class MyWorry:
    raised_at: datetime
    why: str
    answered_at: datetime | None
    answer: str


def concern_for(viewer: Viewer, public_id: uuid.UUID | str, *, act: Act = Act.READ_CONCERN) -> Concern:
    """The concern for somebody who may read it whole, or NoSuchConcern."""
    found = CONCERN(public_id)
    if not found:
        raise NoSuchConcern
    visible(Concern.objects.none(), to=viewer, act=act, about=found[0])
    return found[0]


def concern_called(viewer: Viewer, reference: str, *, act: Act) -> Concern:
    """The concern of a reference somebody said aloud, or NoSuchConcern: hidden and missing answer alike."""
    concern = Concern.objects.select_related("home").filter(reference=reference).first()
    if concern is None or not may(parts_in(viewer, concern), act):
        raise NoSuchConcern
    return concern


def queue(viewer: Viewer, *, place: Place | None = None, limit: int = PAGE, alone: int | None = None) -> Paged[Concern]:
    """What waits for a decision: danger first, then whose clock ends first. Restricted concerns never stand here.

    `alone` leaves out those by a link by which more than so many came in the hour before.
    """
    waiting = Concern.objects.exclude(stage=Stage.DECIDED).filter(restricted=False)
    if alone is not None:
        waiting = _came_alone(waiting, alone)
    rows = visible(_told_with_its_limit(waiting), to=viewer, act=Act.SEE_QUEUE)
    return QUEUE.page(rows.select_related("home", "looked_at_by"), place, limit=limit)


def _came_alone(rows: "QuerySet[Concern]", most: int) -> "QuerySet[Concern]":
    """Those of the rows that did not come by a link by which more than so many came in the hour before."""
    hour = Concern.objects.filter(
        reported_by=OuterRef("reported_by"), logged_at__gt=OuterRef("logged_at") - AN_HOUR,
        logged_at__lte=OuterRef("logged_at"),
    )  # fmt: skip
    number = hour.order_by().values("reported_by").annotate(number=Count("id")).values("number")
    return rows.annotate(by_it=Subquery(number)).filter(Q(link=None) | Q(by_it__lte=most))


def _told_with_its_limit(rows: "QuerySet[Concern]") -> "QuerySet[Concern]":
    """Each with its company and the limit by which it is decided, as a list tells them."""
    limit = NextLimit("id", kind=Concern.ledger_kind, but_of=Part.ON_CALL.value)
    return rows.annotate(company=CompanyName("circle_id"), limit=limit)


def among_many(viewer: Viewer, concerns: Sequence[Concern], *, most: int) -> frozenset[int]:
    """Those of a list that came by a link by which more than so many came in the hour before. None is ever refused."""
    by_link = [concern for concern in concerns if concern.link_id is not None]
    if not by_link:
        return frozenset()
    since, until = min(each.logged_at for each in by_link) - AN_HOUR, max(each.logged_at for each in by_link)
    rows = Concern.objects.filter(
        reported_by_id__in={each.reported_by_id for each in by_link}, logged_at__gt=since, logged_at__lte=until
    )
    came: dict[int, list[datetime]] = defaultdict(list)
    for link, at in visible(rows, to=viewer, act=Act.SEE_QUEUE).values_list("reported_by_id", "logged_at"):
        came[link].append(at)
    many = (
        (each.pk, sum(each.logged_at - AN_HOUR < at <= each.logged_at for at in came[each.reported_by_id]))
        for each in by_link
    )
    return frozenset(pk for pk, number in many if number > most)


def restricted_queue(viewer: Viewer, *, limit: int = PAGE) -> list[Concern]:
    """Restricted concerns, about whoever works with us or is close to one who does. Seen through a grant only."""
    waiting = Concern.objects.exclude(stage=Stage.DECIDED).filter(restricted=True)
    rows = visible(_told_with_its_limit(waiting), to=viewer, act=Act.TRIAGE_CONCERN)
    return list(rows.select_related("home").order_by("-danger_now", "triage_due_at", "id")[:limit])


def restricted_waiting(viewer: Viewer) -> list[Concern]:
    """The same among what waits for somebody: asked only where the policy may send him such a concern."""
    return [] if viewer.parts.isdisjoint({Part.LEAD, Part.ALLEGATION_DEPUTY}) else restricted_queue(viewer)


def earlier_at_home(viewer: Viewer, concern: Concern, *, limit: int = 10) -> list[Concern]:
    """Earlier concerns at the same home, newest first, as far as this viewer may know of them."""
    if concern.home_id is None:
        return []
    rows = visible(Concern.objects.filter(home_id=concern.home_id), to=viewer, act=Act.READ_CONCERN, about=concern)
    return list(rows.exclude(pk=concern.pk).order_by("-logged_at")[:limit])


def earlier_about(viewer: Viewer, concern: Concern, people: Sequence[int], *, limit: int = 10) -> list[Concern]:
    """Other concerns in which somebody of this one plays a part, newest first, as far as this viewer may know of them:
    also those at another home."""
    if not people:
        return []
    circles = circles_with(viewer, people)
    rows = visible(Concern.objects.filter(circle_id__in=circles), to=viewer, act=Act.READ_CONCERN, about=concern)
    return list(rows.exclude(pk=concern.pk).order_by("-logged_at")[:limit])


def concerns_at_home(viewer: Viewer, home_id: int, *, limit: int = PAGE) -> list[Concern]:
    """The concerns about a home whose whole words this viewer may read, newest first. There is no total."""
    rows = visible(Concern.objects.filter(home_id=home_id), to=viewer, act=Act.SEARCH_REGISTER)
    return list(rows.filter(circle__in=Circle.objects.all()).order_by("-logged_at", "-id")[:limit])


def additions_to(viewer: Viewer, concern: Concern) -> list[Addition]:
    """What was added, oldest first."""
    rows = Addition.objects.filter(concern=concern).select_related("added_by", "home", "home_before")
    return list(rows.order_by("added_at", "id"))


def my_concerns(viewer: Viewer, *, place: Place | None = None, limit: int = PAGE) -> Paged[MyConcern]:
    """The concerns somebody logged, newest first, with no more than their reporter may know."""
    visible(Concern.objects.none(), to=viewer, act=Act.READ_OWN_CONCERNS)
    rows = Concern.objects.filter(reported_by_id=viewer.id, link=None).prefetch_related("worries")
    return MINE.page(rows, place, limit=limit).told(lambda concern: _as_told(concern, viewer))


def my_concern(viewer: Viewer, public_id: uuid.UUID | str) -> Concern:
    """One's own concern, or NoSuchConcern."""
    concern = Concern.objects.filter(reported_by_id=viewer.id, link=None, public_id=public_id).first()
    if concern is None:
        raise NoSuchConcern
    return concern


def just_sent(viewer: Viewer, key: uuid.UUID) -> Concern:
    """The concern of the form one has just sent, or NoSuchConcern. All that a reporting link ever reads back."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hearth.key', %s, true)", [str(key)])
    concern = Concern.objects.filter(reported_by_id=viewer.id, idempotency_key=key).first()
    if concern is None:
        raise NoSuchConcern
    return concern


def how_it_stands(viewer: Viewer, key: uuid.UUID) -> MyConcern:
    """What may be told of a concern to whoever holds the code of its receipt: no more than to a reporter."""
    return _as_told(just_sent(viewer, key), viewer)


def worry_for(viewer: Viewer, public_id: uuid.UUID | str) -> Worry:
    """A worry that waits for an answer, or NoSuchConcern."""
    rows = visible(Worry.objects.select_related("concern", "raised_by"), to=viewer, act=Act.ANSWER_WORRY)
    worry = rows.filter(public_id=public_id).first()
    if worry is None:
        raise NoSuchConcern
    return worry


def worries_waiting(viewer: Viewer) -> list[Worry]:
    """Reporters who are still worried and wait for a lead's answer, oldest first."""
    visible(Worry.objects.none(), to=viewer, act=Act.ANSWER_WORRY)
    return WORRIES()


def _as_told(concern: Concern, viewer: Viewer) -> MyConcern:
    held = concern.feedback_held
    progress = concern.held_at if held else Stage(concern.stage)
    said = [
        MyWorry(w.raised_at, w.why, w.answered_at, w.answer)
        for w in concern.worries.all()
        if w.raised_by_id == viewer.id
    ]
    feedback = "" if held else concern.feedback
    return MyConcern(
        concern.id, concern.public_id, concern.reference, concern.logged_at, progress.value, feedback, said
    )
