"""Boards give each other a quarter's indicators as a signed file; a changed byte is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied

from safeboard.core import keys
from safeboard.core.models import Entry
from safeboard.insight import exchanging, operations
from safeboard.insight.exchanging import BoardFacts, FigureFacts, IndicatorFile, NotTaken, QuarterFacts, figure_of
from safeboard.insight.models import Baseline, BoardIndicator, Neighbour, NeighbourFigures
from safeboard.insight.queries import neighbours as reads

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "indicators.schema.json"
LEAD = "lead"


@pytest.fixture
def theirs(monkeypatch):
    """A file of another board, signed with a key of its own, and that key's fingerprint."""

    def make(figure: int | str = 40, *, key: Ed25519PrivateKey | None = None, name: str = "Westmarch", number: int = 1):
        with monkeypatch.context() as patch:
            key = key or Ed25519PrivateKey.from_private_bytes(b"w" * 32)
            patch.setattr(keys, "signing_key", lambda: key)
            patch.setattr(keys, "public_bytes", lambda: key.public_key().public_bytes_raw())
            facts = FigureFacts(name=LEAD, title="A lead", unit="of_hundred", figure=figure)
            file = exchanging.made(BoardFacts(name=name), QuarterFacts(year=2026, number=number), [facts])
            return file, keys.fingerprint()

    return make


@pytest.fixture
def officer(cast):
    with cast.wall_of(cast.board_officer):
        yield cast.access_for(cast.board_officer)


def counted(cast, **values):
    for name in values:
        BoardIndicator.objects.create(
            board=cast.board,
            name=name,
            title=name,
            pies="policies",
            direction="up",
            definition={"sources": ["register"]},
        )
    row = Baseline(board=cast.board, year=2026, quarter=1, values=values)
    row.save()
    return row


def shipped(cast):
    from safeboard.library import queries as library

    return [item.id for item in library.items(cast.board.pack, "indicators")]


def test_a_quarter_gives_the_same_file_for_ever(cast, officer):
    name = shipped(cast)[0]
    row = counted(cast, **{name: {"has": 6, "lacks": 2, "unknown": 0, "whole": 8}, "own-1": {"figure": 3, "of": 4}})
    first = operations.give_file(by=officer, board=cast.board, baseline=row)
    file = exchanging.read(first)
    assert [(one.name, one.figure) for one in file.figures] == [(name, 75)]
    assert operations.give_file(by=officer, board=cast.board, baseline=row) == first
    assert Entry.objects.filter(verb="insight.figures_given").count() == 2


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        ({"has": 2, "lacks": 2, "unknown": 0, "whole": 4}, "c"),
        ({"has": 5, "lacks": 0, "unknown": 0, "whole": 5}, 100),
        ({"figure": "c", "of": None}, "c"),
        ({"figure": 120}, 120),
        ({"figure": None}, ":"),
        ({}, ":"),
    ],
)
def test_what_was_hidden_stays_hidden(value, figure):
    assert figure_of(value) == figure


def test_a_board_stands_beside_the_others(cast, officer, theirs):
    counted(cast, **{LEAD: {"has": 6, "lacks": 2, "unknown": 0, "whole": 8}})
    for number, figure in enumerate((40, 90), 1):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        file, fingerprint = theirs(figure, key=key, name=f"Board {number}")
        operations.take_in(by=officer, board=cast.board, content=file, told=fingerprint.upper())
        operations.take_in(by=officer, board=cast.board, content=file, told="")
    found = reads.comparison(cast.board)
    assert [(row.ours, row.theirs, row.spread) for row in found.rows] == [(75, (40, 90), (40, 75, 90))]
    assert NeighbourFigures.objects.count() == 2


def test_every_changed_byte_is_refused(cast, officer, theirs):
    file, fingerprint = theirs()
    taken = []
    for place in range(len(file)):
        changed = bytearray(file)
        changed[place] ^= 1
        try:
            found = exchanging.read(bytes(changed))
        except NotTaken:
            continue
        taken.append((place, found.figures[0].figure))
    assert [one for one in taken if one[1] != 40] == []
    assert taken == []
    with pytest.raises(NotTaken, match="was changed"):
        operations.take_in(by=officer, board=cast.board, content=file.replace(b"40", b"41"), told=fingerprint)
    assert (Neighbour.objects.count(), NeighbourFigures.objects.count()) == (0, 0)


def test_who_signed_is_held_fast(cast, officer, theirs):
    file, fingerprint = theirs()
    with pytest.raises(NotTaken, match="fingerprint"):
        operations.take_in(by=officer, board=cast.board, content=file, told="0000 1111")
    operations.take_in(by=officer, board=cast.board, content=file, told=fingerprint)
    forged, other = theirs(99, key=Ed25519PrivateKey.from_private_bytes(b"x" * 32), number=2)
    with pytest.raises(NotTaken, match="another key"):
        operations.take_in(by=officer, board=cast.board, content=forged, told=other)
    again, _same = theirs(41)
    with pytest.raises(NotTaken, match="Another file of this quarter"):
        operations.take_in(by=officer, board=cast.board, content=again, told="")
    assert [row.figures[0]["figure"] for row in NeighbourFigures.objects.all()] == [40]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"[]",
        b"\xff\xfe",
        b'{"format": "safeboard indicators 1", "format": "x"}',
        b"[" * 100_000,
        b'{"format": "\\ud800"}',
        b" " * 1_000_001,
    ],
)
def test_what_is_no_such_file_is_refused_in_plain_words(content):
    with pytest.raises(NotTaken, match="Nothing was taken in"):
        exchanging.read(content)


def test_only_who_runs_the_board_gives_and_takes(cast, theirs):
    file, fingerprint = theirs()
    for person in (cast.subgroup_member, cast.board_inspector, cast.lead):
        with cast.wall_of(person), pytest.raises(PermissionDenied):
            operations.take_in(by=cast.access_for(person), board=cast.board, content=file, told=fingerprint)


def test_the_page_takes_a_file_in(cast, officer, theirs):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file, fingerprint = theirs()
    client = cast.client_for(cast.board_officer)
    bad = client.post("/picture/boards/take-in/", {"file": SimpleUploadedFile("a.json", file), "fingerprint": "12"})
    assert "Compare it again on the telephone" in bad.content.decode()
    given = {"file": SimpleUploadedFile("a.json", file), "fingerprint": fingerprint}
    assert client.post("/picture/boards/take-in/", given).status_code == 302
    assert "Westmarch" in client.get("/picture/boards/").content.decode()


def test_the_documented_shape_is_the_one_that_is_read():
    assert json.loads(SCHEMA.read_text()) == IndicatorFile.model_json_schema()
