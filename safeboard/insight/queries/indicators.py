"""Reads of indicators: what each was at the snapshots, against its target and its baseline. Nothing is counted here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.documents.suppression import Count, shown

from ..models import BoardIndicator, Snapshot
from ..pictures import title_of
from .releases import SIGNS, figure

SHOWN_MONTHS = 13
WHOLE = 100
LARGEST = 2  # lines of a table that are named
REACHED, NEARER, AWAY, NO_TARGET, UNKNOWN = "reached", "nearer", "away", "none", "unknown"
STATES = {
    REACHED: gettext_lazy("Target reached"),
    NEARER: gettext_lazy("On the way"),
    AWAY: gettext_lazy("Not on the way"),
    NO_TARGET: gettext_lazy("To be watched"),
    UNKNOWN: gettext_lazy("Not known yet"),
}


@dataclass(frozen=True)
class Point:
    """What an indicator was at a moment: a word for the moment, its figure, and the same as so many of a hundred."""

    label: str
    count: Count
    at: datetime
    value: Mapping[str, Any]


@dataclass(frozen=True)
class Course:
    """An indicator with its figures over time, the oldest first."""

    indicator: BoardIndicator
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point | None:
        """The figure of the last snapshot."""
        return self.points[-1] if self.points else None

    @cached_property
    def baseline(self) -> int | None:
        """What it is held against: an older figure that the board knows, or the frozen quarter that it chose."""
        row = self.indicator
        if row.baseline_figure is not None:
            return row.baseline_figure
        return number(row.baseline.values.get(row.name, {})).value if row.baseline else None

    @property
    def of_nobody(self) -> bool:
        """Whether the latest figure is of agencies, and of none of them is anything known."""
        return of_nobody(self.latest.value) if self.latest else False

    @cached_property
    def state(self) -> str:
        """Whether the target is reached, nearer than at the baseline, or farther away; none without a target.

        Of what is known of no agency nothing is said: it is not a nought.
        """
        row, now = self.indicator, self.latest.count.value if self.latest else None
        if row.target is not None and row.direction != "watch" and self.of_nobody:
            return UNKNOWN
        if row.target is None or now is None or row.direction == "watch":
            return NO_TARGET
        up = row.direction == "up"
        if (now >= row.target) if up else (now <= row.target):
            return REACHED
        first = self.baseline if self.baseline is not None else self.known[0]
        better = first is not None and ((now > first) if up else (now < first))
        return NEARER if better else AWAY

    @property
    def state_words(self) -> str:
        """The state in words."""
        if self.indicator.target is None:
            return _("No target")
        return str(STATES[self.state])

    @property
    def colour(self) -> str:
        """The colour of the tag that bears the words."""
        return {REACHED: "green", NEARER: "yellow", AWAY: "red", NO_TARGET: "grey", UNKNOWN: "grey"}[self.state]

    @property
    def said(self) -> str:
        """The latest figure in words: '34 of 50 agencies; 6 do not, 10 are not known'."""
        return said(self.indicator, self.latest.value) if self.latest else _("Not counted yet")

    @property
    def rose(self) -> bool:
        """Whether the last figure is larger than the one before."""
        return len(self.known) > 1 and self.known[-1] > self.known[-2]

    @cached_property
    def known(self) -> list[int]:
        """The figures that are known and may be shown, the oldest first."""
        return [point.count.value for point in self.points if point.count.value is not None]

    @cached_property
    def counted(self) -> list[Point]:
        """The moments at which something was known of it, also where that may not be shown."""
        return [point for point in self.points if point.count.value is not None or point.count.hidden]

    @property
    def only(self) -> str:
        """Of what was counted once: 'One count so far: 50 of a hundred (3 March 2026), target 80.'"""
        if len(self.counted) != 1:
            return ""
        one, target = self.counted[0], self.indicator.target
        figure = _("%(figure)s of a hundred") if self.indicator.is_share else "%(figure)s"
        words = {
            "figure": _("too few to be shown") if one.count.hidden else figure % {"figure": one.count.shown},
            "when": one.label,
            "target": "" if target is None else _(", target %(figure)s") % {"figure": f"{target:,}"},
        }
        return _("One count so far: %(figure)s (%(when)s)%(target)s.") % words

    @property
    def answer(self) -> str:
        """The sentence below the title; a rise of incidents is explained (Toolkit s6)."""
        explain = str(self.indicator.definition.get("explain", ""))
        return f"{self.said}. {explain}" if explain and self.rose else f"{self.said}."


def of_nobody(value: Mapping[str, Any]) -> bool:
    """Whether a figure is of agencies, and of none of them is anything known: that is no nought."""
    return bool(value.get("whole")) and value.get("unknown") == value["whole"]


def number(value: Mapping[str, Any]) -> Count:
    """An indicator's figure: of agencies, so many of a hundred, else as it was kept; not available where empty."""
    if of_nobody(value):
        return SIGNS[":"]
    if "whole" in value:
        return shown(round(WHOLE * value["has"] / value["whole"])) if value["whole"] else SIGNS["z"]
    return figure(value.get("figure", ":"))


