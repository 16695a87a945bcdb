"""Questions to the models that every page asks, whose statements are written once (ADR 85).

Django writes a question's statement anew each time it is asked, which takes longer than PostgreSQL needs to answer it.
A question kept here is written when it is first asked; afterwards only what was left open in it is filled in.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators


class Given(Expression):
    """What a question leaves open, by its place among what is given when it is asked."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Written(NamedTuple):
    """A question as it is sent, and what is made of a row of its answer."""

    statement: str
    told: Sequence[Any]
    converted: Sequence[tuple[int, tuple[Sequence[Callable[..., Any]], Any]]]
    columns: slice
    names: Sequence[str]
    related: Sequence[Any]


class AskedLines:
    """A question about some columns: `question` builds it, with `values_list`, of as many `Given` as it takes.

    It is asked with the values themselves, in the same order, as PostgreSQL takes them: nothing turns text into a UUID.
    """

    def __init__(self, question: "Callable[..., QuerySet[Any, Any]]", *, given: int = 1) -> None:
        self._question, self._given = question, given

    def __call__(self, *values: Any) -> list[Any]:
        """The lines, in the question's order."""
        return [tuple(row) for row in self._rows(values)]

    def _rows(self, values: Sequence[Any]) -> list[list[Any]]:
        if len(values) != self._given:
            raise TypeError(f"this question takes {self._given} values, not {len(values)}")
        written = self._written
        told = [values[each.place] if isinstance(each, Given) else each for each in written.told]
        with connection.cursor() as cursor:
            cursor.execute(written.statement, told)
            rows = [list(row) for row in cursor.fetchall()]
        for place, (converters, column) in written.converted:
            for convert in converters:
                for row in rows:
                    row[place] = convert(row[place], column, connection)
        return rows

    @cached_property
    def _asked(self) -> "QuerySet[Any, Any]":
        return self._question(*map(Given, range(self._given)))

    @cached_property
    def _written(self) -> Written:
        asked: Any = self._asked
        compiler = asked.query.get_compiler(connection=connection)
        statement, told = compiler.as_sql()
        places = {each.place for each in told if isinstance(each, Given)}
        if places != set(range(self._given)):
            raise TypeError("a question must use all it is given")
        select, info = compiler.select, compiler.klass_info
        converted = list(compiler.get_converters([each[0] for each in select]).items())
        if info is None:
            return Written(statement, told, converted, slice(None), [], [])
        columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        names = [each[0].target.attname for each in select[columns]]
        related = get_related_populators(info, select, asked.db, asked._fetch_mode)
        return Written(statement, told, converted, columns, names, related)


class Asked[M: Model](AskedLines):
    """A question about whole records, with those that `select_related` names."""

    def __init__(self, question: "Callable[..., QuerySet[M]]", *, given: int = 1) -> None:
        super().__init__(question, given=given)

    def __call__(self, *values: Any) -> list[M]:
        """The records, in the question's order."""
        written, model = self._written, self._asked.model
        records = []
        for row in self._rows(values):
            record: M = model.from_db(connection.alias, written.names, row[written.columns])
            for related in written.related:
                related.populate(row, record)
            records.append(record)
        return records
