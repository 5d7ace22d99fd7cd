"""From the bytes of a log to rows: whole batches at once, and a reason for every line that cannot be read."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast
from zoneinfo import ZoneInfo

import polars as pl

from .addresses import code_of
from .formats import Clock, Form
from .formats.proxies import FORMS
from .text import text_of

LONGEST_LINE = 65_536
SLICE = 8_000_000  # bytes that are read at once
LAST_MOMENT = 4_102_444_800_000  # the year 2100: no log is from later
KEPT_WRONG = 10_000  # how many unreadable lines are told one by one

SCHEMA = {
    "moment": pl.Int64,  # milliseconds since 1970, UTC
    "address": pl.String,  # in the form that sorts
    "user": pl.String,
    "host": pl.String,
    "url": pl.String,
    "method": pl.String,
    "status": pl.Int16,
    "category": pl.String,
    "blocked": pl.Boolean,
    "reason": pl.String,
    "bytes": pl.Int64,
    "line": pl.Int32,
}


@dataclass
class Batch:
    """What came of some lines. ``doubtful`` counts times that the clock showed twice that night."""

    rows: pl.DataFrame
    lines: int
    wrong: list[tuple[int, str]] = field(default_factory=list)
    wrong_count: int = 0
    remarks: int = 0
    doubtful: int = 0
    remark_lines: list[int] = field(default_factory=list)


def read(plain: bytes, form: Form, zone: str, *, titles: bool = True) -> Batch:
    """Read whole lines, numbered from 1.

    ``titles``: they are the beginning of their file. ``zone``: by which clock a form with local times was written
    ("" where the form needs none).
    """
    if titles:
        plain = plain.removeprefix(codecs.BOM_UTF8)
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        plain = text_of(plain).encode()
    whole, rows = Batch(_empty(), 0), [_empty()]
    for slice_ in _slices(plain):
        rows.append(_read(slice_, form, zone, titles, whole))
    whole.rows = pl.concat(rows)
    return whole


def _slices(plain: bytes) -> Iterator[bytes]:
    """Whole lines, so many at a time that the work on them stays small."""
    start = 0
    while start < len(plain):
        end = plain.find(b"\n", start + SLICE) + 1 or len(plain)
        yield plain[start:end]
        start = end


def _read(plain: bytes, form: Form, zone: str, titles: bool, batch: Batch) -> pl.DataFrame:
    """The rows of some lines that follow those which the batch has counted."""
    lines = pl.read_lines(io.BytesIO(plain)).to_series().str.strip_suffix("\r")
    numbered = pl.DataFrame({"text": lines}).with_row_index("line", offset=batch.lines + 1)
    batch.lines += len(numbered)
    usable = (pl.col("text").str.len_bytes() <= LONGEST_LINE) & ~pl.col("text").str.contains("\0", literal=True)
    left = numbered
    if not numbered.select(usable.all()).item():
        left = numbered.filter(usable)
    parts, left = _taken(left, form)
    found = [_normal(parts, form, zone, batch)]
    if len(left):
        left = _remarks(left, form, titles, batch)
    if len(left):
        found += _patiently(left, form, zone, batch)
    every = pl.concat(found)
    rows = every.filter(pl.col("moment").is_not_null() & pl.col("address").is_not_null())
    _tell_wrong(numbered, batch, every, rows)
    return rows


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=SCHEMA)


def _taken(lines: pl.DataFrame, form: Form) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The named parts of the lines that the form reads, and the lines that it does not."""
    parts = lines["text"].str.extract_groups(form.pattern).struct.unnest()
    whole = parts.with_columns(lines["line"])
    got = parts["time"].is_not_null()
    if got.all():
        return whole, lines.clear()
    return whole.filter(got), lines.filter(~got)


def _remarks(left: pl.DataFrame, form: Form, titles: bool, batch: Batch) -> pl.DataFrame:
    """Drop what is no request: empty lines, titles of a table, what the form says about its file."""
    remark = pl.col("text").str.strip_chars() == ""
    if form.remark:
        remark |= pl.col("text").str.starts_with(form.remark)
    if form.header and titles:
        remark |= pl.col("line") <= form.header
    batch.remark_lines += left.filter(remark)["line"].to_list()
    batch.remarks = len(batch.remark_lines)
    return left.filter(~remark)


