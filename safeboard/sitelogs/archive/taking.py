"""Taking lines in: read, seal, list, index; nothing is doubled, and whatever stops it, nothing is lost."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from . import sealing
from .formats import Columns, Form, UnknownForm, detect, form_named
from .manifest import Segment
from .reading import Batch, read
from .store import Store, new_name, put_json, sync_folder
from .text import text_of
from .values import SEGMENT, NeedsZone, Report, Source, opened

if TYPE_CHECKING:
    from .archive import Archive

SAMPLE = 200_000
GROUP = 256_000_000  # bytes of plain lines that are listed at once
WORKERS = 2
AHEAD = 96_000_000  # bytes of plain lines that are on their way at once, about
TOLD = 100  # unreadable lines that a report names one by one


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """Whole lines, a segment's worth at a time; the same file is always cut at the same places."""
    left = b""
    while True:
        block = _read(file, SEGMENT - len(left))
        piece = left + block
        if len(piece) < SEGMENT:
            if piece:
                yield piece
            return
        end = piece.rfind(b"\n") + 1 or len(piece)
        yield piece[:end]
        left = piece[end:]


def _read(file: BinaryIO, wanted: int) -> bytes:
    parts = []
    while wanted > 0 and (block := file.read(wanted)):
        parts.append(block)
        wanted -= len(block)
    return b"".join(parts)


@dataclass
class _Work:
    """A piece of a file on its way: its segment's number and the lines read from it, once that is done."""

    report: Report
    sha256: str
    bytes: int
    number: int = 0
    form: Form | None = None
    zone: str = ""
    titles: bool = False
    batch: Future[Batch] | None = None
    again: int = 0  # lines of a piece that was there already