def _of_agencies(has: int, lacks: int, unknown: int, whole: int) -> str:
    """'34 of 50 agencies; 6 do not, 10 are not known': nothing is said of what is nought."""
    if whole and unknown == whole:
        words = ngettext("Not known yet of the %(n)s agency", "Not known yet of any of %(n)s agencies", whole)
        return words % {"n": f"{whole:,}"}
    others = [
        ngettext("%(n)s does not", "%(n)s do not", lacks) % {"n": f"{lacks:,}"} if lacks else "",
        ngettext("%(n)s is not known", "%(n)s are not known", unknown) % {"n": f"{unknown:,}"} if unknown else "",
    ]
    rest = ", ".join(filter(None, others))
    first = _("%(has)s of %(whole)s agencies") % {"has": f"{has:,}", "whole": f"{whole:,}"}
    return f"{first}; {rest}" if rest else first


def said(indicator: BoardIndicator, value: Mapping[str, Any]) -> str:
    """A figure in words."""
    if "whole" in value:
        return _of_agencies(value["has"], value["lacks"], value["unknown"], value["whole"])
    count = number(value)
    words = {"figure": count.shown, "of": value.get("of", "")}
    if count.hidden:
        return _("Too few to be shown (%(of)s)") % words
    if count.value is None:
        return _("Not available yet")
    if indicator.source == "survey":
        return _("%(figure)s of a hundred who answered") % words
    if not words["of"]:
        return count.shown
    if value.get("rows"):
        return _mostly(indicator, value) or _of_incidents(count.value, str(words["of"]))
    return _of_incidents(count.value, str(words["of"]))


def _of_incidents(many: int, of: str) -> str:
    words = ngettext("%(n)s incident, %(of)s", "%(n)s incidents, %(of)s", many)
    return words % {"n": f"{many:,}", "of": of}


def _mostly(indicator: BoardIndicator, value: Mapping[str, Any]) -> str:
    """The two largest lines of a table that are shown: 'Most: Bullying (134), then Fraud (60); of 452 incidents, …'."""
    lines = [(line, many) for line, many in value["rows"] if isinstance(many, int) and many]
    if not lines:
        return ""
    table, pack = str(indicator.definition["incidents"]), indicator.board.pack
    first = sorted(lines, key=lambda one: -one[1])[:LARGEST]
    named = _(", then ").join(f"{title_of(pack, table, line)} ({many:,})" for line, many in first)
    return _("Most: %(named)s; of %(all)s") % {
        "named": named,
        "all": _of_incidents(value["figure"], str(value["of"])),
    }


@built_once
def indicators_of(access: Access, board_id: int) -> QuerySet[BoardIndicator]:
    """The indicators that the board counts."""
    rows = BoardIndicator.objects.filter(board_id=board_id, retired_at__isnull=True)
    return rows.select_related("owner", "baseline", "board")


def snapshots_of(access: Access, board_id: int) -> list[Snapshot]:
    """The snapshots of the last months, the oldest first: the monthly ones, and the last of all. One query."""
    found = _newest(access, board_id)
    monthly = [row for row in found if row.month][:SHOWN_MONTHS]
    latest = [] if not found or found[0].month else found[:1]
    return [*reversed(monthly), *latest]


@built_once
def _newest(access: Access, board_id: int) -> QuerySet[Snapshot]:
    rows = Snapshot.objects.filter(board_id=board_id)
    return rows.filter(~Q(month="") | Q(pk__in=rows.values("pk")[:1]))[: SHOWN_MONTHS + 1]


def course(indicator: BoardIndicator, snapshots: Sequence[Snapshot]) -> Course:
    """The figures of one indicator. Of incidents, which are counted by the quarter, each quarter once."""
    points: dict[str, Point] = {}
    for row in snapshots:
        value = row.of(indicator.name)
        if not value:
            continue
        label = _of(indicator, value) or _label(row.day)
        if indicator.source == "incidents" and not value.get("of"):
            continue
        for earlier, plain in value.get("before", ()):
            points.setdefault(earlier, Point(earlier, figure(plain), row.at, {"figure": plain, "of": earlier}))
        points[label] = Point(label, number(value), row.at, value)
    return Course(indicator, tuple(points.values()))


def _of(indicator: BoardIndicator, value: Mapping[str, Any]) -> str:
    """What a figure is of: the quarter of incidents, the day on which a survey was counted."""
    of = str(value.get("of", ""))
    return _label(date.fromisoformat(of)) if of and indicator.source == "survey" else of


def _label(day: date) -> str:
    return times.exact(day)


def courses(access: Access, board_id: int, snapshots: Sequence[Snapshot] | None = None) -> list[Course]:
    """All indicators of a board with their figures."""
    rows = snapshots_of(access, board_id) if snapshots is None else snapshots
    return [course(one, rows) for one in indicators_of(access, board_id)]


def lines_of(indicator: BoardIndicator, course: Course) -> list[tuple[str, Count]]:
    """The lines of the latest figure where it is a table: as they were released."""
    latest = course.latest
    if latest is None or "rows" not in latest.value:
        return []
    table = str(indicator.definition["incidents"])
    return [(title_of(indicator.board.pack, table, line), figure(plain)) for line, plain in latest.value["rows"]]
