#!/usr/bin/env python3
"""Measure the archive of filter logs with made-up lines of a region, and print a table.

    python bench/sitelogs.py [--lines 20M] [--keep FOLDER] [--periods N] [--go-on]

Lines are made and taken in a period at a time and then deleted, so that the disk holds one period of plain lines. What
is compared: ``zstd -dc | rg`` (else grep) over the same lines, on a share of them and multiplied; DuckDB over the same
rows in one unsorted Parquet file, likewise. ``--lines 200M`` is the long run.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.web.settings_test")

from bench import machine  # noqa: E402
from bench.sitelogs_lines import DAYS, FIRST, SETTINGS  # noqa: E402

WEEK = datetime.fromtimestamp(FIRST, UTC) + timedelta(days=35)  # a Monday in the middle
ALL = frozenset(f"s{number:03d}" for number in range(SETTINGS))
ROUNDS = 5
SHARE = 2_000_000  # lines that the comparisons read; their times are multiplied
MOST_INGEST, MOST_BYTES, MOST_TAKING, MOST_ASKING = 250_000, 110, 2000, 600


@dataclass
class Asked:
    """A question, what it must take at most (milliseconds, at 200 M lines), and how grep and DuckDB would ask it."""

    name: str
    most: float
    least_gain: float
    question: dict[str, object]
    by: str | None
    grep: str
    sql: str
    times: list[float] = field(default_factory=list)
    firsts: list[float] = field(default_factory=list)
    processor: float = 0.0
    rows: int = 0
    grep_ms: float = 0.0
    duckdb_ms: float = 0.0


def questions(host: str) -> list[Asked]:
    """The questions of the issue."""
    ten, noon = WEEK + timedelta(hours=10), WEEK + timedelta(hours=12)
    school = frozenset({"s005"})
    top = ".".join(host.split(".")[-3:]) if host.count(".") > 2 else host
    slot = f"moment BETWEEN {int(ten.timestamp() * 1000)} AND {int(noon.timestamp() * 1000)}"
    week = f"moment BETWEEN {int(WEEK.timestamp() * 1000)} AND {int((WEEK + timedelta(days=7)).timestamp() * 1000)}"
    return [
        Asked("address and two hours", 100, 25,
              {"address": "10.1.5.17", "since": ten, "until": noon}, None, "10.1.5.17",
              f"address = '0a010511' AND {slot}"),
        Asked("exact host", 500, 25, {"host": host}, None, f"//{host}/", f"host = '{host}'"),
        Asked("host and below, by setting", 1000, 25, {"under": top}, "setting", f"{top}/",
              f"host = '{top}' OR host LIKE '%.{top}'"),
        Asked("a /24 at a school, a week", 200, 25,
              {"settings": school, "network": "10.1.5.0/24", "since": WEEK, "until": WEEK + timedelta(days=7)}, None,
              "10.1.5.", f"address BETWEEN '0a010500' AND '0a0105ff' AND {week}"),
        Asked("blocked by category", 1000, 25, {"blocked": True}, "category", "DENIED", "blocked"),
        Asked("top hosts of a school, a month", 300, 25,
              {"settings": school, "since": WEEK, "until": WEEK + timedelta(days=30)}, "host", "10.1.5.",
              "address BETWEEN '0a010500' AND '0a0105ff'"),
        Asked("words in the address", 2000, 10, {"contains": "bully"}, None, "bully", "url ILIKE '%bully%'"),
    ]  # fmt: skip


def main() -> int:
    """Make, take in, ask, compare, print."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--lines", default="20M", help="2M, 20M, 200M")
    reader.add_argument("--keep", type=Path, default=ROOT / "var" / "bench" / "sitelogs")
    reader.add_argument("--periods", type=int, default=0, help="in how many pieces the 90 days are made (else by size)")
    reader.add_argument("--go-on", action="store_true", help="take in what an interrupted run had still to take in")
    reader.add_argument("--ask-only", action="store_true", help="ask the archive that the last run left")
    reader.add_argument("--take-only", type=Path, help=argparse.SUPPRESS)
    given = reader.parse_args()
    if given.take_only:
        return _take(given.take_only, given.keep)
    total = int(given.lines.upper().replace("M", "000000").replace("K", "000"))
    folder = given.keep / given.lines.upper()
    begun = time.monotonic()
    periods = given.periods or max(1, total // 20_000_000)
    taken = Taken() if given.ask_only else _everything(folder, total, periods, go_on=given.go_on)
    words = _ask(folder, total, taken)
    words += f"\n\nThe whole run took {(time.monotonic() - begun) / 60:.1f} minutes.\n"
    (given.keep / f"last-{given.lines.upper()}.md").write_text(words, encoding="utf-8")
    print(words)
    return 0


@dataclass
class Taken:
    """What taking in took."""

    lines: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    memory: float = 0.0  # MB
    plain: int = 0
    made: float = 0.0


def _everything(folder: Path, total: int, periods: int, *, go_on: bool) -> Taken:
    done_until = folder / "days"
    if not go_on:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "share").mkdir(parents=True)
        done_until.write_text("0")
    taken = Taken()
    step = -(-DAYS // periods)
    for first in range(int(done_until.read_text()), DAYS, step):
        shutil.rmtree(folder / "plain", ignore_errors=True)
        (folder / "plain").mkdir()
        days = range(first, min(DAYS, first + step))
        begun = time.monotonic()
        _make(folder, total, days)
        taken.made += time.monotonic() - begun
        if first == 0:
            _keep_share(folder)
        command = [sys.executable, __file__, "--take-only", str(folder / "plain"), "--keep", str(folder / "archive")]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        lines, plain, seconds, processor, memory = (float(word) for word in done.stdout.split()[-5:])
        taken.lines, taken.plain = taken.lines + int(lines), taken.plain + int(plain)
        taken.seconds, taken.processor = taken.seconds + seconds, taken.processor + processor
        taken.memory = max(taken.memory, memory)
        _say(f"days {days.start} to {days.stop}: {lines / seconds:,.0f} lines/s, {memory:.0f} MB")
        done_until.write_text(str(days.stop))
    shutil.rmtree(folder / "plain")
    return taken


def _make(folder: Path, total: int, days: range) -> None:
    """Two processes make the lines, each for half of the settings."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from bench import sitelogs_lines as made;"
        "half = int(sys.argv[6]);"
        "list(made.write(Path(sys.argv[2]), made.Pools.made(), int(sys.argv[3]),"
        " range(int(sys.argv[4]), int(sys.argv[5])), settings=range(half, made.SETTINGS, 2)))"
    )
    given = [str(ROOT), str(folder / "plain"), str(total), str(days.start), str(days.stop)]
    running = [subprocess.Popen([sys.executable, "-c", code, *given, str(half)], cwd=ROOT) for half in range(2)]
    if any(process.wait() for process in running):
        raise SystemExit("making the lines failed")


def _keep_share(folder: Path) -> None:
    """Keep some of the lines as zstd, one file a setting, for the comparisons."""
    lines = 0
    for path in sorted((folder / "plain").glob("*.log")):
        subprocess.run(["zstd", "-q", "-3", str(path), "-o", str(folder / "share" / f"{path.stem}.zst")], check=True)
        lines += path.read_bytes().count(b"\n")
        if lines >= SHARE:
            break
    (folder / "share" / "lines").write_text(str(lines))


def _take(plain: Path, folder: Path) -> int:
    """In a process of its own: take the files in, print lines, bytes, seconds, processor's seconds, peak MB."""
    archive = _archive(folder)
    for key in sorted(ALL):
        if key not in archive.settings():
            archive.enrol(key, zone="Europe/London")
    from safeboard.sitelogs.archive import Source

    sources = [Source(path.name[:4], path) for path in sorted(plain.glob("*.log"))]
    begun, before = time.monotonic(), time.process_time()
    reports = archive.ingest(sources)
    seconds, processor = time.monotonic() - begun, time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(sum(one.rows for one in reports), sum(one.bytes for one in reports), seconds, processor, memory)
    return 0


def _archive(folder: Path):
    from safeboard.sitelogs.archive import Archive, Keys

    return Archive(folder, Keys(lambda: 1, lambda number: b"a key for measuring, 32 bytes it"))


# Asking -------------------------------------------------------------------------------------------------------------


def _ask(folder: Path, total: int, taken: Taken) -> str:
    archive = _archive(folder / "archive")
    asked = questions(_host(archive))
    before = _memory()
    for one in asked:
        _measure(archive, one)
        _say(f"{one.name}: {min(one.times):.0f} ms")
    memory = _memory()
    _compare(folder, asked, total)
    return _page(folder, total, taken, asked, (before, memory))


def _host(archive) -> str:
    """A host that is asked for middling often."""
    from safeboard.sitelogs.archive import Question

    since = WEEK
    found = archive.ask(Question(settings=ALL, since=since, until=since + timedelta(days=1))).counts("host")
    return next(host for host, _ in found[200:] if host.count(".") >= 2)


def _measure(archive, one: Asked) -> None:
    from safeboard.sitelogs.archive import Question

    question = Question(**{"settings": ALL, **one.question})
    for _ in range(ROUNDS + 1):
        begun, used, first, rows = time.perf_counter(), time.process_time(), 0.0, 0
        answer = archive.ask(question)
        if one.by:
            rows = sum(n for _, n in answer.counts(one.by))
            first = time.perf_counter() - begun
        else:
            for frame in answer.frames():
                first = first or time.perf_counter() - begun
                rows += len(frame)
        one.times.append((time.perf_counter() - begun) * 1000)
        one.firsts.append(first * 1000)
        one.processor, one.rows = (time.process_time() - used) * 1000, rows
    del one.times[0], one.firsts[0]


def _compare(folder: Path, asked: list[Asked], total: int) -> None:
    share = folder / "share"
    times = total / int((share / "lines").read_text())
    tool = ["rg", "-c", "-i", "-F"] if shutil.which("rg") else ["grep", "-c", "-i", "-F"]
    for one in asked:
        command = f"zstd -dc {share}/*.zst | {' '.join(tool)} -e '{one.grep}'"
        one.grep_ms = _timed(lambda text=command: subprocess.run(text, shell=True, stdout=subprocess.PIPE)) * times
    import duckdb

    _unsorted(share)
    database = duckdb.connect(config={"threads": 2})
    for one in asked:
        wanted = "category, count(*)" if one.by == "category" else "count(*)"
        group = "GROUP BY category" if one.by == "category" else ""
        sql = f"SELECT {wanted} FROM '{share}/unsorted.parquet' WHERE {one.sql} {group}"
        one.duckdb_ms = _timed(lambda text=sql: database.execute(text).fetchall()) * times


def _unsorted(share: Path) -> None:
    """The same lines as rows in one Parquet file, in the order in which they came."""
    import polars as pl

    from safeboard.sitelogs.archive.formats import form_named
    from safeboard.sitelogs.archive.reading import read

    if (share / "unsorted.parquet").exists():
        return
    rows = []
    for path in sorted(share.glob("*.zst")):
        plain = subprocess.run(["zstd", "-dcq", str(path)], stdout=subprocess.PIPE, check=True).stdout
        form = form_named("e2guardian-csv" if int(path.name[1:4]) % 2 else "squid")
        rows.append(read(plain, form, "Europe/London").rows)
    pl.concat(rows).write_parquet(share / "unsorted.parquet")


def _timed(what: Callable[[], object]) -> float:
    what()
    begun = time.perf_counter()
    what()
    return (time.perf_counter() - begun) * 1000


def _memory() -> float:
    """The most memory that this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


# The table ----------------------------------------------------------------------------------------------------------


def _page(folder: Path, total: int, taken: Taken, asked: list[Asked], memory: tuple[float, float]) -> str:
    sizes = {name: _size(folder / "archive" / name) / total for name in ("evidence", "index")}
    lines = [
        f"{machine.facts()}. Commit {machine.revision(ROOT)}. Load {machine.load()}.",
        "",
        f"{total:,} lines of {SETTINGS} settings over {DAYS} days.",
        "",
        "| question | rows | first rows ms | all ms (best, middle) | processor ms | most | zstd and grep | gain "
        "| DuckDB unsorted |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in asked:
        best, middle = min(one.times), sorted(one.times)[len(one.times) // 2]
        lines.append(
            f"| {one.name} | {one.rows:,} | {min(one.firsts):.0f} | {best:.0f}, {middle:.0f} | {one.processor:.0f} "
            f"| {one.most:.0f} | {one.grep_ms:,.0f} | {one.grep_ms / best:,.0f} x | {one.duckdb_ms:,.0f} |"
        )
    lines += [
        "",
        f"* Bytes a line: {sum(sizes.values()):.1f} (evidence {sizes['evidence']:.1f}, index {sizes['index']:.1f}); "
        f"at most {MOST_BYTES}.",
        f"* Asking: at most {memory[1]:.0f} MB of memory; at most {MOST_ASKING} wanted.",
        f"* zstd with {'ripgrep' if shutil.which('rg') else 'grep'} and DuckDB read {SHARE:,} lines or more; "
        "their times are multiplied.",
    ]
    if taken.lines:
        lines.append(
            f"* Taking in: {taken.lines / taken.seconds:,.0f} lines/s ({taken.lines / taken.processor:,.0f} for each "
            f"second of a processor), at most {taken.memory:.0f} MB; plain lines have "
            f"{taken.plain / taken.lines:.0f} bytes; "
            f"{MOST_INGEST:,} lines/s and {MOST_TAKING} MB wanted. Making the lines took {taken.made:.0f} s."
        )
    return "\n".join(lines)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
