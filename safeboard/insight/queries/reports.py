"""Reads of annual reports: the board's own, the issues that a place may read, comments, months of returns."""

from __future__ import annotations

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.library import queries as library
from safeboard.library.shapes.reports import Report as Template
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency, Board
from safeboard.standards.models import Round, RoundAgency

from ..choices import ANNUAL_RETURN, ReportState
from ..models import Report, ReportComment, ReportIssue, ReportPart, ReturnClock, ReturnMonth
from .report_figures import SENT, figures_of


def reports_of(access: Access) -> QuerySet[Report]:
    """The acting board's reports, the latest first; none in an agency's place, which reads issues alone."""
    return Report.objects.filter(board_id=access.board_id or 0)


def issues_of(access: Access) -> QuerySet[ReportIssue]:
    """The issues that the acting place may read.

    Those who take part in the board: all of it. Its inspector: those that are signed. An agency: what was opened to it.
    """
    rows = ReportIssue.objects.select_related("board", "report")
    if access.board_id is not None:
        mine = rows.filter(board_id=access.board_id)
        return mine if access.can("insight.see_report") else mine.filter(signed=True)
    if access.agency_id is None:
        return rows.none()
    return rows.filter(board_id__in=partnership.boards_of(access.agency_id), opened_at__isnull=False)


def templates(pack: str) -> list[Template]:
    """What a report can be begun from."""
    return [one for one in library.items(pack, "reports") if isinstance(one, Template)]


def parts_of(report: Report) -> list[ReportPart]:
    """The sections of a report, in order; those that are left out too."""
    return list(report.parts.select_related("changed_by"))


def figures_now(access: Access, report: Report, parts: Sequence[ReportPart]) -> Mapping[str, dict[str, Any]]:
    """The figures that the sections take: those that were frozen with the report, or as they are now."""
    if report.frozen_at is not None:
        return report.figures
    names = [name for part in parts if not part.left_out for name in part.taken]
    return figures_of(access, report.board, report.year, names)


def body_of(report: Report, parts: Sequence[ReportPart], figures: Mapping[str, Any]) -> dict[str, Any]:
    """A report as it is kept: plain values alone, the sections that stand in it with their figures."""
    return {
        "title": report.title,
        "year": report.year,
        "frozen_at": report.frozen_at.isoformat() if report.frozen_at else None,
        "parts": [
            {
                "key": str(part.key),
                "title": part.title,
                "paragraphs": part.paragraphs,
                "figures": [figures[name] | {"name": name} for name in part.taken if name in figures],
            }
            for part in parts
            if not part.left_out
        ],
        "terms": report.terms,
    }


def digest_of(body: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over a body with sorted keys."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def takes_comments(issue: ReportIssue, today: date | None = None) -> bool:
    """Whether comments can be made on it: opened for them, not past the last day, not closed early."""
    if issue.signed or issue.closes_on is None or issue.closed_at is not None:
        return False
    return (today or timezone.localdate()) <= issue.closes_on


def comments_of(access: Access) -> QuerySet[ReportComment]:
    """The comments that the acting place may read: a board those on its reports, an agency its own."""
    rows = ReportComment.objects.select_related("agency", "by", "answered_by", "issue")
    if access.board_id is not None:
        return rows.filter(board_id=access.board_id)
    return rows.filter(agency_id=access.agency_id or 0)


def waiting(report: Report) -> int:
    """How many comments wait for an answer."""
    return ReportComment.objects.filter(issue__report=report, answered_at=None).count()


def signed_issue(board_id: int, year: int | None = None) -> ReportIssue | None:
    """The signed report of a year, or the latest one."""
    rows = ReportIssue.objects.filter(board_id=board_id, signed=True).select_related("board")
    return (rows.filter(year=year) if year else rows).order_by("-year").first()


def public_issue(key: UUID) -> ReportIssue | None:
    """A report that anybody may read. The wall must be open for its board."""
    return ReportIssue.objects.filter(key=key, signed=True, public=True).select_related("board").first()


# The agencies' months ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Month:
    """An agency with its month, and what it sent this year: the day, or that it was asked, or nothing."""

    agency: Agency
    month: int | None
    asked: bool
    due_on: date | None
    returned: bool

    @property
    def name(self) -> str:
        """The month in words."""
        return named(self.month)

    @property
    def late(self) -> bool:
        """Whether it was asked, and its day has passed without a return."""
        return bool(self.asked and not self.returned and self.due_on and self.due_on < timezone.localdate())


def months_of(board: Board, year: int) -> list[Month]:
    """Every agency of a board with its month and this year's return, by month. Three queries."""
    seated = Agency.objects.filter(pk__in=partnership.agencies_in(board.pk)).order_by("name")
    months = dict(ReturnMonth.objects.filter(board=board).values_list("agency_id", "month"))
    rounds = Round.objects.filter(board=board, review=ANNUAL_RETURN, due_on__year=year, sent_at__isnull=False)
    places = RoundAgency.objects.filter(round__in=rounds).values_list("agency_id", "round__due_on", "stand")
    asked = {agency: (due, stand) for agency, due, stand in places}
    rows = [
        Month(one, months.get(one.pk), one.pk in asked, asked.get(one.pk, (None, ""))[0],
              asked.get(one.pk, (None, ""))[1] in SENT)
        for one in seated
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.month or 13, row.agency.name))


