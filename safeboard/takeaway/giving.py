"""Everything of a place as one ZIP, given out while it is read: nothing of it is ever kept on this machine.

Rows are read in pages by their key, each page in a scope of its own: however long somebody's line takes, no cursor, no
lock and no open wall waits for it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from safeboard.core import history, wall
from safeboard.core.access import Access
from safeboard.core.models import Checkpoint, Entry, Link
from safeboard.core.privacy import classified
from safeboard.core.sealed import SealedBytesField, SealedJSONField
from safeboard.documents.cells import harmless
from safeboard.documents.pack import Streamed
from safeboard.partnership import queries as partnership

from .holdings import FILES_THAT_GO, POINTED_TO, Holding, holdings, place_facts, told_apart

PAGE = 300  # rows read at once
FORMAT = "safeboard takeaway 1"
Row = dict[str, Any]


def given(access: Access, *, guide: str) -> Iterator[bytes]:
    """The parts of the ZIP, in order. ``guide`` is the text that explains it, in plain words."""
    parts = _Giving(access).parts(guide)
    while True:
        with wall.open_for(**partnership.scopes(access)):
            part = next(parts, None)
        if part is None:
            return
        yield part


def plain(value: Any) -> Any:
    """A value as JSON takes it; ``bringing`` reads it back by the field's type."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def is_file(field: models.Field) -> bool:
    """Whether a field holds the bytes of a file, which lies in the pack by itself."""
    return isinstance(field, SealedBytesField)


def file_path(label: str, pk: int, field: str) -> str:
    """Where the bytes of a row's file lie in the pack."""
    return f"files/{label}/{pk}-{field}"


class _Giving:
    """One passage over all that goes; what is pointed to is remembered until its model's turn comes."""

    def __init__(self, access: Access) -> None:
        self.access, self.pack = access, Streamed()
        self.pointed: dict[str, set[Any]] = {}
        self.gone: dict[str, set[Any]] = {}

    def parts(self, guide: str) -> Iterator[bytes]:
        held = holdings(self.access)
        for holding in held:
            yield from self._rows(holding)
        yield from self.pack.add("links.jsonl", self._links())
        yield from self.pack.add("history.jsonl", self._history())
        yield from self.pack.add("GUIDE.md", [guided(guide, held, self.gone).encode()])
        yield from self.pack.close({"takeaway": FORMAT, **place_facts(self.access), **_newest_checkpoint()})

    def _rows(self, holding: Holding) -> Iterator[bytes]:
        """The rows of a model: as data, as a table, and its files."""
        self.gone[holding.label] = set()
        yield from self.pack.add(f"data/{holding.label}.jsonl", self._data(holding))
        if not self.gone[holding.label]:
            return
        yield from self.pack.add(f"tables/{holding.label}.csv", self._table(holding))
        for field in filter(is_file, holding.fields):
            for row in self._pages(holding, [field.name], FILES_THAT_GO.get(holding.label, Q())):
                if row[field.name]:
                    yield from self.pack.add(file_path(holding.label, row["pk"], field.name), [row[field.name]])

    def _data(self, holding: Holding) -> Iterator[bytes]:
        names = [one.attname for one in holding.fields if not is_file(one)]
        keys = {one.attname: one.related_model._meta.label for one in holding.fields if one.is_relation}
        for row in self._pages(holding, names):
            row = told_apart(holding.label, row)
            self.gone[holding.label].add(row["pk"])
            for name, label in keys.items():
                if row[name] is not None:
                    self.pointed.setdefault(label, set()).add(row[name])
            yield _line({name: plain(row[name]) for name in names})

    def _table(self, holding: Holding) -> Iterator[bytes]:
        shown = [
            one for one in holding.fields if not isinstance(one, models.JSONField | SealedJSONField | SealedBytesField)
        ]
        yield b"\xef\xbb\xbf" + _cells([str(one.verbose_name) for one in shown])
        for row in self._pages(holding, [one.attname for one in shown]):
            yield _cells([harmless(plain(row[one.attname]), splits=True) for one in shown])

    def _pages(self, holding: Holding, names: Sequence[str], only: Q | None = None) -> Iterator[Row]:
        """The rows that belong to the place, then those that others point to; each once, by key."""
        only = only or Q()
        if holding.rows is not None:
            yield from self._page_by_page(holding.model, holding.rows & only, names)
        wanted = sorted(self.pointed.get(holding.label, set())) if holding.label in POINTED_TO else []
        for start in range(0, len(wanted), PAGE):
            also = only & Q(pk__in=wanted[start : start + PAGE])
            if holding.rows is not None:
                also &= ~Q(pk__in=holding.model._default_manager.filter(holding.rows).order_by().values("pk"))
            yield from self._page_by_page(holding.model, also, names)

    def _page_by_page(self, model: type[models.Model], which: Q, names: Sequence[str]) -> Iterator[Row]:
        last: Any = None
        while True:
            rows = model._default_manager.filter(which).order_by("pk")
            page = list((rows.filter(pk__gt=last) if last is not None else rows).values("pk", *names)[:PAGE])
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1]["pk"]

    def _links(self) -> Iterator[bytes]:
        """Threads of which both ends go."""
        gone = {label.lower(): pks for label, pks in self.gone.items()}
        for row in self._page_by_page(Link, Q(from_type__in=gone, to_type__in=gone), LINK):
            if row["from_id"] in gone[row["from_type"]] and row["to_id"] in gone[row["to_type"]]:
                yield _line({name: plain(row[name]) for name in LINK})

    def _history(self) -> Iterator[bytes]:
        """What the history says of the rows that go: who changed or read what, and when; no text is in it."""
        for label, pks in self.gone.items():
            ids = sorted(pks)
            for start in range(0, len(ids), PAGE):
                for entry in Entry.objects.filter(object_type=label.lower(), object_id__in=ids[start : start + PAGE]):
                    yield _line({"says": history.canonical(entry), "hash": entry.hash})


LINK = ("from_type", "from_id", "to_type", "to_id", "kind", "made_at")


def guided(guide: str, held: Sequence[Holding], gone: Mapping[str, set[Any]]) -> str:
    """The guide, with what lies in each file and what each column means."""
    lines = [guide.rstrip(), ""]
    for holding in held:
        if not gone.get(holding.label):
            continue
        kinds, about = classified(holding.model), (holding.model.__doc__ or "").strip().split("\n")[0]
        lines += [f"## {holding.label}", "", about, "", "| column | meaning | class |", "|---|---|---|"]
        lines += [f"| {one.attname} | {one.verbose_name} | {kinds.get(one.name, 'open')} |" for one in holding.fields]
        lines.append("")
    return "\n".join(lines)


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _cells(cells: Sequence[Any]) -> bytes:
    box = io.StringIO()
    csv.writer(box, quoting=csv.QUOTE_ALL).writerow("" if cell is None else cell for cell in cells)
    return box.getvalue().encode()


def _newest_checkpoint() -> dict[str, Any]:
    mark = Checkpoint.objects.first()
    return {"checkpoint": history.as_signed(mark)} if mark else {}
