"""Lists of an access whose SQL is built once for all who hold the same roles: building took longer than the database.

The query is built twice for made-up people, places, numbers and moments, and is kept only where the two differ in
these alone. Whoever asks later has their own put in. The clock may not be read while a query is built: a day or a
moment that stands in it and was not given is refused, as is whatever else differs. What is refused is asked as it is.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.dateparse import parse_date, parse_datetime

from . import wall
from .access import Access, Place
from .prepared import adapted
from .sealed import blind_index
from .statements import Statement, statement

Given = ParamSpec("Given")
Row = TypeVar("Row")
Build = Callable[..., QuerySet[Any, Any]]
MOST = 500  # kinds of asker and of what is asked, for each function
log = logging.getLogger(__name__)
_LEARNED: list[dict[Hashable, Any]] = []


def built_once(
    build: Callable[Concatenate[Access, Given], QuerySet[Any, Row]],
) -> Callable[Concatenate[Access, Given], list[Row]]:
    """Make a function that gives a query into one that gives its rows as a list, with the SQL built once.

    The function takes the access; then, by place, numbers, texts, days and moments, which may differ from one call to
    the next; anything else that it takes makes a query of its own, and has to be hashable. It asks the database nothing
    itself. The wall decides as ever: outside the place that a request opened it for, the query is built and asked as
    if this were not here.
    """
    known: dict[Hashable, _Known | None] = {}
    _LEARNED.append(known)

    @wraps(build)
    def rows(access: Access, *given: Given.args, **named: Given.kwargs) -> list[Row]:
        opened = wall.opened_as()
        if opened is None or opened.access.place != access.place or not access.person or not access.place or named:
            return list(build(access, *given, **named))
        held = (
            access.place.kind,
            access.place.pack,
            access.roles,
            access.only,
            bool(access.through),
            bool(access.person.name),
        )
        key = (
            connection.vendor,
            opened.scopes,
            held,
            tuple(value if _kind(value) is None else _kind(value) for value in given),
        )
        if key not in known:
            if len(known) >= MOST:
                known.clear()
            known[key] = _learn(build, opened.scopes, access, given)
        found = known[key]
        return list(build(access, *given)) if found is None else found.rows(_values(access, given))

    return rows


def forget() -> None:
    """Throw away all that was learned: for whoever puts something else in the place of what queries are built from."""
    for known in _LEARNED:
        known.clear()


def _kind(value: object) -> type | None:
    """The type of a value that may differ from call to call; None for one that is a query of its own."""
    return type(value) if type(value) in (int, str, date, datetime) else None


def _values(access: Access, given: tuple[Any, ...]) -> list[Any]:
    """What is put into the query for this access, as the database takes it; in the same order for everybody."""
    assert access.person is not None
    assert access.place is not None
    own = [access.person.pk, access.place.id, blind_index(access.person.name)]
    return own + [adapted(value) for value in given if _kind(value) is not None]


class _Known(NamedTuple):
    """A query that was built, and how to ask it again."""

    query: QuerySet[Any, Any]
    compiler: Any
    statement: Statement | None  # None: nothing can be found
    converters: Any  # of the columns

    def rows(self, given: list[Any]) -> list[Any]:
        """The rows, as the query itself would give them."""
        if self.statement is None:
            return []
        rows = self.statement.rows(given)
        compiler = copy.copy(self.compiler)
        if compiler.has_extra_select:  # columns that only order the rows
            rows = [row[: compiler.col_count] for row in rows]
        compiler.connection = connection
        compiler.execute_sql = lambda *_args, **_named: [rows]
        compiler.get_converters = lambda _columns: self.converters
        asked = QuerySet(self.query.model, using=self.query._db)
        asked._query = _Built(self.query.query, compiler)
        asked._fields, asked._known_related_objects = self.query._fields, self.query._known_related_objects
        found = list(self.query._iterable_class(asked))
        if self.query._prefetch_related_lookups:
            prefetch_related_objects(found, *self.query._prefetch_related_lookups)
        return found


class _Built:
    """Stands for a query in what makes rows of it: its compiler is there already."""

    def __init__(self, query: models.sql.Query, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *_args: Any, **_named: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


class _NotTheSame(Exception):
    """The query is another for other people, or holds something that was not given."""


class _Plan(NamedTuple):
    """The SQL as Django makes it; for each value its place among what is put in, or what it always is."""

    sql: str
    values: tuple[tuple[int | None, Any], ...]


def _learn(build: Build, scopes: wall.Scopes, access: Access, given: tuple[Any, ...]) -> _Known | None:
    """Build the query for two made-up askers; None where what differs between them is not what was put in."""
    try:
        (query, compiler, first), (_query, _compiler, second) = (
            _built(build, scopes, *_sample(number, access, given)) for number in (1, 2)
        )
        if first != second:
            raise _NotTheSame(f"{first} and {second}")
    except _NotTheSame as difference:
        log.warning("%s.%s is built anew each time: %s", build.__module__, build.__qualname__, difference)
        return None
    if first is None:
        return _Known(query, compiler, None, None)
    converters = compiler.get_converters([column[0] for column in compiler.select])
    return _Known(query, compiler, statement(first.sql, first.values), converters)


def _sample(number: int, access: Access, given: tuple[Any, ...]) -> tuple[Access, tuple[Any, ...]]:
    """A made-up asker with the same roles, and values of the same kinds; nothing of theirs is like anything real."""
    assert access.place is not None
    assert access.person is not None
    name = f"made-up asker {number}" if access.person.name else ""
    # Only what is put in is known of the person: reading anything else of them fails.
    person = get_user_model().from_db(connection.alias, ["id", "name"], [-1_000_000 - number, name])
    place = Place(access.place.kind, -2_000_000 - number, "", access.place.pack)
    values = tuple(_made_up(_kind(value), number * 100 + at, value) for at, value in enumerate(given))
    return replace(access, person=person, place=place, places=(place,), extras={}), values


def _made_up(kind: type | None, number: int, value: Any) -> Any:
    if kind is int:
        return -3_000_000 - number
    if kind is str:
        return f"made-up text {number}"
    if kind is date:
        return date(1801, 1, 1) + timedelta(days=number)
    return datetime(1802, 1, 1, microsecond=number, tzinfo=UTC) if kind is datetime else value


def _built(
    build: Build, scopes: wall.Scopes, access: Access, given: tuple[Any, ...]
) -> tuple[QuerySet[Any, Any], Any, _Plan | None]:
    try:
        with wall.open_as(access, scopes), connection.execute_wrapper(_refuse):
            query = build(access, *given)
    except (TypeError, ValueError) as odd:  # such as a text where a number is looked for
        raise _NotTheSame(f"made-up values do not do: {odd}") from odd
    compiler = query.query.get_compiler(using=query.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return query, compiler, None
    own = _values(access, given)
    return query, compiler, _Plan(sql, tuple(_place(value, own) for value in params))


def _refuse(*_given: Any) -> None:
    """What is read for a made-up asker is true of nobody."""
    raise _NotTheSame("the database is asked while it is built")


def _place(value: Any, own: list[Any]) -> tuple[int | None, Any]:
    """Where a value of the query is put in; or what it always is, where nobody gave it."""
    if value in own:
        return own.index(value), None
    if isinstance(value, float | date) or (isinstance(value, str) and _is_time(value)):
        raise _NotTheSame(f"{value} was not given")
    return None, value


def _is_time(text: str) -> bool:
    try:
        return bool(parse_datetime(text) or parse_date(text))
    except ValueError:  # well formed, and no day there is
        return False
