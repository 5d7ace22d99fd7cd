"""A folder that is watched: FOLDER/SETTING/FILE is taken in once it has stood still, then put aside."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from safeboard.core import history
from safeboard.core.access import Access
from safeboard.sitelogs import engine
from safeboard.sitelogs.archive import NeedsZone, Report, Source, UnknownForm, WrongColumns

STILL = 10.0  # seconds for which nobody wrote to a file
PAUSE = 5.0
TAKEN, REFUSED = "_taken", "_refused"


def watch(by: Access, folder: Path, *, once: bool = False) -> Iterator[str]:
    """Take in what stands still; yields what came of each. Files go to ``_taken``, or to ``_refused`` with why."""
    while True:
        for path in waiting(folder):
            yield from take(by, path)
        if once:
            return
        time.sleep(PAUSE)


def waiting(folder: Path) -> list[Path]:
    """The files that nobody has written to for a while, of settings that the archive knows."""
    known, now = engine.archive().settings(), time.time()
    found = [path for key in sorted(known) for path in sorted((folder / key).glob("*")) if path.is_file()]
    return [path for path in found if not path.name.startswith(".") and now - path.stat().st_mtime >= STILL]


def take(by: Access, path: Path) -> Iterator[str]:
    """Take one file in and put it aside."""
    try:
        report = engine.archive().ingest([Source(path.parent.name, path)])[0]
    except (NeedsZone, UnknownForm, WrongColumns, EOFError) as error:
        _aside(path, REFUSED).with_suffix(".why.txt").write_text(f"{error}\n")
        yield f"{path.name}: not taken in. {error}"
        return
    note(by, report)
    _aside(path, TAKEN)
    yield from told(report)


def _aside(path: Path, where: str) -> Path:
    target = path.parent / where / path.name
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        target = target.with_name(f"{time.time_ns()}-{path.name}")
    return path.rename(target)


@transaction.atomic
def note(by: Access, report: Report) -> None:
    """Write down what was taken in, with the newest hash of the manifest."""
    facts = {"setting": report.setting, "lines": report.lines, "unreadable": report.unreadable, "again": report.again}
    facts |= {"segments": len(report.segments), "manifest": engine.archive().newest}
    history.record(by=by, verb="sitelogs.taken_in", facts=facts)


def told(report: Report) -> Iterator[str]:
    """What came of a file, in words."""
    if report.again and not report.segments:
        yield f"{report.name}: these very lines are in the archive already. Nothing was added."
        return
    sample = " ({} of the first {} lines)".format(*report.sample) if report.sample[1] else ""
    yield f"{report.name}: {report.form}{sample}: {report.rows:,} lines taken in."
    if report.again:
        yield "  A part of the file was there already and was left out."
    if report.doubtful:
        yield f"  {report.doubtful:,} lines are from an hour that the clock showed twice; they count as its first."
    if report.unreadable:
        yield f"  {report.unreadable:,} lines could not be read. They are kept as evidence, and no question finds them:"
        for line, why in report.wrong[:10]:
            yield f"    line {line:,}: {why}"
