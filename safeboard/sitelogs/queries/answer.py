"""An answer as pages show it: a part at a time, newest first, each line with the setting it belongs to."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from safeboard.core.access import Access, job_access
from safeboard.core.built import built_once

from .. import engine
from ..archive import Question as Asked
from ..archive import Row
from ..choices import Host, Passed
from ..models import LogSetting, Question
from ..terms import Terms, said

SALT = "safeboard.sitelogs.cursor"
PART = 100  # lines of a part
FEW, PATIENCE, LONGEST = 20, 0.25, 2.0  # so many lines are shown after so many seconds; any at all after the longest
CURSOR_LIVES = 3600  # seconds that 'the next part' belongs to the same look
TICK = timedelta(milliseconds=1)  # what the archive tells moments apart by
MINUTES = 10  # before and after a line


@dataclass(frozen=True)
class Line:
    """A line of an answer as it is shown. ``key`` and ``where``: of which filter, and its setting's name; ``ref`` names
    the line for the pages about it; ``hint``: what it likely is."""

    at: datetime
    key: str
    where: str
    address: str
    user: str
    host: str
    url: str
    category: str
    blocked: bool
    reason: str
    ref: str
    hint: str = ""

    @property
    def shown_url(self) -> str:
        """The web address, or the host where the filter wrote no more."""
        return self.url or self.host


@dataclass(frozen=True)
class Cursor:
    """Where the next part begins: after this line. ``shown``: lines so far; ``look``: the entry of the look."""

    at: str
    segment: str
    line: int
    shown: int
    look: int

    def packed(self, question: Question, access: Access) -> str:
        """As an address carries it, for this question and this person alone."""
        person = access.person.pk if access.person else 0
        whole = [question.pk, person, self.at, self.segment, self.line, self.shown, self.look]
        return signing.dumps(whole, salt=SALT, compress=True)


def read_cursor(text: str, question: Question, access: Access) -> Cursor | None:
    """The cursor of an address; None where it is somebody else's, of another question, or older than an hour."""
    try:
        pk, person, *rest = signing.loads(text, salt=SALT, max_age=CURSOR_LIVES) if text else (0, 0)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    mine = access.person is not None and (pk, person) == (question.pk, access.person.pk)
    return Cursor(*rest) if mine and len(rest) == 5 else None


@dataclass(frozen=True)
class Part:
    """A part of an answer: its lines, how far back it was searched, and the cursor of the next; '' at the end."""

    lines: list[Line]
    shown: int
    searched_to: datetime | None
    share: int
    more: str


def terms_of(question: Question) -> Terms:
    """What a question asks for."""
    return Terms.of(question.terms)


def logs_asked(question: Question, access: Access | None = None) -> list[LogSetting]:
    """The filters that a question goes to, as the wall shows them now; ``access``: of the request."""
    rows = _logs(access or job_access("sitelogs.logs"), question.agency_id)
    return [one for one in rows if one.pk in question.logs]


@built_once
def _logs(_access: Access, agency_id: int) -> QuerySet[LogSetting]:
    return LogSetting.objects.filter(agency_id=agency_id).select_related("setting").order_by("setting__name")


def words_of(question: Question, access: Access | None = None) -> str:
    """A question as a person says it; ``access``: of the request."""
    return said(terms_of(question), [one.setting.name for one in logs_asked(question, access)])


def asked(terms: Terms, logs: Iterable[LogSetting], **changes: Any) -> Asked:
    """The question as the archive takes it. Raises archive.WrongQuestion."""
    given: dict[str, Any] = {
        "settings": frozenset(one.key for one in logs),
        "network": terms.who,
        "user": terms.user,
        "host": terms.host if terms.how == Host.EXACT else "",
        "under": terms.host if terms.how == Host.UNDER else "",
        "contains": terms.words,
        "since": terms.since,
        "until": terms.until,
        "days": frozenset(terms.days),
        "hours": terms.hours,
        "category": terms.category,
        "blocked": {Passed.BLOCKED: True, Passed.ALLOWED: False}.get(Passed(terms.passed)),
    }
    if terms.range:
        low, high = terms.range
        given["network"] = low if low == high else f"{low}-{high}"
    return Asked(**{**given, **changes})


