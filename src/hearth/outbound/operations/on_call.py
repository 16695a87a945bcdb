"""The on-call ladder: rung at once, acknowledged, or passed on; and the rota that must have no gap."""

from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from hearth.access.identity import as_the_house
from hearth.access.operations import check, require_identity
from hearth.access.terms import Act, Part, Viewer
from hearth.ledger.terms import Fact, Subject
from hearth.ledger.transactions import all_or_nothing
from hearth.organisation.models import User
from hearth.outbound.models import Alert, AlertStep, Notice, RotaGap
from hearth.outbound.operations.messages import tell_staff
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.operations.ringing_together import told_as_one
from hearth.outbound.operations.telling import tell_each
from hearth.outbound.queries.on_call import (
    alert_for,
    gaps_between,
    leads,
    on_call,
    on_call_for,
    on_ladder,
    own_rotas,
    shut_to,
)
from hearth.outbound.queries.told import who_hears, who_plays
from hearth.outbound.rules import next_rung
from hearth.outbound.terms import (
    OF_AN_ALERT,
    Alarming,
    AlertKind,
    AlreadyAcknowledged,
    Channel,
    Gap,
    NoticeWords,
    OnCall,
    Words,
)
from hearth.timescales.moving import record_of
from hearth.timescales.operations import happened

# How an alert of each kind is told at first, and when it is passed on.
SAID = {
    AlertKind.DANGER: (Words.ON_CALL_ALERT, Words.ON_CALL_PASSED_ON),
    AlertKind.FIRST_LOOK: (Words.FIRST_LOOK, Words.FIRST_LOOK_PASSED_ON),
}
# Who is rung where neither the rota nor those who hear it may be. They learn nothing from it but that it rings.
LAST_RESORT = ((Part.LEAD, Part.DEPUTY, Part.ALLEGATION_DEPUTY), (Part.ADMINISTRATOR,))
A_MOMENT = timedelta(microseconds=1)
NOBODY = 0  # the rung of an alert that found nobody on call: the leads are told instead


@transaction.atomic
def alert(
    about: Alarming,
    *,
    by: Viewer,
    at: datetime,
    pass_on_after: timedelta,
    kind: AlertKind = AlertKind.DANGER,
    not_to_ring: Iterable[int] = (),
) -> UUID:
    """Ring whoever is on call, without content. Nobody who is shut out of the record is rung.

    A restricted record opens to nobody else, so those who hear it are rung beside them and no lead in their place.
    `pass_on_after` is the pack's limit for an alert of this kind. A record that rings already does not ring twice.
    Returns the alert's public id.
    """
    require_identity(by)
    with as_the_house():
        raised, is_new = Alert.objects.get_or_create(
            circle_id=about.circle_id, about_kind=about.ledger_kind, about_id=about.id, acknowledged_at=None,
            defaults={
                "about": about.public_id, "kind": kind, "passes_on_after": pass_on_after,
                "not_to_ring": sorted(set(not_to_ring)), "raised_by_id": by.id, "raised_at": at, "rung_at": at,
            },
        )  # fmt: skip
    if not is_new:
        return raised.public_id
    with as_the_house():
        raised.refresh_from_db()  # PostgreSQL says whether it is restricted
    told = _ring_next(raised, at, is_first=True)
    facts: dict[str, Fact] = {"kind": kind.value, "rung": raised.rung, "told": told}
    happened("oncall.alerted", about=_record(raised), by=by, at=at, facts=facts)
    return raised.public_id


