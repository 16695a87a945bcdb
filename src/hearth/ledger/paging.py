"""Lists read a page at a time in their own order: what stands after one row, or before one. Nothing is skipped over.

A place in a list is said by what the list is sorted by and the row's id, never by words. Each question begins at the
place by an index, so that a late page costs what the first one costs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import F, Model, Q, QuerySet

PAGE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 100
LARGEST = (1 << 63) - 1
YEARS = range(1900, 2201)

type Value = datetime | date | bool | int | None


class NotAPlace(ValueError):
    """What was sent names no place in the list."""


@dataclass(frozen=True)
class By:
    """One thing a list is sorted by. `falls`: the largest first. `may_lack`: rows without it stand last."""

    field: str
    kind: type[datetime] | type[date] | type[bool] | type[int]
    falls: bool = False
    may_lack: bool = False

    def beyond(self, value: Value, *, back: bool, or_at: bool = False) -> Q:
        """What stands behind a value, or before it where one goes back."""
        side = ("lt" if self.falls != back else "gt") + ("e" if or_at else "")
        return Q(**{f"{self.field}__{side}": value})


@dataclass(frozen=True)
class Place:
    """Where a page begins: behind a row, or before one where somebody goes back."""

    values: tuple[Value, ...]
    back: bool = False


class Paged[R](list[R]):
    """The rows of one page, and where there are more: the places at which to go back and to go on."""

    previous: str | None = None
    next: str | None = None

    def told[T](self, tell: Callable[[R], T]) -> "Paged[T]":
        """The same page, each row told in its own way."""
        page = Paged(map(tell, self))
        page.previous, page.next = self.previous, self.next
        return page


@dataclass(frozen=True)
class Order:
    """What a list is sorted by, the id last."""

    by: tuple[By, ...]

    def place(self, said: str, *, back: bool = False) -> Place | None:
        """The place a link says; none where none is said. Raises NotAPlace."""
        if not said:
            return None
        pieces = said.split("_")
        if len(said) > LONGEST or len(pieces) != len(self.by):
            raise NotAPlace
        return Place(tuple(_read(piece, each) for piece, each in zip(pieces, self.by, strict=True)), back)

    def page[M: Model, R](self, rows: "QuerySet[M, R]", place: Place | None, *, limit: int = PAGE) -> Paged[R]:
        """A page of these rows. Where nothing is left behind a place, or too little before it, the first page."""
        found = self._found(rows, place, limit + 1)
        if place is None or not found or (place.back and len(found) <= limit):
            found = found if place is None else self._found(rows, None, limit + 1)
            return self._paged(found[:limit], has_more=len(found) > limit)
        if place.back:
            return self._paged(found[:limit][::-1], has_less=True, has_more=True)
        return self._paged(found[:limit], has_less=True, has_more=len(found) > limit)

    def first[R](self, read: Sequence[R], *, limit: int = PAGE) -> Paged[R]:
        """The first page of rows read otherwise, in this order: one more than it has room for says that more follow."""
        return self._paged(read[:limit], has_more=len(read) > limit)

    def _paged[R](self, shown: Sequence[R], *, has_less: bool = False, has_more: bool = False) -> Paged[R]:
        page = Paged(shown)
        page.previous = self._said(shown[0]) if shown and has_less else None
        page.next = self._said(shown[-1]) if shown and has_more else None
        return page

    def _said(self, row: object) -> str:
        return "_".join(_say(getattr(row, each.field)) for each in self.by)

    def _found[M: Model, R](self, rows: "QuerySet[M, R]", place: Place | None, enough: int) -> list[R]:
        """Stretch by stretch until there are enough: each is a range of one index, those nearest to the place first."""
        back = place.back if place else False
        ordered = rows.order_by(*(_in_order(each, back=back) for each in self.by))
        found: list[R] = []
        for stretch in self._stretches(place.values, back=back) if place else [Q()]:
            if len(found) < enough:
                found += ordered.filter(stretch)[: enough - len(found)]
        return found

    def _stretches(self, values: Sequence[Value], *, back: bool) -> Iterator[Q]:
        """The rows alike in all but the last two things and beyond those, then alike in less and less."""
        (*above, near, last), (*above_values, value, number) = self.by, values
        alike = Q(**{each.field: said for each, said in zip(above, above_values, strict=True)})
        if value is None:
            yield alike & Q(**{near.field: None}) & last.beyond(number, back=back)
        else:
            beyond = near.beyond(value, back=back) | last.beyond(number, back=back)
            yield alike & near.beyond(value, back=back, or_at=True) & beyond
        yield from self._rest(alike, near, value, back=back)
        for depth in reversed(range(len(above))):
            alike = Q(**{each.field: said for each, said in zip(above[:depth], above_values[:depth], strict=True)})
            if above_values[depth] is not None:
                yield alike & above[depth].beyond(above_values[depth], back=back)
            yield from self._rest(alike, above[depth], above_values[depth], back=back)

    def _rest(self, alike: Q, by: By, value: Value, *, back: bool) -> Iterator[Q]:
        """Those without a value stand behind all that have one."""
        if by.may_lack and (value is None) == back:
            yield alike & Q(**{f"{by.field}__isnull": not back})


def _in_order(by: By, *, back: bool) -> Any:
    if not by.may_lack:
        return f"{'-' if by.falls != back else ''}{by.field}"
    ordered = F(by.field)
    return ordered.desc(nulls_first=True) if back else ordered.asc(nulls_last=True)


def _say(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str((value - EPOCH) // timedelta(microseconds=1))
    return value.isoformat() if isinstance(value, date) else str(int(value))


def _read(said: str, by: By) -> Value:
    if said == "" and by.may_lack:
        return None
    try:
        return _value(said, by.kind)
    except (ValueError, OverflowError):
        raise NotAPlace from None


def _value(said: str, kind: type) -> Value:
    if kind is date:
        value = date.fromisoformat(said)
        return value if value.year in YEARS else _not_a_place()
    number = int(said)
    if kind is datetime:
        at = EPOCH + timedelta(microseconds=number)
        return at if at.year in YEARS else _not_a_place()
    if not 0 <= number <= (1 if kind is bool else LARGEST):
        raise NotAPlace
    return bool(number) if kind is bool else number


def _not_a_place() -> Value:
    raise NotAPlace
