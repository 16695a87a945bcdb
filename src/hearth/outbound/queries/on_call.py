"""Who is on call, where the rota has gaps, and which alerts ring."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min, Q

from hearth.access.identity import as_the_house
from hearth.access.models import ExcludedCircle
from hearth.access.queries import entity_of, visible
from hearth.access.rules import may
from hearth.access.terms import Act, InACircle, Viewer
from hearth.ledger.models import Entry
from hearth.organisation.models import Appointment, OnCallShift, User
from hearth.organisation.queries import holding, work_for
from hearth.organisation.terms import Part
from hearth.outbound.models import Alert, AlertStep
from hearth.outbound.rules import gaps
from hearth.outbound.terms import Acknowledgement, Alarming, Gap, NoSuchAlert, NoSuchShift, OnCall
from hearth.policy.terms import NoPolicy
from hearth.timescales.standing import pack_for

# What the ways in call these rows; they reach no table.
type AnAlert = Alert


def on_call(at: datetime, company: Callable[[], int | None] = lambda: None) -> list[OnCall]:
    """Everybody on call at an instant, in the order they are rung. Somebody switched off is not on call.

    `company` says whose record it is about, and is asked only where a company's own rota has somebody now: then those
    are on call for it. In a gap of its rota, and everywhere else, the provider's are: somebody is always rung.
    """
    now = OnCallShift.objects.filter(starts_at__lte=at, ends_at__gt=at, user__is_active=True).select_related("user")
    shifts = list(now.order_by("rung", "starts_at", "id"))
    own = {shift.entity_id for shift in shifts} - {None}
    asked = company() if own else None
    whose = asked if asked in own else None
    return [
        OnCall(shift.pk, shift.user_id, shift.user.name, shift.rung, shift.phone, shift.user.email)
        for shift in shifts
        if shift.entity_id == whose
    ]


def on_call_for(circle_id: int, at: datetime) -> list[OnCall]:
    """Everybody on call for a record, by its company."""
    return on_call(at, lambda: entity_of(circle_id))


def own_rotas(at: datetime) -> dict[int, Gap]:
    """The companies that have a rota of their own at an instant, with its first moment and its last."""
    of = OnCallShift.objects.filter(entity__isnull=False).values_list("entity_id")
    spans = of.annotate(first=Min("starts_at"), last=Max("ends_at")).filter(first__lte=at, last__gt=at)
    return {entity: Gap(first, last) for entity, first, last in spans if entity is not None}


def rota_gaps(viewer: Viewer, *, start: datetime, end: datetime, company: int | None = None) -> list[Gap]:
    """When nobody is on call between two instants."""
    visible(OnCallShift.objects.all(), to=viewer, act=Act.SEE_ROTA)
    return gaps_between(start, end, company=company)


def gaps_between(start: datetime, end: datetime, *, company: int | None = None) -> list[Gap]:
    """The same for the jobs process, which acts for nobody. A company's own rota has gaps from its first shift to its
    last, and none before and after."""
    own = OnCallShift.objects.filter(entity=company)
    if company is not None:
        span = own.aggregate(first=Min("starts_at"), last=Max("ends_at"))
        start, end = max(start, span["first"] or end), min(end, span["last"] or start)
        if start >= end:
            return []
    shifts = own.filter(starts_at__lt=end, ends_at__gt=start, user__is_active=True)
    return gaps(shifts.values_list("starts_at", "ends_at"), start, end)


def rota(viewer: Viewer, *, start: datetime, end: datetime, company: int | None = None) -> list[OnCallShift]:
    """Every shift of one rota between two instants, in the order people are rung."""
    between = OnCallShift.objects.filter(starts_at__lt=end, ends_at__gt=start, entity=company)
    rows = visible(between, to=viewer, act=Act.SEE_ROTA)
    return list(rows.select_related("user").order_by("starts_at", "rung", "id"))


def shift_for(viewer: Viewer, public_id: UUID) -> OnCallShift:
    """One shift, or NoSuchShift."""
    rows = visible(OnCallShift.objects.select_related("user"), to=viewer, act=Act.SEE_ROTA)
    shift = rows.filter(public_id=public_id).first()
    if shift is None:
        raise NoSuchShift
    return shift


def shut_to(circle_id: int) -> frozenset[int]:
    """Who must never be rung about a circle."""
    with transaction.atomic(savepoint=False), as_the_house():
        return frozenset(ExcludedCircle.objects.filter(circle_id=circle_id).values_list("user_id", flat=True))


def leads(at: datetime, *, company: int | None = None) -> list[User]:
    """Everybody who holds a lead's or deputy's post now; of a company, those of its teams, or all."""
    every = _leads(at)
    theirs = {*work_for([company], at=at)} if company else set()
    return [user for user in every if user.pk in theirs] or every


def _leads(at: datetime) -> list[User]:
    held = Appointment.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at),
        starts_at__lte=at,
        post__parts__overlap=[Part.LEAD.value, Part.DEPUTY.value],
    )
    return list(User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("id"))


def on_ladder(about: InACircle, at: datetime) -> list[User]:
    """Who holds a post of the ladder of the policy a record is under; nobody where no policy is in force.

    Whose post is only to be on call is rung by the rota, on his own nights.
    """
    try:
        pack = pack_for(about, at)
    except NoPolicy:
        return []
    named = pack.on_call.ladder if pack.on_call else ()
    posts = [post for each in named if (post := pack.posts.get(each)) and post.parts != {Part.ON_CALL}]
    return list(User.objects.filter(pk__in=[each.id for each in holding(posts, at=at)]).order_by("id")) if posts else []


def alerts_ringing(viewer: Viewer) -> list[Alert]:
    """Alerts nobody has acknowledged that this viewer may take, danger first, then the oldest: those that rang for him
    and, for whoever is on call or leads by his post, those of his circles."""
    ringing = Alert.objects.filter(acknowledged_at=None).exclude(not_to_ring__contains=[viewer.id])
    if not may(viewer.parts, Act.ACKNOWLEDGE_ALERT):
        ringing = ringing.filter(pk__in=AlertStep.objects.filter(user_id=viewer.id).values("alert_id"))
    return list(ringing.select_related("raised_by").order_by("kind", "raised_at", "id"))


def alert_for(viewer: Viewer, public_id: UUID) -> Alert:
    """An alert for whoever was rung for it or may take it, or NoSuchAlert: alike whether it is hidden or not there."""
    alert = Alert.objects.filter(public_id=public_id).first()
    if alert is None or viewer.id in alert.not_to_ring:
        raise NoSuchAlert
    if not AlertStep.objects.filter(alert=alert, user_id=viewer.id).exists():
        visible(Alert.objects.none(), to=viewer, act=Act.ACKNOWLEDGE_ALERT, about=alert)
    return alert


def steps_of(viewer: Viewer, alert: Alert) -> list[AlertStep]:
    """Who was rung for an alert, and when."""
    return list(AlertStep.objects.filter(alert=alert).select_related("user").order_by("told_at", "rung", "id"))


def acknowledgement(about: Alarming) -> Acknowledgement:
    """Whether somebody on call has taken it: all that a reporter is told. Whoever asks holds the record already."""
    with transaction.atomic(savepoint=False), as_the_house():
        alerts = Alert.objects.filter(
            circle_id=about.circle_id, about_kind=about.ledger_kind, about_id=about.id
        ).values_list("acknowledged_at", flat=True)
        times = list(alerts)
        if not times:
            return Acknowledgement.NOT_ALERTED
        if None in times:
            return Acknowledgement.RINGING
        taken = Entry.objects.filter(act="oncall.acknowledged", about_kind=about.ledger_kind, about_id=about.id)
        return Acknowledgement.ACKNOWLEDGED if taken.exists() else Acknowledgement.ENDED
