"""Queries that are built once: for what every request reads, where building them took longer than the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, models

from .statements import Statement, statement


class _Made(NamedTuple):
    statement: Statement
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]  # as the columns need them, by their number


class Prepared:
    """A query whose SQL is made by Django once for each kind of database, and asked with other values each time.

    ``build`` gives a query of ``values_list`` for such values as ``samples``: plain numbers, texts, days or moments,
    no two of them alike, and unlike anything else that stands in the query. It has to be the same whatever they are.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], *samples: Any) -> None:
        self._build, self._samples = build, samples
        self._made: dict[str, _Made] = {}

    def rows(self, *values: Any) -> list[list[Any]]:
        """The rows for these values, in the order of the samples, as ``values_list`` would give them."""
        made = self._made.get(connection.vendor) or self._make()
        found = [list(row) for row in made.statement.rows([adapted(value) for value in values])]
        for column, (converters, expression) in made.converters.items():
            for row in found:
                for convert in converters:
                    row[column] = convert(row[column], expression, connection)
        return found

    def _make(self) -> _Made:
        compiler = self._build(*self._samples).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        samples = [adapted(value) for value in self._samples]
        converters = compiler.get_converters([chosen[0] for chosen in compiler.select])
        made = _Made(statement(sql, tuple((samples.index(value), None) for value in params)), converters)
        self._made[connection.vendor] = made
        return made


def adapted(value: Any) -> Any:
    """A value as Django hands it to the database."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