def part_of(access: Access, question: Question, cursor: Cursor | None, *, look: int) -> Part:
    """The next part: at most ``PART`` lines, and fewer where some are there and the rest takes long."""
    terms, logs = terms_of(question), logs_asked(question, access)
    names = {one.key: one.setting.name for one in logs}
    until = min(terms.until, datetime.fromisoformat(cursor.at) + TICK) if cursor and terms.until else terms.until
    answer = engine.archive().ask(asked(terms, logs, until=until))
    rows, ended = _some(_after(answer.rows(), cursor))
    answer.cancel()
    shown = (cursor.shown if cursor else 0) + len(rows)
    last = rows[-1] if rows else None
    more = ""
    if last is not None and not ended:
        more = Cursor(last.time.isoformat(), last.segment, last.line, shown, look).packed(question, access)
    reached = last.time if last is not None and not ended else terms.since
    return Part([line_of(row, names) for row in rows], shown, reached, _share(terms, reached), more)


def _after(rows: Iterator[Row], cursor: Cursor | None) -> Iterator[Row]:
    """The rows behind the cursor's: those of its very moment come again, in the same order, up to it."""
    if cursor is None:
        yield from rows
        return
    moment, passed = datetime.fromisoformat(cursor.at), False
    held: list[Row] = []
    for row in rows:
        if passed or row.time < moment:
            if not passed:
                passed = True
                yield from held  # the line itself is gone: better twice than never
            yield row
        elif (row.segment, row.line) == (cursor.segment, cursor.line):
            passed, held = True, []
        else:
            held.append(row)
    if not passed:
        yield from held


def _some(rows: Iterator[Row]) -> tuple[list[Row], bool]:
    """Rows for a part, and whether they were the last."""
    found: list[Row] = []
    begun = time.monotonic()
    for row in rows:
        if len(found) == PART:
            return found, False
        found.append(row)
        waited = time.monotonic() - begun
        if waited > LONGEST or (waited > PATIENCE and len(found) >= FEW):
            return found, False
    return found, True


def _share(terms: Terms, reached: datetime | None) -> int:
    """How much of the time asked for was searched, in hundredths."""
    if not (terms.since and terms.until and reached):
        return 100
    whole = (terms.until - terms.since).total_seconds()
    return max(0, min(100, round(100 * (terms.until - reached).total_seconds() / whole)))


def line_of(row: Row, names: dict[str, str]) -> Line:
    """A row as it is shown."""
    return Line(
        at=timezone.localtime(row.time),
        key=row.setting,
        where=names.get(row.setting, row.setting),
        address=row.address,
        user=row.user,
        host=row.host,
        url=row.url,
        category=row.category,
        blocked=row.blocked,
        reason=row.reason,
        ref=f"{row.time.isoformat()}~{row.segment}~{row.line}",
    )


def rows_of(question: Question, *, most: int | None = None) -> tuple[Iterator[Row], dict[str, str]]:
    """The rows of an answer as they are found, at most so many and one, and the names of the settings by key."""
    logs = logs_asked(question)
    wanted = asked(terms_of(question), logs, **({"limit": most + 1} if most else {}))
    return engine.archive().ask(wanted).rows(), {one.key: one.setting.name for one in logs}


def row_at(question: Question, ref: str) -> tuple[Row, dict[str, str]] | None:
    """The row of an answer that a reference names, and the settings' names by key; None where it is not in it."""
    at, _tilde, rest = ref.partition("~")
    segment, _tilde, line = rest.rpartition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    terms, logs = terms_of(question), logs_asked(question)
    if moment.tzinfo is None or not (terms.since and terms.until and terms.since <= moment < terms.until):
        return None
    answer = engine.archive().ask(asked(terms, logs, since=moment, until=moment + TICK))
    for row in answer.rows():
        if (row.segment, str(row.line)) == (segment, line):
            return row, {one.key: one.setting.name for one in logs}
    return None
