"""Dashboards: the board's, an agency's, and the sheet for the subgroup's meeting. Read from snapshots."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared, print_pdf

from ..drawing import trend
from ..operations import downloaded, take_snapshot, take_up
from ..queries import dashboard as reads
from .frame import board_of, parts

SHOWN_FIRST, PAGE = 20, 100


@page("insight.picture")
def dashboard(request: HttpRequest) -> HttpResponse:
    """How the board's agencies stand, what moves, what is late, what changed since the last meeting."""
    found = reads.of_board(request.access)
    context = {
        "found": found,
        "trends": [(course, trend(course)) for course in found.courses],
        "parts_shown": reads.PARTS.values(),
        "rows": found.rows[:SHOWN_FIRST],
        "letters": reads.legend(),
        "parts": parts(request, "dashboard"),
        "may_count": request.access.can("insight.take_snapshot"),
    }
    return render(request, "insight/dashboard.html", context)


@page("insight.picture")
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency by part, the worst first."""
    latest = reads.latest_snapshot(request.access.board_id or 0)
    shown = Paginator(reads.heat(latest) if latest else [], PAGE).get_page(request.GET.get("page"))
    context = {
        "latest": latest,
        "rows": shown.object_list,
        "page_obj": shown,
        "parts_shown": reads.PARTS.values(),
        "letters": reads.legend(),
        "parts": parts(request, "agencies"),
    }
    return render(request, "insight/agencies.html", context)


@page("insight.picture")
def meeting(request: HttpRequest) -> HttpResponse:
    """One sheet for the subgroup's meeting, as a PDF. That it was taken is recorded."""
    board, found = board_of(request.access), reads.of_board(request.access)
    title = _("The board’s picture: %(board)s") % {"board": board.name}
    with_target = sorted(found.courses, key=lambda one: one.indicator.target is None)  # and then in their own order
    context = {
        "title": title,
        "found": found,
        "trends": [(course, trend(course)) for course in with_target[: reads.ON_A_SHEET]],
        "more": max(len(with_target) - reads.ON_A_SHEET, 0),
        "parts_shown": reads.PARTS.values(),
        "rows": [row for row in found.rows if "R" in row.letters][: reads.ON_A_SHEET],
        "letters": reads.legend(),
        "day": timezone.localdate(),
    }
    html = render_to_string("insight/meeting_paper.html", context)
    content = prepared(key_of("meeting-sheet", html), print_pdf, html=html, title=title)
    if content is not None:
        downloaded(by=request.access, kind="meeting")
    return pdf_or_wait(request, content, filename=f"dashboard-{timezone.localdate().isoformat()}.pdf")


@page("insight.take_snapshot", methods=("POST",))
def snapshot(request: HttpRequest) -> HttpResponse:
    """Count now: a snapshot beside the monthly ones."""
    board = board_of(request.access)
    take_up(by=request.access, board=board)
    take_snapshot(by=request.access, board=board)
    messages.success(request, _("Counted. What was counted before stays as it was."))
    return redirect("insight:dashboard")


@page("insight.our_standing")
def ours(request: HttpRequest) -> HttpResponse:
    """How the own agency stands in its boards, and its staff beside its lead."""
    context = {
        "boards": reads.ours(request.access),
        "letters": reads.legend(),
        "overdue": reads.overdue(request.access),
    }
    return render(request, "insight/ours.html", context)
