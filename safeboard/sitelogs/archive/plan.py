"""A question as one relational plan, written once and said in the dialect of whichever engine runs it.

``lines`` and ``addresses`` are the relations: an engine binds them to its files, and may bind less than all of them
where it knows that the rest cannot answer. The plan itself is complete: bound to everything, it answers exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from datetime import time as Clock
from zoneinfo import ZoneInfo

from sqlglot import exp
from sqlglot.expressions import Condition, Select, column, convert, select

from .question import Question
from .reading import backwards

CAPITALS, SMALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
SHOWN = ("moment", "setting", "address", "user", "method", "status", "category", "blocked", "reason", "bytes",
         "segment", "line")  # fmt: skip
HOUR = 3_600_000
NEWEST_FIRST = ("moment", "segment", "line")
Zones = Mapping[str, str]


def small(text: str) -> str:
    """With small letters for the 26 capital ones, and nothing else changed, as the plan compares."""
    return text.translate(str.maketrans(CAPITALS, SMALL))


def milliseconds(moment: datetime) -> int:
    """Since 1970."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def rows(question: Question, zones: Zones, *, within: tuple[int, int], every: bool = False) -> Select:
    """All lines that answer, the newest first, each with its web address.

    ``within``: no line is from outside of it. ``every``: no line is of a setting that was not asked of.
    """
    shown = [_of("lines", name) for name in SHOWN]
    plan = select(*shown, _of("addresses", "url")).from_("lines").join("addresses", on=_same_url())
    return _ordered(_where(plan, question, zones, within, words=True, every=every))


def lines(question: Question, zones: Zones, *, within: tuple[int, int], every: bool = False) -> Select:
    """The same without web addresses, for a question that has no words: ``u`` says which address to look up."""
    plan = select(*[_of("lines", name) for name in ("u", *SHOWN)]).from_("lines")
    return _ordered(_where(plan, question, zones, within, words=False, every=every))


def addresses(question: Question) -> Select:
    """The web addresses that the question's host and words allow."""
    found = [*_hosts("addresses", question), *_words(question)]
    return select(_of("addresses", "u"), _of("addresses", "url")).from_("addresses").where(*found)


def counts(question: Question, zones: Zones, by: str, *, within: tuple[int, int], every: bool = False) -> Select:
    """How many lines answer: by ``hour`` (milliseconds of its beginning), ``host`` (from behind), ``setting``,
    ``category``, or "" (in all).
    """
    moment = _of("lines", "moment")
    keys = {
        "hour": [exp.Sub(this=moment, expression=exp.Mod(this=moment.copy(), expression=convert(HOUR)))],
        "host": [_of("lines", "rhost")],
        "setting": [_of("lines", "setting")],
        "category": [_of("lines", "category")],
        "": [],
    }[by]
    counted = exp.alias_(exp.Count(this=exp.Star()), "n")
    plan = select(*[exp.alias_(key, "k") for key in keys], counted).from_("lines")
    if question.contains:
        plan = plan.join("addresses", on=_same_url())
    plan = _where(plan, question, zones, within, words=bool(question.contains), every=every)
    return plan.group_by(*[key.copy() for key in keys]) if keys else plan


def sums(question: Question, by: str, *, every: bool = False) -> Select:
    """The same from the sums by hour, for a question that they can answer (see :func:`summed`)."""
    key = {"hour": "moment", "setting": "setting", "category": "category", "": ""}[by]
    wanted = [*_settings(question, every), *_span(question), *_kind(question)]
    counted = exp.alias_(exp.Sum(this=_of("lines", "n")), "n")
    shown = [exp.alias_(_of("lines", key), "k")] if key else []
    plan = select(*shown, counted).from_("lines").where(*wanted)
    return plan.group_by(_of("lines", key)) if key else plan


def summed(question: Question, by: str) -> bool:
    """Whether the sums by hour answer it: nothing asked finer than hour, setting, category and blocked."""
    finer = question.span or question.user or question.host or question.under or question.contains
    even = all(end is None or milliseconds(end) % HOUR == 0 for end in (question.since, question.until))
    return not finer and even and not question.days and not question.hours and by != "host"


# What must hold of a line ------------------------------------------------------------------------------------------


def _where(
    plan: Select, question: Question, zones: Zones, within: tuple[int, int], *, words: bool, every: bool
) -> Select:
    wanted = [
        *_settings(question, every),
        *_span(question),
        *_clock(question, zones, within),
        *_who(question),
        *_hosts("lines", question),
        *_kind(question),
    ]
    if words:
        wanted += [*_hosts("addresses", question), *_words(question)]
    return plan.where(*wanted)


def _ordered(plan: Select) -> Select:
    return plan.order_by(*[exp.Ordered(this=_of("lines", name), desc=True) for name in NEWEST_FIRST])


