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
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from ..forms import NarrowForm
from ..operations import downloaded, take_snapshot, take_up
from ..queries import dashboard as reads
from ..queries import standings
from ..queries.indicators import AWAY, NEARER, REACHED, snapshots_of
from ..queries.narrowing import Narrowed
from ..queries.narrowing import narrowed as narrow
from ..svg import drawn
from .frame import board_of, parts

SHOWN_FIRST, PAGE = 8, 100
AIMED = (AWAY, NEARER, REACHED)


@page("insight.picture")
def dashboard(request: HttpRequest) -> HttpResponse:
    """How the board's agencies stand, what moves, what is late, what changed since the last meeting."""
    board = board_of(request.access)
    form, narrowed = _filter(request, board)
    found = reads.of_board(request.access, narrowed)
    context = {
        "found": found,
        "aimed": [one for one in found.courses if one.state in AIMED],
        "others": [one for one in found.courses if one.state not in AIMED],
        **_about(form, narrowed),
        "parts_shown": standings.PARTS.values(),
        "rows": found.rows[:SHOWN_FIRST],
        "letters": standings.legend(),
        "parts": parts(request, "dashboard"),
        "may_count": request.access.can("insight.take_snapshot"),
    }
    return render(request, "insight/dashboard.html", context)


def _filter(request: HttpRequest, board: Board) -> tuple[NarrowForm, Narrowed]:
    """The filter above a dashboard, and what it asks for."""
    snapshots, towns = snapshots_of(request.access, board.pk), partnership.towns(request.access, board.pk)
    form = NarrowForm(request.GET, pack=board.pack, towns=towns, snapshots=snapshots)
    return form, narrow(board, snapshots, form.cleaned_data if form.is_valid() else {})


def _about(form: NarrowForm, narrowed: Narrowed) -> dict[str, object]:
    chosen = narrowed.among is not None or narrowed.until is not None
    return {"form": form, "chosen": chosen, "among": narrowed.among is not None, "clear": "?"}


@page("insight.picture")
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency by part, the worst first."""
    form, narrowed = _filter(request, board_of(request.access))
    counted = [one for one in narrowed.snapshots or () if narrowed.until is None or one.at <= narrowed.until]
    latest = counted[-1] if counted else None
    found = standings.heat(request.access, latest, narrowed.among) if latest else []
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "latest": latest,
        **_about(form, narrowed),
        "rows": shown.object_list,
        "page_obj": shown,
        "parts_shown": standings.PARTS.values(),
        "letters": standings.legend(),
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
        "trends": [(course, drawn(course)) for course in with_target[: reads.ON_A_SHEET]],
        "more": max(len(with_target) - reads.ON_A_SHEET, 0),
        "parts_shown": standings.PARTS.values(),
        "rows": [row for row in found.rows if "R" in row.letters][: reads.ON_A_SHEET],
        "letters": standings.legend(),
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
        "letters": standings.legend(),
        "overdue": reads.overdue(request.access),
    }
    return render(request, "insight/ours.html", context)