def _patiently(left: pl.DataFrame, form: Form, zone: str, batch: Batch) -> Iterator[pl.DataFrame]:
    """The lines that the form did not read: cells with quotes in them, then every other form that can be told apart."""
    if form.name in ("csv", "e2guardian-csv"):
        columns = cast(dict[str, str], form.options.get("columns", {}))
        again = _unquoted(left, columns.get("delimiter", ","))
        parts, left = _taken(again, form)
        yield _normal(parts, form, zone, batch)
    for other in FORMS:
        if other is not form and len(left) and (zone or other.clock is not Clock.LOCAL):
            parts, left = _taken(left, other)
            yield _normal(parts, other, zone, batch)


def _unquoted(lines: pl.DataFrame, delimiter: str) -> pl.DataFrame:
    """Cells whose quotes are doubled or that hold the mark which parts them, written so that the form reads them."""

    def plain(text: str) -> str:
        try:
            cells = next(csv.reader([text], delimiter=delimiter, strict=True), [])
        except csv.Error:
            return text
        return delimiter.join('"' + cell.replace('"', "%22") + '"' for cell in cells)

    return lines.with_columns(text=pl.Series([plain(text) for text in lines["text"]], dtype=pl.String))


def _tell_wrong(numbered: pl.DataFrame, batch: Batch, found: pl.DataFrame, rows: pl.DataFrame) -> None:
    """Count and name the lines of which no row came and that are no remarks."""
    if len(rows) == len(numbered):
        return
    no_time = set(found.filter(pl.col("moment").is_null())["line"].to_list())
    no_address = set(found.filter(pl.col("address").is_null())["line"].to_list())
    missing = numbered.join(rows.select(pl.col("line").cast(pl.UInt32)), on="line", how="anti").sort("line")
    missing = missing.filter(~pl.col("line").is_in(batch.remark_lines))
    batch.wrong_count += len(missing)
    for line, text in missing.head(KEPT_WRONG - len(batch.wrong)).iter_rows():
        batch.wrong.append((line, _why(line, text, no_time, no_address)))


def _why(line: int, text: str, no_time: set[int], no_address: set[int]) -> str:
    if line in no_time:
        return "its time is none that was, by the clock that was named"
    if line in no_address:
        return "it names no address of a device"
    if len(text.encode()) > LONGEST_LINE:
        return f"it is longer than {LONGEST_LINE:,} bytes"
    if "\0" in text:
        return "it holds a zero byte"
    return "it is in no form that is known"


# From named parts to columns ---------------------------------------------------------------------------------------


def _normal(parts: pl.DataFrame, form: Form, zone: str, batch: Batch) -> pl.DataFrame:
    if not len(parts):
        return _empty()
    have = set(parts.columns)
    bare = [name for name in have if name.endswith("_bare")]
    if bare:
        parts = parts.with_columns(
            pl.coalesce(name.removesuffix("_bare"), name).alias(name.removesuffix("_bare")) for name in bare
        )
    if form.name == "w3c":
        parts = parts.with_columns(pl.col(have - {"time", "line"}).str.strip_chars('"'))
    if "url" not in have:
        parts = parts.with_columns(url=_joined(have))
    rows = parts.select(
        moment=_moment(parts, form, zone, batch),
        address=_by_distinct(parts["address"], lambda values: [code_of(value) for value in values]),
        user=_said(have, "user"),
        url=pl.col("url"),
        method=_said(have, "method"),
        status=_number(have, "status").cast(pl.Int16, strict=False),
        category=_said(have, "category"),
        blocked=_blocked(have, form),
        reason=_reason(have),
        bytes=_number(have, "bytes"),
        line=pl.col("line").cast(pl.Int32),
    )
    return rows.with_columns(
        host=hosts(rows["url"]),
        reason=pl.when(pl.col("reason").str.starts_with("*") | pl.col("blocked")).then("reason").otherwise(pl.lit("")),
    ).select(*SCHEMA)


def _joined(have: set[str]) -> pl.Expr:
    """A web address put together from host, path and query."""
    parts: list[pl.Expr] = [_said(have, "host"), _said(have, "path")]
    if "query" in have:
        query = _said(have, "query")
        parts.append(pl.when(query == "").then(pl.lit("")).otherwise(pl.lit("?") + query.str.strip_prefix("?")))
    return pl.concat_str(parts)


