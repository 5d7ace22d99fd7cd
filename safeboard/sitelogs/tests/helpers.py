"""What the tests of this room share: an archive in memory, a filter, somebody who may ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from safeboard.accounts.models import Person
from safeboard.sitelogs.archive import Question as Asked
from safeboard.sitelogs.archive import Row
from safeboard.sitelogs.choices import Ground, Sure
from safeboard.sitelogs.models import Authority, Clearance, LogSetting, Question
from safeboard.sitelogs.operations import asking
from safeboard.sitelogs.terms import Terms
from tests.cast import Cast

DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
KEY = "alder-bank"


def row(minutes: float = 0, **given: Any) -> Row:
    """A line, so many minutes after nine."""
    at = DAY + timedelta(minutes=minutes)
    plain = Row(
        time=at,
        setting=KEY,
        address="10.1.2.3",
        user="",
        host="video.example",
        url="http://video.example/watch",
        method="GET",
        status=200,
        category="",
        blocked=False,
        reason="",
        bytes=100,
        segment="00000001",
        line=int(minutes * 60) + 1,
    )
    return replace(plain, **given)


@dataclass
class FakeAnswer:
    """An answer as the archive gives it."""

    found: list[Row]
    archive: FakeArchive
    cancelled: bool = False

    def rows(self) -> Iterator[Row]:
        yield from self.found

    def cancel(self) -> None:
        self.cancelled = True

    def counts(self, by: str) -> list[tuple[Any, int]]:
        keys = {
            "hour": lambda one: one.time.replace(minute=0, second=0, microsecond=0),
            "category": lambda one: one.category,
        }[by]
        return sorted(Counter(map(keys, self.found)).items())


@dataclass
class FakeArchive:
    """An archive in memory; it keeps what it was asked."""

    lines: list[Row] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def ask(self, question: Asked) -> FakeAnswer:
        self.asked.append(question)
        found = [one for one in self.lines if self._fits(one, question)]
        found.sort(key=lambda one: (one.time, one.segment, one.line), reverse=True)
        return FakeAnswer(found[: question.limit], self)

    def raw(self, wanted: Row) -> bytes:
        return f"1772442000.000 1 {wanted.address} TCP_MISS/200 100 GET {wanted.url} - DIRECT/-".encode()

    def around(self, wanted: Row, minutes: int = 10) -> list[Row]:
        gap = timedelta(minutes=minutes)
        found = [one for one in self.lines if one.address == wanted.address and abs(one.time - wanted.time) <= gap]
        return sorted(found, key=lambda one: one.time)

    def enrol(self, key: str, **_known: Any) -> None:
        """Nothing is kept of it."""

    def _fits(self, one: Row, question: Asked) -> bool:
        return (
            one.setting in question.settings
            and (question.since is None or one.time >= question.since)
            and (question.until is None or one.time < question.until)
            and (not question.host or one.host == question.host)
            and (not question.under or one.host == question.under or one.host.endswith("." + question.under))
            and (not question.contains or question.contains.lower() in one.url.lower())
            and (question.blocked is None or one.blocked == question.blocked)
        )


def make_log(cast: Cast, key: str = KEY) -> LogSetting:
    """A filter of the cast's agency."""
    return LogSetting.objects.create(agency=cast.agency, setting=cast.setting, key=key)


def clear(cast: Cast, person: Person) -> Clearance:
    """That somebody was trained, and the agreement signed."""
    return Clearance.objects.create(
        agency=cast.agency,
        person=person,
        trained_on=date(2026, 1, 5),
        training="County course",
        signed_on=date(2026, 1, 6),
        signed_by="Hugo Head",
        made_by=cast.responsible_person,
    )


def an_authority(cast: Cast, person: Person, **given: Any) -> Authority:
    """A written reason that somebody else allowed."""
    plain = {"ground": Ground.REASON, "reason": "Bullying in year 8", "allowed_by": "Hugo Head"}
    return Authority.objects.create(
        agency=cast.agency, made_by=person, allowed_on=date(2026, 3, 1), **{**plain, "network": Sure.YES, **given}
    )


TERMS = Terms(host="video.example", since=DAY - timedelta(days=1), until=DAY + timedelta(days=1))


def a_question(cast: Cast, person: Person, log: LogSetting, **given: Any) -> Question:
    """A question that was asked as the page asks it."""
    authority = given.pop("authority", None) or an_authority(cast, person)
    by = cast.access_for(person)
    return asking.ask(by=by, authority=authority, terms=given.pop("terms", TERMS), logs=[log], **given)
