"""Statements that are asked again and again: PostgreSQL reads and plans them once for each connection.

What never changes is written into the statement, as Django writes it; what is put in each time is sent beside it.
SQLite keeps the statements of a connection by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

MOST = 300  # statements that a connection to PostgreSQL keeps planned
ONCE = 1  # times that a statement is asked before it is planned for good


class Statement(NamedTuple):
    """The SQL, and for each of its values either its place among what is put in, or what it always is."""

    sql: str
    values: tuple[tuple[int | None, Any], ...]

    def rows(self, given: Sequence[Any]) -> list[Any]:
        """Ask it with these values put in; gives all rows, as tuples."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                _keep_planned(cursor)
                cursor.execute(self.sql, {f"given_{place}": value for place, value in enumerate(given)})
            else:
                cursor.execute(self.sql, [fixed if place is None else given[place] for place, fixed in self.values])
            return list(cursor.fetchall())


def statement(sql: str, values: tuple[tuple[int | None, Any], ...]) -> Statement:
    """The statement for this kind of database; ``sql`` has a place (``%s``) for each value, as Django makes it."""
    if connection.vendor != "postgresql":
        return Statement(sql, values)
    named = (_written(fixed) if place is None else f"%(given_{place})s" for place, fixed in values)
    return Statement(sql.replace("%%", "%%%%") % tuple(named), values)


def _written(value: Any) -> str:
    from psycopg import sql

    connection.ensure_connection()
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")


def _keep_planned(cursor: Any) -> None:
    """Send statement and values apart: Django's own cursor writes the values into the statement."""
    from psycopg import Cursor

    connection.connection.prepared_max, connection.connection.prepare_threshold = MOST, ONCE
    cursor.cursor = Cursor(connection.connection)
