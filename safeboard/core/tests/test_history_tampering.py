"""A chain of a thousand entries: every byte changed once, entries taken away, put elsewhere, cut off, rolled back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from safeboard.core import history
from safeboard.core.access import Place, job_access
from safeboard.core.models import ChainHead, Checkpoint, DigestSalt, Entry
from safeboard.core.roles import PlaceKind

LENGTH = 1000
SAMPLE = 293  # every so many bytes in the everyday run; the nightly one takes all
SEPARATOR = len("2026-11-22")
TABLE = Entry._meta.db_table
pytestmark = pytest.mark.django_db
of_the_file = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the bytes are changed as they lie in a SQLite file"
)


@pytest.fixture
def chain(settings, tmp_path):
    """A thousand entries, with a signed checkpoint in the middle and one at the end, which are exported."""
    settings.SAFEBOARD_CHECKPOINTS = tmp_path
    by = job_access("tests", place=Place(PlaceKind.AGENCY, 7, "Alder Bank School"))
    for half in range(2):
        rows = [
            ("test.did", None, {"n": number, "half": half}, {"text": "words"}, None) for number in range(LENGTH // 2)
        ]
        with transaction.atomic():
            history.record_many(by=by, rows=rows)
            history.checkpoint()
    assert list(history.verify()) == []
    return tmp_path / "checkpoints.jsonl"


def cells() -> Iterator[tuple[int, str, object]]:
    """Every cell of the table as it lies in the file: the entry, the column, the value."""
    names = [one.column for one in Entry._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {TABLE} ORDER BY number")
        for row in cursor.fetchall():
            for name, value in zip(names, row, strict=True):
                yield row[0], name, value


def changed(value: object, at: int) -> object:
    """The value with one byte of it changed; a number stays a number, as its column wants it."""
    text = "0" if value is None else str(value)
    if isinstance(value, int) or value is None:
        return int(text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :])
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


def put(number: int, column: str, value: object) -> None:
    """Write a cell as somebody does who has the file: no rule of the database holds them up."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE {TABLE} SET {column} = %s WHERE number = %s", [value, number])


def found(number: int, previous: str) -> bool:
    """Whether a look at this entry, where it should stand in the chain, finds something wrong."""
    try:
        entry = Entry.objects.filter(number=number).first()
    except ValueError:
        return True
    return entry is None or bool(list(history.faults_of(entry, previous)))


Row = list[object]


def reader() -> Callable[[Row, str], bool]:
    """As ``found``, of cells in memory: they become an entry by the very steps that a row of the table goes through."""
    compiler = Entry.objects.all().query.get_compiler("default")
    compiler.setup_query()
    columns = [one for one, _sql, _alias in compiler.select]
    names, converters = [one.target.attname for one in columns], compiler.get_converters(columns)
    assert names == [one.attname for one in Entry._meta.concrete_fields]

    def found_in(cells: Row, previous: str) -> bool:
        try:
            (values,) = compiler.apply_converters([as_driven(cells)], converters)
        except ValueError:
            return True
        return bool(list(history.faults_of(Entry.from_db("default", names, values), previous)))

    return found_in


AT = [one.column for one in Entry._meta.concrete_fields].index("at")


def as_driven(cells: Row) -> Row:
    """The cells as SQLite's driver hands them on: it reads the column of times itself."""
    return [parse_datetime(one) if place == AT and isinstance(one, str) else one for place, one in enumerate(cells)]


def changes(step: int) -> Iterator[tuple[int, str, object, object]]:
    """One byte after another, each ``step``th: the entry, the column, its value, and the value with it changed."""
    count = 0
    for number, column, value in list(cells()):
        for at in range(len(str(value)) if value not in (None, "") else 1):
            count += 1
            if count % step or (value == "" and column != "job"):
                continue
            if column == "number" or (column == "at" and at == SEPARATOR):
                continue  # an entry elsewhere is tried below; what stands between day and time says nothing
            yield number, column, value, "x" if value == "" else changed(value, at)


def before() -> dict[int, str]:
    """The hash that each entry should follow."""
    return {number: str(value) for number, column, value in cells() if column == "previous"}


@of_the_file
def test_a_changed_byte_shows(chain):
    """In the database, and just so in memory."""
    rows, previous, found_in, tried = table(), before(), reader(), 0
    for number, column, value, new in changes(SAMPLE):
        put(number, column, new)
        assert found(number, previous[number]), (number, column, value, new)
        put(number, column, value)
        assert found_in(with_cell(rows[number], column, new), previous[number]), (number, column, value, new)
        tried += 1
    assert tried > 1000
    assert list(history.verify()) == []


