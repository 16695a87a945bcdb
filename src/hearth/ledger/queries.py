"""Questions to the ledger. Row security answers for whoever is signed in; this floor knows no viewers."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from hearth.ledger.models import Change, ChangedRow, Entry, Words
from hearth.ledger.paging import PAGE, By, Order, Paged, Place
from hearth.ledger.terms import SHOWN, Alarm, Lag, Recorded, RowChange, Subject

LOOKS = Order((By("happened_at", datetime, falls=True), By("id", int, falls=True)))


def entries_about(subject: Subject, *, known_at: datetime | None = None) -> list[Recorded]:
    """What happened to one record, in the order it happened; only what was known at that time, if one is given."""
    return _with_words(_in_order(Entry.objects.filter(about_kind=subject.ledger_kind, about_id=subject.id), known_at))


def entries_in(circle_ids: Iterable[int], *, known_at: datetime | None = None) -> list[Recorded]:
    """Everything that happened inside these circles, in the order it happened: the chronology."""
    return _with_words(_in_order(Entry.objects.filter(circle_id__in=list(circle_ids)), known_at))


def entries_of(subject: Subject, act: str) -> list[Recorded]:
    """Each time one thing happened to one record, in the order it happened."""
    rows = Entry.objects.filter(about_kind=subject.ledger_kind, about_id=subject.id, act=act)
    return _with_words(_in_order(rows, None))


def looks_in(circle_ids: Iterable[int], *, place: Place | None = None, limit: int = PAGE) -> Paged[Recorded]:
    """Who has looked at any page of what stands in these circles, newest first: a page of it."""
    looks = Entry.objects.filter(circle_id__in=list(circle_ids), facts__has_key=SHOWN)
    return LOOKS.page(looks, place, limit=limit).told(lambda look: _as_recorded(look, None))


def entry_numbered(entry_id: int) -> Recorded | None:
    """One entry, if it is there for whoever asks."""
    found = _with_words(Entry.objects.filter(id=entry_id))
    return found[0] if found else None


def changes_of(table: str, row_id: int) -> list[RowChange]:
    """How one row came to be what it is, oldest first."""
    changes = list(Change.objects.filter(table_name=table, row_id=row_id).order_by("id"))
    bodies = ChangedRow.objects.filter(change_id__in=[change.id for change in changes])
    held = {body.change_id: json.loads(body.body) for body in bodies}
    return [_as_row_change(change, held.get(change.id, {})) for change in changes]


def lag() -> Lag:
    """How far sealing is behind."""
    with connection.cursor() as cursor:
        cursor.execute("select unsealed, oldest from hearth.ledger_lag()")
        return Lag(*cursor.fetchone())


def alarms() -> list[Alarm]:
    """What the partitions need: rows in the default one, or months running out."""
    with connection.cursor() as cursor:
        cursor.execute("select parent, alarm from hearth.ledger_alarm()")
        return [Alarm(*row) for row in cursor.fetchall()]


def _in_order(entries: QuerySet[Entry], known_at: datetime | None) -> QuerySet[Entry]:
    """What happened, without the looks, as it was known at that time."""
    found = entries.exclude(facts__has_key=SHOWN)
    if known_at:
        found = found.filter(recorded_at__lte=known_at)
    return found.order_by("happened_at", "id")


def _with_words(entries: Iterable[Entry]) -> list[Recorded]:
    found = list(entries)
    typed = Words.objects.filter(entry_id__in=[entry.id for entry in found])
    words = {one.entry_id: json.loads(one.body) for one in typed}
    return [_as_recorded(entry, words.get(entry.id)) for entry in found]


def _as_recorded(entry: Entry, words: Mapping[str, str] | None) -> Recorded:
    return Recorded(
        id=entry.id, act=entry.act, about_kind=entry.about_kind, about_id=entry.about_id, circle_id=entry.circle_id,
        by_id=entry.by_id, happened_at=entry.happened_at, recorded_at=entry.recorded_at, clause=entry.clause,
        request=entry.request, facts=entry.facts, words=words,
    )  # fmt: skip


def _as_row_change(change: Change, held: Mapping[str, Mapping[str, object] | None]) -> RowChange:
    return RowChange(
        id=change.id, table=change.table_name, row_id=change.row_id, what=change.what, by_id=change.by_id,
        recorded_at=change.recorded_at, request=change.request, old=held.get("old"), new=held.get("new"),
    )  # fmt: skip