def _of(table: str, name: str) -> exp.Column:
    return column(name, table=table, quoted=True)


def _same_url() -> Condition:
    return exp.EQ(this=_of("lines", "u"), expression=_of("addresses", "u"))


def _equal(table: str, name: str, value: object) -> Condition:
    return exp.EQ(this=_of(table, name), expression=convert(value))


def _between(table: str, name: str, low: object, high: object) -> Condition:
    return exp.Between(this=_of(table, name), low=convert(low), high=convert(high))


def _any(conditions: Iterable[Condition]) -> Condition:
    found = list(conditions)
    return exp.paren(exp.or_(*found)) if found else exp.false()


def _settings(question: Question, every: bool) -> list[Condition]:
    if every:
        return []
    return [exp.In(this=_of("lines", "setting"), expressions=[convert(key) for key in sorted(question.settings)])]


def _span(question: Question) -> list[Condition]:
    found: list[Condition] = []
    moment = _of("lines", "moment")
    if question.since:
        found.append(exp.GTE(this=moment, expression=convert(milliseconds(question.since))))
    if question.until:
        found.append(exp.LT(this=moment.copy(), expression=convert(milliseconds(question.until))))
    return found


def span(question: Question, within: tuple[int, int]) -> tuple[int, int]:
    """The first and last millisecond that can answer, both counted."""
    first = within[0] if question.since is None else max(within[0], milliseconds(question.since))
    last = within[1] if question.until is None else min(within[1], milliseconds(question.until) - 1)
    return first, last


def _kind(question: Question) -> list[Condition]:
    found: list[Condition] = []
    if question.category:
        found.append(_equal("lines", "category", question.category))
    if question.blocked is not None:
        found.append(_equal("lines", "blocked", question.blocked))
    return found


def _who(question: Question) -> list[Condition]:
    found: list[Condition] = []
    if question.span:
        found.append(_between("lines", "address", question.span.first, question.span.last))
    if question.user:
        found.append(exp.EQ(this=_small(_of("lines", "user")), expression=convert(small(question.user))))
    return found


def _small(text: exp.Column) -> exp.Expression:
    return exp.Anonymous(this="TRANSLATE", expressions=[text, convert(CAPITALS), convert(SMALL)])


def _hosts(table: str, question: Question) -> list[Condition]:
    """Exact, or the host and all below: from behind these begin with it and a dot ("/" comes after the dot)."""
    found: list[Condition] = []
    if question.host:
        found.append(_equal(table, "rhost", backwards(question.host)))
    if question.under:
        top = backwards(question.under)
        below = exp.and_(
            exp.GT(this=_of(table, "rhost"), expression=convert(top + ".")),
            exp.LT(this=_of(table, "rhost"), expression=convert(top + "/")),
        )
        found.append(_any([_equal(table, "rhost", top), below]))
    return found


def _words(question: Question) -> list[Condition]:
    if not question.contains:
        return []
    at = exp.StrPosition(this=_small(_of("addresses", "url")), substr=convert(small(question.contains)))
    return [exp.GT(this=at, expression=convert(0))]


# Days and hours of the settings' own clocks ------------------------------------------------------------------------


def _clock(question: Question, zones: Zones, within: tuple[int, int]) -> list[Condition]:
    if not question.days and not question.hours:
        return []
    by_zone: dict[str, list[str]] = {}
    for key in sorted(question.settings):
        by_zone.setdefault(zones.get(key, ""), []).append(key)
    found = []
    for zone, keys in by_zone.items():
        slots = [_between("lines", "moment", first, last - 1) for first, last in slots_of(question, zone, within)]
        here = exp.In(this=_of("lines", "setting"), expressions=[convert(key) for key in keys])
        found.append(exp.paren(exp.and_(here, _any(slots))))
    return [_any(found)]


def slots_of(question: Question, zone: str, within: tuple[int, int]) -> list[tuple[int, int]]:
    """The stretches of time (from, to; milliseconds) that the days and hours allow by that clock.

    Hours over midnight belong to the day on which they begin.
    """
    clock = ZoneInfo(zone)
    first, last = span(question, within)
    begin, end = question.hours or (Clock(0), Clock(0))
    day = datetime.fromtimestamp(first / 1000, clock).date() - timedelta(days=1)
    found = []
    while milliseconds(datetime.combine(day, Clock(0), clock)) <= last:
        if not question.days or day.weekday() in question.days:
            to_day = day if end > begin else day + timedelta(days=1)
            slot = tuple(milliseconds(datetime.combine(on, at, clock)) for on, at in ((day, begin), (to_day, end)))
            if slot[1] > first:
                found.append((slot[0], slot[1]))
        day += timedelta(days=1)
    return found
