"""Whoever a new policy binds reads it and says so; who has not is reminded, and the lead sees who."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from hearth.access.clock import now
from hearth.access.identity import as_the_house
from hearth.access.operations import check, require_identity
from hearth.access.queries import visible
from hearth.access.rules import WHO_MAY
from hearth.access.terms import Act, NotHere, Viewer
from hearth.ledger.asking import AskedLines
from hearth.organisation.models import User
from hearth.organisation.queries import holders_of, names_of, posts_of, work_for, work_only_for
from hearth.organisation.terms import STAFF, Part
from hearth.outbound.operations.notices import notify, take_as_read
from hearth.outbound.terms import NoticeWords
from hearth.pathway.adopting.turns import Ladder, ladder
from hearth.policy import models
from hearth.policy.calendars import WorkingCalendar
from hearth.policy.durations import Due, due
from hearth.policy.operations import ask_to_read, confirm_read
from hearth.policy.packs import Pack
from hearth.policy.packs.binding import clauses_for
from hearth.policy.packs.diffing import Difference, differences
from hearth.policy.packs.shapes import Clause
from hearth.policy.queries import pack_before, pack_of, with_own_policy
from hearth.timescales.forces import sentence_of
from hearth.timescales.operations import happened
from hearth.timescales.queries import working_days

A_PAGE = 25
AT_ONCE = 200
FIRST = "asked"


class NoSuchReading(NotHere):
    """Nobody asked this viewer to read that."""


@dataclass(frozen=True, slots=True)
class AskedBy:
    """What sets the day by which a policy is read: its clause, where that comes from, and whose policy it stands in."""

    clause: str
    force_sentence: str
    entity: int | None


@dataclass(frozen=True, slots=True)
class ToRead:
    """A policy somebody is asked to read."""

    public_id: UUID
    title: str
    version: str
    in_force_from: datetime
    by_day: date | None
    asked_by: AskedBy | None


@dataclass(frozen=True, slots=True)
class Binding:
    """A policy as one person reads it: the clauses that bind him, what changed, and whether he has confirmed."""

    to_read: ToRead
    pack: Pack
    clauses: tuple[Clause, ...]
    changed: tuple[Difference, ...]
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NotYetRead:
    """Somebody who was asked and has not confirmed."""

    id: int
    name: str
    policy: str
    asked_at: datetime
    by_day: date | None
    asked_by: AskedBy | None
    is_late: bool


def to_read(viewer: Viewer) -> ToRead | None:
    """The newest policy that waits to be read by this viewer."""
    require_identity(viewer)
    row = _newest_for(viewer.id)
    return _to_read(row) if row else None


def reading_for(viewer: Viewer, public_id: UUID, *, at: datetime) -> Binding:
    """What somebody is asked to read: the clauses that bind him and what changed. Raises NoSuchReading."""
    check(viewer, Act.CONFIRM_READING)
    row = _own(viewer, public_id)
    pack, earlier = pack_of(row.adoption.digest), _before(row.adoption)
    acts = {
        act.name.lower() for act, parts in WHO_MAY.items() if Part.ANYONE in parts or not parts.isdisjoint(viewer.parts)
    }
    return Binding(
        to_read=_to_read(row),
        pack=pack,
        clauses=clauses_for(
            pack, parts={str(part) for part in viewer.parts}, posts=posts_of(viewer.id, at=at), acts=acts
        ),
        changed=differences(earlier, pack) if earlier else (),
        confirmed_at=row.confirmed_at,
    )


@transaction.atomic
def confirm(public_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Say that one has read and understood a policy. Saying it again changes nothing."""
    check(by, Act.CONFIRM_READING)
    row = _own(by, public_id)
    if row.confirmed_at is not None:
        return
    with as_the_house():
        confirm_read(row, at=at)
    happened("reading.confirmed", about=row, by=by, at=at, facts={"digest": row.adoption.digest})
    take_as_read(public_id, NoticeWords.SOMETHING_WAITS, at=at, only=by.id)


def not_yet_read(viewer: Viewer, *, at: datetime, after: int = 0) -> tuple[list[NotYetRead], bool]:
    """A page of who was asked to read the newest policy and has not confirmed, and whether more follow."""
    rows = visible(models.Reading.objects.all(), to=viewer, act=Act.ADOPT_POLICY)
    still_here = Exists(User.objects.filter(_let_in(at), pk=OuterRef("user_id")))
    waiting = rows.filter(_is_bound(at), still_here, adoption__in=_asked_for(), confirmed_at=None, pk__gt=after)
    page = list(waiting.select_related("adoption").order_by("pk")[: A_PAGE + 1])
    names = names_of(row.user_id for row in page)
    return [_not_yet(row, names, at) for row in page[:A_PAGE]], len(page) > A_PAGE


