"""New rows of an act, by a statement that is made once for each model and number of rows.

Django writes the same statement anew for every row it inserts, which costs it more than PostgreSQL needs to execute it
(ADR 85). Acts that people wait for write their rows by this; everything else by the models' managers.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg import sql


def insert[M: Model](row: M, *more: M) -> M:
    """Write new rows of one model, all columns of them, and give each the id it got. Returns the first.

    What a column holds where nothing was said is the field's own default. Raises IntegrityError like the manager.
    """
    rows = (row, *more)
    fields = _fields(type(row))
    told = [field.get_db_prep_save(getattr(each, field.attname), connection) for each in rows for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_statement(type(row), len(rows)), told)
        for each, (number,) in zip(rows, cursor.fetchall(), strict=True):
            each.pk = number
            each._state.adding, each._state.db = False, connection.alias
    return row


@cache
def _fields(model: type[Model]) -> Sequence["Field[Any, Any]"]:
    """All columns but the number that PostgreSQL gives."""
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


@lru_cache(maxsize=256)
def _statement(model: type[Model], rows: int) -> str:
    fields, key = _fields(model), model._meta.pk
    row = sql.SQL("({})").format(sql.SQL(", ").join(sql.SQL(_placeholder(field)) for field in fields))
    statement = sql.SQL("insert into {} ({}) values {} returning {}").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
        sql.SQL(", ").join([row] * rows),
        sql.Identifier(str(key.column if key else "id")),
    )
    return statement.as_string()


def _placeholder(field: "Field[Any, Any]") -> str:
    """Some columns say their type where their value stands."""
    cast = getattr(field, "get_placeholder", None)
    return cast(None, None, connection) if cast else "%s"