@transaction.atomic
def acknowledge(public_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Take an alert. For whoever was rung for it, and for anybody on call or leading who may know of it."""
    require_identity(by)
    found = alert_for(by, public_id)
    if not AlertStep.objects.filter(alert=found, user_id=by.id).exists():
        check(by, Act.ACKNOWLEDGE_ALERT, found)
    with as_the_house():
        mine = Alert.objects.filter(pk=found.pk, acknowledged_at=None)
        if not mine.update(acknowledged_at=at, acknowledged_by_id=by.id):
            raise AlreadyAcknowledged("Somebody else on call has taken this.")
    take_as_read(public_id, *OF_AN_ALERT, at=at)
    happened(
        "oncall.acknowledged", about=_record(found), by=by, at=at, facts={"rung": found.rung, "round": found.round}
    )


@all_or_nothing
def stop_ringing(about: Alarming, *, by: Viewer, at: datetime) -> None:
    """Nobody is rung any more for a record that somebody has decided on: the alert counts as taken by whoever did."""
    require_identity(by)
    ringing = Alert.objects.filter(
        circle_id=about.circle_id, about_kind=about.ledger_kind, about_id=about.id, acknowledged_at=None
    )
    for public_id in list(ringing.values_list("public_id", flat=True)):
        with as_the_house():
            ringing.filter(public_id=public_id).update(acknowledged_at=at, acknowledged_by_id=by.id)
        take_as_read(public_id, *OF_AN_ALERT, at=at)


@transaction.atomic
def open_to_answerer(public_id: UUID, *, why: str, by: Viewer, at: datetime, until: datetime) -> bool:
    """Let whoever took an alert read the record it rang for, until then. Says whether that opened anything new.

    PostgreSQL asks whose alert it is, and opens nothing that is restricted or shut to them.
    """
    require_identity(by)
    with connection.cursor() as cursor:
        cursor.execute("select hearth.open_for_alert(%s, %s, %s, %s)", [public_id, why, at, until])
        (given,) = cursor.fetchone()
    if given is not None:
        found = alert_for(by, public_id)
        happened("oncall.opened", about=_record(found), by=by, at=at, facts={"rung": found.rung}, why=why)
    return given is not None


def pass_on_unacknowledged(*, at: datetime) -> int:
    """Ring the next rung of every alert nobody acknowledged in time. For the jobs process; says how many."""
    passed = 0
    while _pass_one_on(at):
        passed += 1
    return passed


@transaction.atomic
def note_rota_gap(*, at: datetime) -> bool:
    """Write down that nobody is on call, tell the leads once, and write down when it ends. For the jobs process."""
    with as_the_house():
        known = {*RotaGap.objects.filter(ended_at=None).values_list("entity_id", flat=True)}
    rotas = [None, *sorted({*own_rotas(at), *known} - {None})]
    in_gap = [_note_gap_of(company, at) for company in rotas]
    return True in in_gap


def _note_gap_of(company: int | None, at: datetime) -> bool:
    """The same of one rota: the provider's, or a company's own."""
    gap_now = bool(gaps_between(at, at + A_MOMENT, company=company))
    with as_the_house():
        gap = RotaGap.objects.select_for_update().filter(ended_at=None, entity=company).first()
        if gap_now == (gap is not None):
            return gap_now
        if gap is None:
            gap = RotaGap.objects.create(starts_at=at, entity_id=company)
        else:
            RotaGap.objects.filter(pk=gap.pk).update(ended_at=at)
    act = "rota.gap_found" if gap_now else "rota.gap_ended"
    happened(act, about=gap, by=None, at=at, facts={"entity": company} if company else None)
    if gap_now:
        told = leads(at, company=company)
        tell_each(told, NoticeWords.ROTA_GAP, words=Words.ROTA_GAP, key=f"gap:{gap.pk}", at=at)
    return gap_now


@transaction.atomic
def warn_of_gaps(*, at: datetime, ahead: timedelta) -> None:
    """Tell the leads of gaps that are coming, once for each. For the jobs process."""
    for company, gap in _gaps_of_all(at, ahead):
        if gap.starts_at > at:
            told = leads(at, company=company)
            tell_each(told, NoticeWords.ROTA_GAP, words=Words.ROTA_GAP, key=_of_coming(company, gap), at=at)


@transaction.atomic
def take_gaps_as_read(*, at: datetime, ahead: timedelta) -> None:
    """A gap that has ended asks for nothing any more, and one that was filled before it came is taken back: should it
    come after all, the leads are told anew. For the jobs process."""
    still = Q()
    for company, gap in _gaps_of_all(at, ahead):
        still |= Q(key__startswith=f"{_of_coming(company, gap)}:")
    over = Notice.objects.filter(words=NoticeWords.ROTA_GAP, read_at=None)
    with as_the_house():
        for pk in RotaGap.objects.filter(ended_at=None).values_list("pk", flat=True):
            still |= Q(key__startswith=f"gap:{pk}:")
        over.filter(key__startswith="gap:").exclude(still).update(read_at=at)
    over.filter(key__startswith="gap-ahead:").exclude(still).delete()


def _gaps_of_all(at: datetime, ahead: timedelta) -> Iterator[tuple[int | None, Gap]]:
    """The gaps to come in the provider's rota, and in each company's own."""
    for company in (None, *own_rotas(at)):
        for gap in gaps_between(at, at + ahead, company=company):
            yield company, gap


def _of_coming(company: int | None, gap: Gap) -> str:
    return f"gap-ahead:{f'{company}:' if company else ''}{gap.starts_at.isoformat()}"


@transaction.atomic
def _pass_one_on(at: datetime) -> bool:
    with as_the_house():
        late = Alert.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            acknowledged_at=None, rung_at__lte=at - F("passes_on_after")
        )
        ringing = late.order_by("rung_at", "id").first()
    if ringing is None:
        return False
    told = _ring_next(ringing, at, is_first=False)
    facts: dict[str, Fact] = {"kind": ringing.kind, "rung": ringing.rung, "told": told, "round": ringing.round}
    happened("oncall.passed_on", about=_record(ringing), by=None, at=at, facts=facts)
    return True


def _ring_next(ringing: Alert, at: datetime, *, is_first: bool) -> int:
    """Ring the next rung up; after the last begin again. Says how many were told."""
    shut = shut_to(ringing.circle_id) | set(ringing.not_to_ring)
    ladder = _ladder(ringing.circle_id, shut, at)
    step = next_rung([somebody.rung for somebody in ladder], ringing.rung)
    ringing.rung, again = step or (NOBODY, True)
    if again and not is_first:
        ringing.round += 1
    ringing.rung_at = at
    with as_the_house():
        ringing.save(update_fields=["rung", "round", "rung_at"])
    rung = [somebody for somebody in ladder if somebody.rung == ringing.rung]
    words = SAID[AlertKind(ringing.kind)][0 if is_first else 1]
    for somebody in rung:
        _ring(ringing, somebody, words, at)
    never = shut | {somebody.user_id for somebody in rung}
    beside = [user for user in _rung_beside(ringing, at, again=again) if user.pk not in never]
    beside = beside if rung or beside else _anybody_else(never, at)
    told = words if rung or ringing.kind == AlertKind.FIRST_LOOK else Words.NOBODY_ON_CALL
    for user in beside:
        _ring(ringing, OnCall(0, user.pk, user.name, ringing.rung, "", user.email), told, at)
    return len(rung) + len(beside)


def _ladder(circle_id: int, shut: Set[int], at: datetime) -> list[OnCall]:
    """Who is on call for a record and not shut out of it: of its company's own rota, else of the provider's."""
    for on_duty in (on_call_for(circle_id, at), on_call(at)):
        found = [somebody for somebody in on_duty if somebody.user_id not in shut]
        if found:
            break
    return found


def _rung_beside(ringing: Alert, at: datetime, *, again: bool) -> list[User]:
    """Who is rung beside the rota: those who hear what is restricted; else, once the rota is through, the leads and
    whoever holds a post of the policy's ladder."""
    if ringing.restricted:
        return who_hears(ringing.circle_id, at=at)
    return list({user.pk: user for user in (*leads(at), *on_ladder(ringing, at))}.values()) if again else []


def _anybody_else(never: Set[int], at: datetime) -> list[User]:
    """Where nobody who should be rung may be, somebody is: an alert that rings nobody is no alert."""
    for parts in LAST_RESORT:
        found = [user for user in who_plays(parts, at=at) if user.pk not in never]
        if found:
            return found
    return []


def _ring(ringing: Alert, somebody: OnCall, words: Words, at: datetime) -> None:
    alone = f"alert:{ringing.pk}:{ringing.round}:{ringing.rung}"
    key = f"{told_as_one(ringing, at) or alone}:{somebody.user_id}"
    step = AlertStep(
        alert=ringing, circle_id=ringing.circle_id, user_id=somebody.user_id, rung=ringing.rung, round=ringing.round,
        told_at=at,
    )  # fmt: skip
    with as_the_house():
        AlertStep.objects.bulk_create([step], ignore_conflicts=True)
    for channel, address in ((Channel.TEXT, somebody.phone), (Channel.EMAIL, somebody.email)):
        if address:
            tell_staff(
                somebody.user_id, address=address, channel=channel, words=words,
                key=f"{key}:{channel.value}", at=at, is_urgent=ringing.kind == AlertKind.DANGER,
            )  # fmt: skip
    # The notice names the alert and no circle: whoever is rung must see that he was, and learns nothing else from it.
    notify(
        somebody.user_id, NoticeWords(words.value), key=key, at=at, about_kind="alert", about=ringing.public_id
    )  # fmt: skip


def _record(ringing: Alert) -> Subject:
    """The record it rings for: the limit runs on that, and its chronology shows who was rung and who took it."""
    return record_of(ringing.about_kind, ringing.about_id, ringing.circle_id)
