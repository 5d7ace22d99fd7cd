"""What may be asked of the filter logs, and what a line says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from .addresses import NotAnAddress, Span, span_of

LONGEST_WORDS = 500
DAYS = range(7)  # Monday is 0, as in Python
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


class WrongQuestion(ValueError):
    """A question that cannot be asked as it stands; the text says why in plain words, ``field`` names where."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field

    def __reduce__(self) -> tuple[type[WrongQuestion], tuple[str, str]]:
        return type(self), (self.field, str(self))


class Torn(WrongQuestion):
    """The index lacks a file: no question that needs it is answered, for the answer would not be whole."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which lines are wanted. Everything left out does not narrow; all that is given must hold of a line.

    ``settings`` are the keys of the settings that the asker may see: there is no way to leave them out. Addresses are
    IPv4 or IPv6; an IPv4-mapped one counts as IPv4. ``network`` is ``10.1.2.0/24``, ``10.1.2.5-10.1.2.9`` or one
    address. ``host`` is exact, ``under`` takes the host and everything below it. ``contains`` is searched for in the
    whole web address as it stands, no sign of it has a meaning (as ``grep -iF``): capital and small letters are equal.
    ``user`` is exact, but for capital and small letters. ``since`` counts, ``until`` does not; both need a zone.
    ``days`` (Monday 0) and ``hours`` (from, to; over midnight where from is the later) are those of the setting's own
    clock. ``limit`` is the most rows that are wanted, the newest.

    Raises WrongQuestion.
    """

    settings: frozenset[str]
    address: str = ""
    network: str = ""
    user: str = ""
    host: str = ""
    under: str = ""
    contains: str = ""
    since: datetime | None = None
    until: datetime | None = None
    days: frozenset[int] = frozenset()
    hours: tuple[time, time] | None = None
    category: str = ""
    blocked: bool | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        if isinstance(self.settings, str) or not self.settings:
            raise WrongQuestion("settings", "Say which settings you ask about: without one there is nothing to ask.")
        if wrong := [key for key in self.settings if not KEY.fullmatch(key)]:
            raise WrongQuestion("settings", f"“{wrong[0]}” is not the key of a setting.")
        object.__setattr__(self, "settings", frozenset(self.settings))
        for field in ("address", "network", "user", "host", "under", "category"):
            object.__setattr__(self, field, getattr(self, field).strip())
        for field in ("host", "under"):
            object.__setattr__(self, field, _host(field, getattr(self, field)))
        self._check_addresses()
        self._check_times()
        if "\0" in self.contains or "\n" in self.contains or len(self.contains) > LONGEST_WORDS:
            raise WrongQuestion("contains", f"The words may have {LONGEST_WORDS} characters at most, on one line.")
        if self.limit is not None and self.limit < 1:
            raise WrongQuestion("limit", "Ask for one row or more.")

    def _check_addresses(self) -> None:
        if self.address and self.network:
            raise WrongQuestion("network", "Give one address or a range of them, not both.")
        for field in ("address", "network"):
            given = getattr(self, field)
            try:
                span = span_of(given) if given else None
            except NotAnAddress as error:
                raise WrongQuestion(field, str(error)) from error
            if field == "address" and span and span.first != span.last:
                raise WrongQuestion("address", f"“{given}” is a range: ask for it as a range.")

    def _check_times(self) -> None:
        for field in ("since", "until"):
            given = getattr(self, field)
            if given is not None and given.utcoffset() is None:
                raise WrongQuestion(field, "Say in which time zone: a time without one is not certain.")
        if self.since and self.until and self.since >= self.until:
            raise WrongQuestion("until", "The end is not after the beginning: exchange the two.")
        if wrong := [day for day in self.days if day not in DAYS]:
            raise WrongQuestion("days", f"{wrong[0]} is not a day of the week: Monday is 0, Sunday is 6.")
        if self.hours and (self.hours[0] == self.hours[1] or any(hour.tzinfo for hour in self.hours)):
            raise WrongQuestion("hours", "The hours need a beginning and another end, by the setting’s own clock.")

    @property
    def span(self) -> Span | None:
        """The addresses that are asked for; None where all are."""
        given = self.address or self.network
        return span_of(given) if given else None


def _host(field: str, given: str) -> str:
    """A host as the index has it: small letters, no dot at the end; the full web address is refused with a hint."""
    host = given.lower().strip(".").removeprefix("*.")
    if re.search(r"[/\s@]", host) or "\0" in host:
        raise WrongQuestion(field, "Give the host alone, such as video.example, without what stands before or after.")
    return host


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a log. ``segment`` and ``line`` (from 1) say where the evidence for it lies.

    ``time`` is in UTC. What the log does not say is "" (``user``, ``category``, ``reason``, ``method``) or None.
    ``category`` is the filter's own word. ``url`` is as it came: never make a link of it.
    """

    time: datetime
    setting: str
    address: str
    user: str
    host: str
    url: str
    method: str
    status: int | None
    category: str
    blocked: bool
    reason: str
    bytes: int | None
    segment: str
    line: int