@of_the_file
@pytest.mark.nightly
def test_every_changed_byte_shows(chain):
    """In memory: writing each to the database and reading it again would take an hour and find the same."""
    rows, previous, found_in, tried = table(), before(), reader(), 0
    assert not any(found_in(row, previous[number]) for number, row in rows.items())
    for number, column, value, new in changes(1):
        assert found_in(with_cell(rows[number], column, new), previous[number]), (number, column, value, new)
        tried += 1
    assert tried > 300_000


def table() -> dict[int, Row]:
    """Each entry's cells as they lie in the file."""
    found: dict[int, Row] = {}
    for number, _column, value in cells():
        found.setdefault(number, []).append(value)
    return found


def with_cell(row: Row, column: str, value: object) -> Row:
    """The row with another value in that column."""
    return [value if one.column == column else old for one, old in zip(Entry._meta.concrete_fields, row, strict=True)]


@of_the_file
def test_the_whole_walk_finds_what_a_look_at_one_entry_finds(chain):
    chance = random.Random(7)
    everything = [cell for cell in cells() if cell[1] != "number" and cell[2] not in (None, "")]
    for number, column, value in chance.sample(everything, 40):
        put(number, column, changed(value, chance.randrange(len(str(value)))))
        assert list(history.verify()), (number, column)
        put(number, column, value)
    assert list(history.verify()) == []


# Another value for every column; where an entry stands is tried below.
OTHERWISE = {
    "at": datetime(2026, 11, 22, 10, 30, tzinfo=UTC),
    "person_id": 4242,
    "job": "others",
    "place_kind": PlaceKind.BOARD,
    "place_id": 8,
    "verb": "test.undid",
    "object_type": "incidents.incident",
    "object_id": 9,
    "facts": {"n": 1, "half": 1},
    "previous": "0" * 64,
    "hash": "0" * 64,
    "mac": "0" * 64,
}


@pytest.mark.postgres
def test_a_changed_column_shows_by_the_means_of_any_database(chain):
    assert {"number", *OTHERWISE} == {one.attname for one in Entry._meta.concrete_fields}
    for column, value in OTHERWISE.items():
        with transaction.atomic():
            assert Entry.objects.filter(number=400).update(**{column: value}) == 1
            assert 400 in {fault.number for fault in history.verify()}, column
            transaction.set_rollback(True)
    assert list(history.verify()) == []


@pytest.mark.postgres
def test_an_entry_that_is_taken_away_shows_wherever_it_stood(chain):
    DigestSalt.objects.all().delete()
    for number in (1, 2, 499, 500, 501, 777, 999, 1000):
        with transaction.atomic():
            Entry.objects.filter(number=number).delete()
            assert list(history.verify()), number
            transaction.set_rollback(True)


@pytest.mark.postgres
def test_entries_that_changed_places_show(chain):
    for one, other in ((1, 2), (10, 900), (999, 1000)):
        with transaction.atomic():
            for old, new in ((one, -1), (other, one), (-1, other)):
                Entry.objects.filter(number=old).update(number=new)
            assert {fault.number for fault in history.verify()} >= {one, other}
            transaction.set_rollback(True)


@pytest.mark.postgres
def test_a_chain_that_is_cut_off_shows_even_with_its_head(chain):
    DigestSalt.objects.all().delete()
    Entry.objects.filter(number__gt=800).delete()
    assert list(history.verify())
    ChainHead.objects.update(number=800, hash=Entry.objects.get(number=800).hash)
    assert [fault.why for fault in history.verify()] == ["a signed checkpoint speaks of an entry that is gone"]


@pytest.mark.postgres
def test_a_chain_that_is_rolled_back_with_its_checkpoints_shows_by_the_exported_ones(chain):
    DigestSalt.objects.all().delete()
    Entry.objects.filter(number__gt=600).delete()
    Checkpoint.objects.filter(number__gt=600).delete()
    ChainHead.objects.update(number=600, hash=Entry.objects.get(number=600).hash)
    assert list(history.verify()) == []  # from the inside nothing shows
    assert [fault.number for fault in history.verify_export(chain)] == [1000]


@of_the_file
def test_an_entry_that_cannot_be_read_is_said_and_no_crash(chain):
    put(700, "at", "2026-13-42 25:61:00")
    assert [fault.why for fault in history.verify()] == ["it, or one soon after it, cannot be read"]
