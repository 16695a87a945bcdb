"""What an import would do to one table, and doing it: rows in bulk, never one query for a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from psycopg import sql

from hearth.housing.imports.terms import Count, Fault, SheetKind

BATCH = 2_000

type Value = str | int | bool | date | datetime | None
type Fields = dict[str, Value]


@dataclass
class Plan:
    """The rows of one file, sorted by what would happen to them."""

    kind: SheetKind
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int, column: str, problem: str, what_to_do: str, cell: str = "") -> None:
        """Note why a row is left out."""
        self.faults.append(Fault(self.kind, row, column, problem, what_to_do, cell))

    def sort(self, row: int, *, is_new: bool, is_changed: bool) -> None:
        """Put a row where it belongs."""
        (self.new if is_new else self.changed if is_changed else self.unchanged).append(row)

    def count(self, read_faults: Iterable[Fault]) -> Count:
        """How many rows of the file would do what."""
        left_out = {fault.row for fault in (*self.faults, *read_faults)}
        return Count(len(self.new), len(self.changed), len(self.unchanged), len(left_out))


def differs(before: Fields, after: Fields) -> bool:
    """Whether anything the file says is not what is kept."""
    return any(before[name] != value for name, value in after.items())


def add_all[M: models.Model](model: type[M], rows: Sequence[M]) -> list[M]:
    """Insert rows in batches."""
    return model._default_manager.bulk_create(rows, batch_size=BATCH)


def change_all(model: type[models.Model], rows: Sequence[tuple[int, Fields]], *, versioned: bool = False) -> None:
    """Update rows, all in the same columns, in one statement for each batch."""
    if not rows:
        return
    columns = [column for name in rows[0][1] if isinstance(column := model._meta.get_field(name), models.Field)]
    statement = _update(model, columns, versioned=versioned)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            values: list[Any] = [
                [pk for pk, _ in batch],
                *([fields[name] for _, fields in batch] for name in rows[0][1]),
            ]
            cursor.execute(statement, values)


def _update(model: type[models.Model], columns: Sequence[models.Field], *, versioned: bool) -> str:  # type: ignore[type-arg]  # any field
    names = [str(column.column) for column in columns]
    sets: list[sql.Composable] = [sql.SQL("{0} = given.{0}").format(sql.Identifier(name)) for name in names]
    if versioned:
        sets.append(sql.SQL("version = kept.version + 1"))
    types = [sql.SQL("%s::bigint[]"), *(sql.SQL("%s::" + str(column.db_type(connection)) + "[]") for column in columns)]
    composed = sql.SQL("update {} kept set {} from unnest({}) as given (id, {}) where kept.id = given.id").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sets),
        sql.SQL(", ").join(types),
        sql.SQL(", ").join(sql.Identifier(name) for name in names),
    )
    return composed.as_string(None)
