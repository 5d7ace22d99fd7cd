"""Write many rows at once: keys given out here, one prepared statement a table, no work for fields that need none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

PLAIN = (str, int, type(None))


class Writer:
    """Writes rows of walled models in an empty stretch of their tables. Nobody else writes there meanwhile."""

    def __init__(self) -> None:
        self.next_key: dict[type[models.Model], int] = {}

    def write(self, rows: Sequence[models.Model]) -> None:
        """Insert rows of one model, with their keys set. Parents are written before their children."""
        if not rows:
            return
        model = type(rows[0])
        key = self.next_key.get(model) or self._first_key(model)
        fields = model._meta.concrete_fields
        ways = [(field.attname, _way(field)) for field in fields]
        values = []
        for row in rows:
            if row.pk is None:
                row.pk, key = key, key + 1
            row._state.adding = False
            values.append([way(getattr(row, name)) for name, way in ways])
        self.next_key[model] = key
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names alone
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)

    def finish(self) -> None:
        """Let the database go on counting after the last key that was given out here."""
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), list(self.next_key)):
                cursor.execute(sql)

    def _first_key(self, model: type[models.Model]) -> int:
        last: Iterable[int] = model._base_manager.order_by("-pk").values_list("pk", flat=True)[:1]
        return next(iter(last), 0) + 1


def _way(field: models.Field) -> Callable[[Any], Any]:
    """How a value of this field goes into the database: texts and numbers as they are, the rest as Django has it."""
    prepare, where = field.get_db_prep_save, transaction.get_connection()
    plain = PLAIN if isinstance(field, models.CharField | models.IntegerField | models.ForeignKey) else (type(None),)
    return lambda value: value if type(value) in plain else prepare(value, where)
