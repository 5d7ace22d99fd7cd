"""What a test begins with: made once in a process, and from then on laid down row by row, hundreds of saves at once."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar, cast

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

Made = TypeVar("Made")
Table = list[str]  # its rows, each as SQL writes it


@dataclass
class Laid:
    """What was made: the tables it changed as they were before and after, and the thing itself."""

    before: dict[str, Table]
    after: dict[str, Table]
    thing: bytes

    def fits(self) -> bool:
        """Whether those tables are as they were then, so that each row may have the number that it had."""
        filled = _filled(self.before)
        return all(name in filled if rows else name not in filled for name, rows in self.before.items()) and all(
            _rows(name) == rows for name, rows in self.before.items() if rows
        )

    def lay(self) -> object:
        """Bring the tables to where they were after; gives the thing as it was when it had been made."""
        with transaction.atomic(), connection.cursor() as cursor:
            for name, rows in self.after.items():
                table = connection.ops.quote_name(name)
                if self.before[name]:
                    cursor.execute(f"DELETE FROM {table}")
                cursor.execute(f"INSERT INTO {table} VALUES {','.join(rows)}")
        return pickle.loads(self.thing)  # our own, of this process


def laid_again(make: Callable[[], Made]) -> Callable[[], Made]:
    """Decorator of a function that writes to the database: from the second call of a day on, its rows are laid down.

    Everything goes the long way on PostgreSQL, and where a test wrote into those tables before.
    """
    kept: dict[object, Laid] = {}

    @wraps(make)
    def made() -> Made:
        if connection.vendor != "sqlite":
            return make()
        when = timezone.localdate(), settings.SAFEBOARD_KEYS  # what is sealed is sealed by these
        if when not in kept:
            before = _everything()
            thing = make()
            after = {name: rows for name, rows in _everything().items() if rows != before[name]}
            kept[when] = Laid({name: before[name] for name in after}, after, pickle.dumps(thing))
            return thing
        return cast(Made, kept[when].lay()) if kept[when].fits() else make()

    return made


def _everything() -> dict[str, Table]:
    """All tables with their rows."""
    names = connection.introspection.table_names()
    filled = _filled(names)
    return {name: _rows(name) if name in filled else [] for name in names}


def _filled(names: Iterable[str]) -> set[str]:
    """Those of the tables that have a row."""
    looks = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})" for name in names]
    with connection.cursor() as cursor:
        found = cursor.execute(" UNION ALL ".join(looks)).fetchall() if looks else []
    return {name for (name,) in found}


def _rows(name: str) -> Table:
    """The rows of a table, each as SQL writes it."""
    table = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        names = [column for _number, column, *_more in cursor.execute(f"PRAGMA table_info({table})").fetchall()]
        line = " || ',' || ".join(f"quote({connection.ops.quote_name(one)})" for one in names)
        return [f"({row})" for (row,) in cursor.execute(f"SELECT {line} FROM {table}").fetchall()]