def _said(have: set[str], part: str) -> pl.Expr:
    """A part as text, "" where the log says nothing or a dash."""
    if part not in have:
        return pl.lit("")
    text = pl.col(part).fill_null("")
    return pl.when(text == "-").then(pl.lit("")).otherwise(text)


def _number(have: set[str], part: str) -> pl.Expr:
    return pl.col(part).cast(pl.Int64, strict=False) if part in have else pl.lit(None, dtype=pl.Int64)


def _blocked(have: set[str], form: Form) -> pl.Expr:
    """Whether the filter refused it. 407 is a proxy asking who is there, not a block."""
    part = "what" if "what" in have else "code" if "code" in have else ""
    if not part:
        return pl.lit(False)
    said = pl.col(part).fill_null("").str.to_lowercase().str.contains_any(list(form.denied))
    return said & (pl.col("status") != "407").fill_null(True) if "status" in have else said


def _reason(have: set[str]) -> pl.Expr:
    for part in ("reason", "what", "code"):
        if part in have:
            return _said(have, part)
    return pl.lit("")


def _moment(parts: pl.DataFrame, form: Form, zone: str, batch: Batch) -> pl.Series:
    text = parts["time"]
    if form.clock is Clock.EPOCH:
        scale = 1 if form.options.get("milliseconds") else 1000
        if form.name == "squid":
            moment = text.str.replace(".", "", literal=True).cast(pl.Int64, strict=False)
        else:
            moment = (text.cast(pl.Float64, strict=False) * scale).round().cast(pl.Int64, strict=False)
    elif form.clock is Clock.OFFSET:
        moment = text.str.to_datetime(form.time_format, strict=False, time_unit="ms").dt.epoch("ms")
    else:
        naive = text.str.replace("\t", " ", literal=True).str.to_datetime(
            form.time_format, strict=False, time_unit="ms"
        )
        moment = naive.dt.epoch("ms") if form.clock is Clock.UTC else _local(naive, zone, batch)
    return pl.select(pl.when((moment >= 0) & (moment < LAST_MOMENT)).then(moment)).to_series()


def _local(naive: pl.Series, zone: str, batch: Batch) -> pl.Series:
    """By the place's clock. An hour that the clock showed twice counts as its first; one it never showed is none."""
    ZoneInfo(zone)
    first = naive.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.epoch("ms")
    last = naive.dt.replace_time_zone(zone, ambiguous="latest", non_existent="null").dt.epoch("ms")
    batch.doubtful += int((first != last).sum())
    return first


def hosts(urls: pl.Series) -> pl.Series:
    """The host of each web address. Most are plain; those with a name or port, or no scheme, take longer."""
    cut = urls.str.splitn("/", 4).struct.unnest()
    cut.columns = ["scheme", "nothing", "host", "rest"]
    plain = (pl.col("nothing") == "") & pl.col("scheme").is_in(["https:", "http:"])
    plain &= (pl.col("host") != "") & ~pl.col("host").str.contains(r"[:@?#\[]")
    odd = cut.select(~plain.fill_null(False)).to_series() | urls.str.contains("@", literal=True)
    hosts = cut["host"]
    if odd.any():
        patient = r"^(?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/@?#]*@)?(\[[^\]]*\]|[^/:?#]+)"
        hosts = hosts.set(odd, None).scatter(odd.arg_true(), urls.filter(odd).str.extract(patient).fill_null(""))
    return hosts.str.to_lowercase().str.strip_chars_end(".")


def _by_distinct(values: pl.Series, function: Callable[[list[str]], list[str | None]]) -> pl.Series:
    """A function of each value, called once for each distinct one."""
    distinct = values.unique().drop_nulls()
    return values.replace_strict(
        distinct, pl.Series(function(distinct.to_list()), dtype=pl.String), default=None, return_dtype=pl.String
    )


NUMBERS = r"[\[\]]|^[0-9.]*[0-9][0-9.]*$"  # an address instead of a host


def backwards(host: str) -> str:
    """``www.video.example`` becomes ``example.video.www``; an address as host stays; it is its own inverse."""
    if re.search(NUMBERS, host):
        return host
    return ".".join(reversed(host.split(".")))


def each_backwards(hosts: pl.Series) -> pl.Series:
    """The same of many, thirty times as quick."""
    host = pl.col(hosts.name)
    turned = host.str.split(".").list.reverse().list.join(".")
    return hosts.to_frame().select(pl.when(host.str.contains(NUMBERS)).then(host).otherwise(turned)).to_series()