class Taker:
    """One run of taking lines in, under the archive's lock: two workers seal and read, this thread keeps the order."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.store, self.manifest = archive, archive.store, archive.manifest
        self.rows = archive.index.collector()
        self.pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="taking")
        self.work: deque[_Work] = deque()
        self.sealed: list[tuple[Segment, Report]] = []
        self.next_number = self.manifest.next_number
        self.fresh: set[tuple[str, str]] = set()

    def run(self, sources: Sequence[Source]) -> list[Report]:
        """Take them all in; the index holds them when this returns."""
        try:
            reports = [self._one(source) for source in sources]
            self._settle(left=0)
            self._list()
            self.rows.finish()
            return reports
        finally:
            self.pool.shutdown(wait=True, cancel_futures=True)

    def _one(self, source: Source) -> Report:
        report = Report(source.setting, source.name or getattr(source.file, "name", "") or "")
        form: Form | None = None
        zone, columns = self._said(source)
        file = opened(source)
        try:
            for piece in pieces(file):
                titles = form is None
                if form is None:
                    form = self._form(source, piece, columns, report)
                    if form.needs_zone and not zone:
                        raise NeedsZone(
                            f"{report.name}: this form ({form.title}) writes the time of the place. Say by which "
                            "clock, such as --zone Europe/London. Nothing of this file was taken."
                        )
                self._piece(piece, form, zone, report, titles)
        finally:
            file.close()
        return report

    def _said(self, source: Source) -> tuple[str, Columns | None]:
        known = self.archive.settings().get(source.setting)
        zone = source.zone or (known.zone if known else "")
        columns = source.columns or (known.columns if known else None)
        return zone, columns

    def _form(self, source: Source, piece: bytes, columns: Columns | None, report: Report) -> Form:
        lines = text_of(piece[:SAMPLE]).lstrip("\ufeff").split("\n")
        if len(piece) > SAMPLE and len(lines) > 1:
            lines.pop()
        if source.form != "auto":
            form = form_named(source.form, lines, columns)
        else:
            try:
                found = detect(lines)
                form, report.sample = found.form, (found.readable, found.tried)
            except UnknownForm:
                if columns is None:
                    raise
                form = columns.form()
        report.form = form.title
        return form

    def _piece(self, piece: bytes, form: Form, zone: str, report: Report, titles: bool) -> None:
        work = _Work(report, hashlib.sha256(piece).hexdigest(), len(piece), form=form, zone=zone, titles=titles)
        known = (report.setting, work.sha256)
        if self.manifest.has(*known) or known in self.fresh:
            work.again = piece.count(b"\n") + (not piece.endswith(b"\n"))
        else:
            self.fresh.add(known)
            work.number, self.next_number = self.next_number, self.next_number + 1
            work.batch = self.pool.submit(self._seal_and_read, work, piece)
        self.work.append(work)
        self._settle(left=AHEAD)

    def _seal_and_read(self, work: _Work, piece: bytes) -> Batch:
        key_number = self.archive.keys.newest()
        write_sealed(self.store, work.number, piece, key_number, self.archive.keys.key(key_number))
        assert work.form is not None
        return read(piece, work.form, work.zone, titles=work.titles)

    def _settle(self, left: int) -> None:
        """Take over what the workers have done, in the order of the lines, until so much is left on its way."""
        while self.work and (self.work[0].batch is None or sum(one.bytes for one in self.work) > left):
            work = self.work.popleft()
            if work.batch is None:
                work.report.again += 1
                work.report.lines += work.again
                continue
            batch = work.batch.result()
            segment = self._segment(work, batch)
            self._count(batch, work.report, segment)
            self.sealed.append((segment, work.report))
            self.rows.add(segment, batch.rows)
            if sum(one.bytes for one, _ in self.sealed) >= GROUP:
                self._list()

    def _segment(self, work: _Work, batch: Batch) -> Segment:
        assert work.form is not None
        return Segment(
            number=work.number,
            setting=work.report.setting,
            sha256=work.sha256,
            bytes=work.bytes,
            lines=batch.lines,
            unreadable=batch.wrong_count,
            first=batch.rows["moment"].min() if len(batch.rows) else None,  # type: ignore[arg-type]
            last=batch.rows["moment"].max() if len(batch.rows) else None,  # type: ignore[arg-type]
            form=work.form.name,
            zone=work.zone,
            taken=int(time.time() * 1000),
            source=Path(work.report.name).name,
            options=dict(work.form.options) | {"titles": work.titles},
        )

    def _count(self, batch: Batch, report: Report, segment: Segment) -> None:
        if batch.wrong:
            put_json(self.store.index / "_unreadable" / f"{segment.name}.json", batch.wrong)
        report.wrong += [(line + report.lines, why) for line, why in batch.wrong[: TOLD - len(report.wrong)]]
        report.lines += batch.lines
        report.rows += len(batch.rows)
        report.remarks += batch.remarks
        report.doubtful += batch.doubtful
        report.unreadable += batch.wrong_count
        report.bytes += segment.bytes

    def _list(self) -> None:
        """Name the sealed files and add them to the manifest: from now on they are evidence."""
        folders = set()
        for segment, _ in self.sealed:
            path = self.store.segment(segment.number)
            new_name(path).rename(path)
            folders.add(path.parent)
        for folder in folders:
            sync_folder(folder)
            sync_folder(folder.parent)
        self.manifest.add(*(segment for segment, _ in self.sealed))
        for segment, report in self.sealed:
            report.segments.append(segment.number)
        self.sealed = []


def write_sealed(store: Store, number: int, plain: bytes, key_number: int, key: bytes) -> Path:
    """Write a segment's file under the name of what is not yet there; gives that name."""
    path = new_name(store.segment(number))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("wb") as file:
        sealing.seal(file, f"{number:08d}", plain, key_number, key)
        file.flush()
        os.fsync(file.fileno())
    return path


def seal_file(store: Store, number: int, plain: bytes, key_number: int, key: bytes) -> None:
    """Seal a segment anew, in place of its file."""
    path = write_sealed(store, number, plain, key_number, key).rename(store.segment(number))
    sync_folder(path.parent)