def ask_everybody(adoption: models.Adoption, *, at: datetime) -> None:
    """Ask everybody the policy binds and who was not asked yet. Without a word on it, the policy asks nobody.

    A company's policy binds those who work in that company; the organisation's all but those of them.
    """
    rule = pack_of(adoption.digest).reading
    if rule is None:
        return
    asked = models.Reading.objects.filter(adoption=adoption, user_id=OuterRef("pk"))
    people = User.objects.filter(_let_in(at), ~Exists(asked))
    if rule.is_for_everybody:
        people = people.filter(kind__in=sorted(kind.value for kind in STAFF))
    else:
        people = people.filter(pk__in=holders_of(rule.audience, at=at))
    people = people.filter(_binds(adoption, at))
    with as_the_house():
        ask_to_read(adoption, list(people.values_list("pk", flat=True)), at=at)


@transaction.atomic
def ask_who_joined(*, at: datetime) -> None:
    """Whoever the policy binds since he joined, or took up a post, is asked too."""
    with as_the_house():
        for asked in _asked_for():
            ask_everybody(asked, at=at)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell whoever was asked, and remind whoever has not confirmed, each once for each step of the policy's ladder."""
    with as_the_house():
        newest = {each.pk for each in _asked_for()}
        due_now = models.Reading.objects.filter(next_notice_at__lte=at).order_by("next_notice_at")
        rows = list(due_now.select_for_update(skip_locked=True, of=("self",)).select_related("adoption")[:AT_ONCE])
        for row in rows:
            _remind_one(row, at, is_newest=row.adoption_id in newest)
    return len(rows)


def _remind_one(row: models.Reading, at: datetime, *, is_newest: bool) -> None:
    pack = pack_of(row.adoption.digest)
    rungs: Ladder = []
    if (rule := pack.reading) and is_newest:
        rungs = [(FIRST, row.asked_at), *ladder(row.asked_at, rule.within, rule.remind, working_days(pack.nation))]
    passed = [rung for rung, moment in rungs if moment <= at]
    models.Reading.objects.filter(pk=row.pk).update(
        next_notice_at=next((moment for _, moment in rungs if moment > at), None)
    )
    if passed:
        notify(
            row.user_id, NoticeWords.SOMETHING_WAITS, key=f"reading:{row.pk}:{passed[-1]}", at=at,
            about_kind="reading", about=row.public_id,
        )  # fmt: skip


def _asked_for() -> list[models.Adoption]:
    """The newest adoption that people were asked to approve, and so to read, of the organisation and of each company.

    A house's first pack asks nobody.
    """
    asked = models.Adoption.objects.filter(proposals__isnull=False)
    return list(asked.order_by("entity_id", "-in_force_from").distinct("entity_id"))


def _binds(adoption: models.Adoption, at: datetime) -> Q:
    """Whom a policy binds: those who work in its company, or all who do not work only where another policy is."""
    if adoption.entity_id is not None:
        return Q(pk__in=work_for([adoption.entity_id], at=at))
    own = with_own_policy(at)
    return ~Q(pk__in=work_only_for(own, at=at)) if own else Q()


def _is_bound(at: datetime) -> Q:
    """Those asked to read what binds them still: the organisation's policy not where a company has its own since."""
    own = with_own_policy(at)
    return ~Q(adoption__entity_id=None, user_id__in=work_only_for(own, at=at)) if own else Q()


def _before(adoption: models.Adoption) -> Pack | None:
    return pack_before(adoption.in_force_from, adoption.entity_id)


def _newest_for(user_id: int) -> models.Reading | None:
    """Only the newest policy waits to be read; one that another has replaced does not."""
    if not UNREAD(user_id):
        return None
    rows = models.Reading.objects.filter(user_id=user_id, confirmed_at=None).select_related("adoption").order_by("-pk")
    return rows.filter(_is_bound(now()), adoption__in=_asked_for()).first()


UNREAD = AskedLines(lambda user: models.Reading.objects.filter(user_id=user, confirmed_at=None).values_list("pk")[:1])


def _own(viewer: Viewer, public_id: UUID) -> models.Reading:
    row = models.Reading.objects.filter(public_id=public_id, user_id=viewer.id).select_related("adoption").first()
    if row is None:
        raise NoSuchReading
    return row


def _to_read(row: models.Reading) -> ToRead:
    pack = pack_of(row.adoption.digest)
    point = _read_by(row, pack, working_days(pack.nation))
    return ToRead(
        row.public_id, pack.title, pack.version, row.adoption.in_force_from, point.day if point else None,
        _asked_by(row, pack),
    )  # fmt: skip


def _read_by(row: models.Reading, pack: Pack, days: WorkingCalendar) -> Due | None:
    return due(row.asked_at, pack.reading.within, days) if pack.reading else None


def _asked_by(row: models.Reading, pack: Pack) -> AskedBy | None:
    rule = pack.reading
    return AskedBy(rule.clause, sentence_of(rule.force), row.adoption.entity_id) if rule else None


def _not_yet(row: models.Reading, names: dict[int, str], at: datetime) -> NotYetRead:
    pack = pack_of(row.adoption.digest)
    point = _read_by(row, pack, working_days(pack.nation))
    return NotYetRead(
        id=row.pk,
        name=names.get(row.user_id, ""),
        policy=pack.title,
        asked_at=row.asked_at,
        by_day=point.day if point else None,
        asked_by=_asked_by(row, pack),
        is_late=point is not None and point.is_over(at),
    )


def _let_in(at: datetime) -> Q:
    return Q(Q(until=None) | Q(until__gt=at), is_active=True)
