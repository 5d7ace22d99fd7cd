"""The evidence as it is read again: lines, whole segments, web addresses of single lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import polars as pl

from .formats import Columns, Form, form_named
from .formats.w3c import w3c
from .manifest import Segment
from .reading import Batch, read
from .sealing import Keys, Sealed
from .store import Store
from .text import text_of


def form_of(segment: Segment) -> Form:
    """The form that a segment was read with."""
    options: dict[str, Any] = segment.options
    if "fields" in options:
        return w3c(options["fields"])
    if "columns" in options:
        return Columns(**options["columns"]).form()
    return form_named(segment.form)


class Evidence:
    """Opens segments. Raises sealing.Altered where one is not what was sealed."""

    def __init__(self, store: Store, keys: Keys, segment: Any) -> None:
        self.store, self.keys, self._segment = store, keys, segment
        self.open = lru_cache(maxsize=512)(self._open)

    def _open(self, number: int) -> Sealed:
        return Sealed(self.store.segment(number), f"{number:08d}", self.keys)

    def forget(self) -> None:
        """Open all anew: files were sealed with another key."""
        self.open.cache_clear()

    def plain(self, number: int) -> Iterator[bytes]:
        """A segment's lines as they came."""
        return self.open(number).plain()

    def line(self, number: int, line: int) -> bytes:
        """One line as it came."""
        return self.open(number).line(line)

    def read(self, segment: Segment) -> Batch:
        """A segment read again, as it was when it was taken in."""
        plain = b"".join(self.plain(segment.number))
        return read(plain, form_of(segment), segment.zone, titles=bool(segment.options.get("titles")))

    def cost(self, lines: pl.DataFrame, of_chunk: int, of_line: int) -> int:
        """About how many microseconds the web addresses of these lines take."""
        segments = lines.group_by("segment").agg(pl.col("line").max() - pl.col("line").min())
        chunks = sum(1 + span // 4000 for span in segments["line"].to_list())
        return chunks * of_chunk + len(lines) * of_line

    def urls(self, lines: pl.DataFrame) -> pl.Series:
        """The web address of each line (columns segment, line), in their order."""
        wanted = lines.select("segment", "line").with_row_index("at")
        found = [self._urls(int(key[0]), some) for key, some in wanted.partition_by("segment", as_dict=True).items()]
        return pl.concat(found).sort("at")["url"]

    def _urls(self, number: int, wanted: pl.DataFrame) -> pl.DataFrame:
        segment: Segment = self._segment(number)
        texts = self.open(number).some(sorted(set(wanted["line"].to_list())))
        plain = b"\n".join(texts.values())
        batch = read(plain, form_of(segment), segment.zone, titles=bool(segment.options.get("titles")) and 1 in texts)
        order = pl.DataFrame(
            {"line": list(texts), "place": range(1, len(texts) + 1)}, schema={"line": pl.Int32, "place": pl.Int32}
        )
        urls = batch.rows.select(pl.col("line").alias("place"), "url").join(order, on="place")
        return wanted.join(urls, on="line", how="left").select("at", "url")


def shown(raw: bytes) -> str:
    """A raw line as text."""
    return text_of(raw)
