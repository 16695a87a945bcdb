"""Who looked at what, who was refused and who opened a record in an emergency; and samples drawn for an audit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from django.db import IntegrityError, connection, transaction

from hearth.access.identity import require
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act, Refused, Viewer
from hearth.organisation.models import User
from hearth.policy.durations import LOCAL

PAGE = 50
MOST_DRAWN = 100
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Sort(StrEnum):
    """What a line of the access log tells of."""

    LOOKED = "looked"
    EMERGENCY = "emergency"
    REFUSED = "refused"


SORTS = (Sort.LOOKED, Sort.EMERGENCY, Sort.REFUSED)


@dataclass(frozen=True)
class Position:
    """After which line the next page begins."""

    at: datetime
    sort: int
    id: int


@dataclass(frozen=True)
class Line:
    """One line of the access log: that, by whom and the record's reference, and nothing of what was seen."""

    position: Position
    sort: Sort
    by: str
    act: str
    about_kind: str
    reference: str
    page: str

    @property
    def at(self) -> datetime:
        return self.position.at


@dataclass(frozen=True)
class Asked:
    """Which lines are asked for: of one person or everybody, of one sort or all, from one moment up to another."""

    until: datetime
    since: datetime = LONG_AGO
    person: uuid.UUID | None = None
    sort: Sort | None = None
    before: Position | None = None


@dataclass(frozen=True)
class DrawnSample:
    """Cases of a month drawn by a number nobody chose. References that may not be told to this viewer are left out."""

    public_id: uuid.UUID
    month: date
    asked: int
    drawn_from: int
    seed: str
    drawn_by: str
    drawn_at: datetime
    is_unpicked: bool
    references: Sequence[str]


class AlreadyDrawn(Exception):
    """The month has been drawn: drawing until one likes it would be picking."""


class NotOver(Exception):
    """Cases may still be closed in this month."""


def access_log(viewer: Viewer, asked: Asked, *, limit: int = PAGE) -> Sequence[Line]:
    """Lines of the log, the newest first, as far as this viewer may know of their records."""
    _let_in(viewer)
    who = User.objects.filter(public_id=asked.person).values_list("pk", flat=True).first() if asked.person else None
    if asked.person and who is None:
        return []
    before = asked.before
    values = [
        asked.sort.value if asked.sort else "", who, asked.since, asked.until,
        before.at if before else None, before.sort if before else None, before.id if before else None, limit,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth.access_log(%s, %s, %s, %s, %s, %s, %s, %s)", values)
        rows = cursor.fetchall()
    names = _names([row[3] for row in rows])
    return [
        Line(Position(at, sort, number), SORTS[sort - 1], names.get(by, ""), act, kind, reference, page)
        for at, sort, number, by, act, kind, reference, page in rows
    ]


def people_in_log(viewer: Viewer) -> Sequence[tuple[uuid.UUID, str]]:
    """Everybody who can sign in or once could, to choose from."""
    _let_in(viewer)
    rows = User.objects.exclude(kind="link").order_by("name", "pk")
    return list(rows.values_list("public_id", "name"))


def samples(viewer: Viewer, *, limit: int = 24) -> Sequence[DrawnSample]:
    """What was drawn, the newest month first."""
    _let_in(viewer)
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth.samples(%s)", [limit])
        rows = cursor.fetchall()
    names = _names([row[5] for row in rows])
    return [
        DrawnSample(public_id, month, asked, drawn_from, seed, names.get(by, ""), at, is_unpicked, references)
        for public_id, month, asked, drawn_from, seed, by, at, is_unpicked, references in rows
    ]


@transaction.atomic
def draw_sample(month: date, *, asked: int, by: Viewer, at: datetime) -> uuid.UUID:
    """Draw some of the cases closed in a month. The database draws; the ledger keeps from what, and by which number."""
    check(by, Act.DRAW_SAMPLE)
    if not 1 <= asked <= MOST_DRAWN:
        raise ValueError(f"a sample is of 1 to {MOST_DRAWN} cases")
    here = at.astimezone(LOCAL).date()
    if month.replace(day=1) >= here.replace(day=1):
        raise NotOver("Cases may still be closed in this month. Draw it when it is over.")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select hearth.draw_sample(%s, %s, %s)", [month.replace(day=1), asked, at])
            return uuid.UUID(str(cursor.fetchone()[0]))
    except IntegrityError as problem:
        raise AlreadyDrawn("This month has been drawn. A month is drawn once, so that nobody picks.") from problem


def _let_in(viewer: Viewer) -> None:
    require(viewer)
    if not may(viewer.parts, Act.READ_ACCESS_LOG):
        raise Refused(Act.READ_ACCESS_LOG, viewer.parts)


def _names(ids: Sequence[int | None]) -> dict[int | None, str]:
    wanted = {each for each in ids if each is not None}
    return {None: "Hearth", **dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))}
