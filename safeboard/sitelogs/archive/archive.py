"""The archive as a whole: what the room, the command and the clock call."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from . import proving, taking
from .answer import Answer
from .cluster import Cluster
from .evidence import Evidence
from .formats import Columns, Form
from .index import Index
from .manifest import Disposal, Manifest, Segment, mend, whole_lines
from .question import KEY, Question, Row
from .reading import read
from .searching import Searcher
from .store import Store, get_json, put_json
from .values import LEAST_KEPT, Fault, Held, Keys, Known, LookedOver, Report, Source


class Archive:
    """The evidence in a folder, the index made from it, and the questions put to it."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.store, self.keys = Store(folder), keys
        self.manifest = Manifest(self.store.manifest)
        self.index = Index(self.store)
        self.evidence = Evidence(self.store, keys.key, lambda number: self.manifest.segments[number])
        self.searcher: Searcher | Cluster = Searcher(self.store, self.evidence)
        self._seen = self._stamp()

    def _stamp(self) -> tuple[int, int] | None:
        path = self.store.manifest
        return (path.stat().st_size, path.stat().st_ino) if path.exists() else None

    def refresh(self) -> None:
        """See what another process has taken in or disposed of."""
        if (now := self._stamp()) != self._seen:
            self.manifest = Manifest(self.store.manifest)
            self._seen = now
        self.index.refresh()

    # Settings -----------------------------------------------------------------------------------------------------

    def settings(self) -> dict[str, Known]:
        """The settings that were enrolled, by key."""
        kept = get_json(self.store.settings, {})
        return {
            key: Known(one["zone"], Columns(**one["columns"]) if one.get("columns") else None, one["keep"])
            for key, one in kept.items()
        }

    def enrol(
        self, key: str, *, zone: str | None = None, columns: Columns | None = None, keep: int | None = None
    ) -> Known:
        """Keep or change what is known of a setting. Raises ValueError for a wrong key, zone or time of keeping."""
        if not KEY.fullmatch(key):
            raise ValueError(f"“{key}” cannot be the key of a setting: letters, digits, dot, dash and underline only.")
        if zone:
            try:
                ZoneInfo(zone)
            except (LookupError, ValueError, OSError) as error:
                raise ValueError(f"“{zone}” is not a time zone, such as Europe/London.") from error
        if keep is not None and keep < LEAST_KEPT:
            raise ValueError(f"Lines are kept for {LEAST_KEPT} days at least.")
        before = self.settings().get(key, Known())
        after = Known(
            before.zone if zone is None else zone,
            columns or before.columns,
            before.keep if keep is None else keep,
        )
        every = get_json(self.store.settings, {})
        kept = {"zone": after.zone, "columns": after.columns.as_json() if after.columns else None, "keep": after.keep}
        put_json(self.store.settings, {**every, key: kept})
        return after

    def held(self, setting: str) -> Held:
        """What the archive holds of a setting."""
        self.refresh()
        kept = [one for one in self.manifest.kept() if one.setting == setting]
        firsts = [one.first for one in kept if one.first is not None]
        lasts = [one.last for one in kept if one.last is not None]
        return Held(
            setting,
            sum(one.lines for one in kept),
            sum(one.unreadable for one in kept),
            sum(one.bytes for one in kept),
            _moment(min(firsts)) if firsts else None,
            _moment(max(lasts)) if lasts else None,
            tuple(one.number for one in kept),
        )

    def unreadable(self, setting: str, most: int = 100) -> Iterator[tuple[Segment, int, str]]:
        """Lines of a setting that could not be read, newest segment first: (segment, line, why)."""
        for segment in sorted(self.manifest.kept(), key=lambda one: -one.number):
            if segment.setting == setting and segment.unreadable:
                for line, why in get_json(self.store.index / "_unreadable" / f"{segment.name}.json", []):
                    if most <= 0:
                        return
                    most -= 1
                    yield segment, line, why

    def came_in(self, settings: Iterable[str]) -> list[tuple[Segment, bool]]:
        """The segments that came in for these settings, newest first, and whether each is still kept."""
        self.refresh()
        wanted, manifest = set(settings), self.manifest
        found = [one for one in manifest.segments.values() if one.setting in wanted]
        return [(one, one.number not in manifest.disposed) for one in sorted(found, key=lambda one: -one.number)]

    def manifest_lines(self, segments: Iterable[str | int]) -> list[bytes]:
        """The manifest's lines about these segments, as they were written."""
        wanted = {int(one) for one in segments}
        lines = whole_lines(self.store.manifest)
        return [line + b"\n" for line in lines if json.loads(line)["number"] in wanted]

    # Taking in ----------------------------------------------------------------------------------------------------

    def look_over(self, plain: bytes, form: Form, zone: str, most: int) -> LookedOver:
        """How the first lines of a file read in a form, and at most so many of them; nothing is taken in."""
        batch = read(plain, form, zone)
        rows = batch.rows.head(most).to_dicts()
        return LookedOver(len(batch.rows), batch.lines - batch.remarks, rows, batch.wrong[:most])

    def ingest(self, sources: Sequence[Source], *, wait: float = 600.0) -> list[Report]:
        """Take lines in. When it returns they are evidence, listed, and found by questions.

        Raises store.Busy, store.DiskFull, taking.NeedsZone, formats.UnknownForm; of a file that raises nothing is half
        there: what was sealed before it stays, and taking the same files again doubles nothing.
        """
        with self.store.lock(wait):
            self._settle()
            self.store.room_for(sum(source.size() for source in sources))
            for source in sources:
                if not KEY.fullmatch(source.setting):
                    raise ValueError(f"“{source.setting}” cannot be the key of a setting.")
            try:
                return taking.Taker(self).run(sources)
            finally:
                self._settle()
                self._seen = self._stamp()

    def settle(self, *, wait: float = 600.0) -> int:
        """Finish what a crash left: index the segments that are not. Gives how many there were."""
        with self.store.lock(wait):
            return self._settle()

    def _settle(self) -> int:
        mend(self.store.manifest)
        self.refresh()
        self.store.sweep()
        self.index.sweep()
        torn = self.index.missing()
        again = {number for part in torn for number in part.segments}
        if torn:
            self._unindex(again)
        left = [one for one in self.manifest.kept() if one.number not in self.index.done]
        if left:
            rows = self.index.collector()
            for segment in left:
                rows.add(segment, self.evidence.read(segment).rows)
            rows.finish()
        return len(left)

    def _unindex(self, segments: set[int]) -> None:
        """Take segments out of the index, with every part that has rows of them (and so the segments beside them)."""
        while True:
            parts = [part for part in self.index.parts if segments & set(part.segments)]
            wider = segments.union(*(part.segments for part in parts)) if parts else segments
            if wider == segments:
                break
            segments = wider
        self.index.done -= segments
        self.index.replace(parts, ())

    def compact(self, *, wait: float = 600.0) -> int:
        """Join the small parts of days (the nightly clock). Gives how many were joined."""
        with self.store.lock(wait):
            self._settle()
            return self.index.compact()

    def rebuild(self, *, wait: float = 600.0) -> int:
        """Make the whole index again from the evidence alone; gives how many rows it has."""
        with self.store.lock(wait):
            self._settle()
            self.index.done = set()
            self.index.replace(list(self.index.parts), ())
            self._settle()
            return sum(part.rows for part in self.index.parts)

    # Asking -------------------------------------------------------------------------------------------------------

    def ask(self, question: Question) -> Answer:
        """The answer to a question; nothing is searched yet. The caller saw to the authority. Raises WrongQuestion."""
        self.refresh()
        return Answer(self, question, self.index.parts)

    def raw(self, row: Row) -> bytes:
        """The line of a row as it came. Raises sealing.Altered, LookupError."""
        self.refresh()
        if int(row.segment) in self.manifest.disposed:
            raise LookupError(f"Segment {row.segment} was disposed of.")
        return self.evidence.line(int(row.segment), row.line)

    def around(self, row: Row, minutes: int = 10) -> list[Row]:
        """What the same device in the same setting asked for, so many minutes before and after, oldest first."""
        gap = timedelta(minutes=minutes)
        return self._near(row, row.time - gap, row.time + gap + timedelta(milliseconds=1))

    def before(self, row: Row, gap: timedelta) -> list[Row]:
        """What the same device asked for so long before, oldest first."""
        return self._near(row, row.time - gap, row.time)

    def _near(self, row: Row, since: datetime, until: datetime) -> list[Row]:
        asked = Question(settings=frozenset({row.setting}), address=row.address, since=since, until=until)
        return list(self.ask(asked).rows())[::-1]

    # Proof, keeping, disposing ------------------------------------------------------------------------------------

    def verify(self, segments: Iterable[str | int] | None = None) -> Iterator[Fault]:
        """What does not hold, first segment first: of all, or of those that an answer rests on."""
        self.store.manifest.parent.mkdir(parents=True, exist_ok=True)
        return proving.verify(self.store, self.keys.key, None if segments is None else [int(one) for one in segments])

    @property
    def newest(self) -> str:
        """The newest hash of the manifest, to be recorded where nobody who can write here can change it."""
        self.refresh()
        return self.manifest.newest

    def due(self, today: date, holds: Iterable[str | int] = ()) -> list[Segment]:
        """The segments whose last line is older than their setting keeps lines and that no live case holds."""
        self.refresh()
        held, known = {int(one) for one in holds}, self.settings()
        found = []
        for segment in self.manifest.kept():
            keep = known.get(segment.setting, Known()).keep
            last = segment.last if segment.last is not None else segment.taken
            if segment.number not in held and _moment(last).date() + timedelta(days=keep) < today:
                found.append(segment)
        return found

    def dispose(self, segments: Iterable[Segment], why: str, *, wait: float = 600.0) -> str:
        """Dispose of whole segments: what the manifest says of them stays. Gives its newest hash."""
        numbers = {segment.number for segment in segments}
        with self.store.lock(wait):
            self._settle()
            now = int(time.time() * 1000)
            self.manifest.add(*(Disposal(number, now, why) for number in sorted(numbers)))
            self._seen = self._stamp()
            self._unindex_rows(numbers)
            self.evidence.forget()
            for number in sorted(numbers):
                self.store.segment(number).unlink(missing_ok=True)
                (self.store.index / "_unreadable" / f"{number:08d}.json").unlink(missing_ok=True)
            return self.manifest.newest

    def _unindex_rows(self, numbers: set[int]) -> None:
        """Make the parts that hold rows of these segments again without them."""
        for part in [part for part in self.index.parts if numbers & set(part.segments)]:
            self.index.without(part, numbers)

    def reseal(self, *, wait: float = 600.0) -> int:
        """Seal every segment with the newest key; gives how many were not. The plain bytes and their hashes stay."""
        done, newest = 0, self.keys.newest()
        with self.store.lock(wait):
            self._settle()
            for segment in self.manifest.kept():
                sealed = self.evidence.open(segment.number)
                if sealed.key_number != newest:
                    plain = b"".join(sealed.plain())
                    taking.seal_file(self.store, segment.number, plain, newest, self.keys.key(newest))
                    done += 1
            self.evidence.forget()
        return done


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