def returns_clock(board: Board) -> ReturnClock | None:
    """Whether the returns are asked for by the clock, and who said so; None where nobody has said."""
    return ReturnClock.objects.filter(board=board).select_related("set_by").first()


def named(month: int | None) -> str:
    """A month in words; '' for none."""
    return str(MONTHS[month]) if month else ""


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


# What waits for somebody ---------------------------------------------------------------------------------------


def to_sign(access: Access) -> list[Report]:
    """The reports that wait for the chair's signature, for the chair: frozen, asked about, every comment answered."""
    return _to_sign(access, reports_of(access).filter(**ASKED_ABOUT)) if access.board_id is not None else []


ASKED_ABOUT = {"state": ReportState.DRAFT, "frozen_at__isnull": False, "consulted": True}


def _to_sign(access: Access, asked_about: Iterable[Report]) -> list[Report]:
    """Of these, those that the person signs: who holds the chair is looked up only where there are any."""
    rows = list(asked_about)
    return [one for one in rows if not waiting(one)] if rows and access.can("insight.sign_report") else []


@dataclass(frozen=True)
class Needed:
    """What waits for somebody about a report."""

    text: str
    url: str
    word: str
    colour: str
    due_on: date | None


def home_rows(access: Access) -> list[Needed]:
    """Reports that wait for the chair's signature, or for comments of this place that were not made yet."""
    if not access.can("insight.comment_on_report"):
        return []
    found: list[Any] = _asked(access, timezone.localdate())
    asked_about = {one.report_id: one.report for one in found if not one.open}
    rows = [
        Needed(one.title, reverse("insight:report-sign", args=[one.key]), _("Waits for your signature"), "yellow", None)
        for one in _to_sign(access, asked_about.values())
    ]
    comment = [one for one in found if one.open]
    return rows + [Needed(one.title, one.url, _("Open for comments"), "blue", one.closes_on) for one in comment]


@built_once
def _asked(access: Access, today: date) -> QuerySet[ReportIssue]:
    """Issues that are ``open`` for comments, and on which the person has said nothing; and those that were asked about.

    The chair of the subgroup takes part in the board, and so may comment: nobody else has anything to do here.
    """
    said = ReportComment.objects.filter(by=access.person, issue=OuterRef("pk"))
    is_open = Q(closes_on__gte=today, closed_at=None, signed=False) & ~Q(Exists(said))
    ready = Q(**{f"report__{name}": value for name, value in ASKED_ABOUT.items()})
    rows = issues_of(access) if access.board_id is None else ReportIssue.objects.filter(board_id=access.board_id)
    rows = rows.filter(is_open | ready if access.board_id else is_open).select_related("report").defer("body")
    return rows.annotate(open=Case(When(is_open, then=True), default=False, output_field=BooleanField()))
