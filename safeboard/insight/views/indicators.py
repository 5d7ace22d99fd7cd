"""Pages of indicators: the list, one with its course, its target and owner, and those of the board's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership

from ..forms import GIVEN, ChooseForm, OwnForm, SetForm
from ..models import Baseline, BoardIndicator
from ..operations import NotPossible, add_indicator, retire_indicator, set_indicator
from ..queries import asking
from ..queries import indicators as reads
from ..svg import drawn
from .frame import board_of, parts

BOTH = ("GET", "POST")


def _indicator(request: HttpRequest, pk: int) -> BoardIndicator:
    rows = BoardIndicator.objects.select_related("owner", "baseline", "board")
    return get_object_or_404(rows, board_id=request.access.board_id, pk=pk)


def _sent(request: HttpRequest, form: BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form was sent, is whole, and what it asks for was done; what is refused stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        call()
    except NotPossible as why:
        form.add_error(None, str(why))
        return False
    return True


@page("insight.picture")
def indicators(request: HttpRequest) -> HttpResponse:
    """What the board counts, and where each stands against its target."""
    context = {
        "courses": reads.courses(request.access, request.access.board_id or 0),
        "may_set": request.access.can("insight.set_indicators"),
        "parts": parts(request, "indicators"),
    }
    return render(request, "insight/indicators.html", context)


@page("insight.picture")
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: what is counted over what, its course as a drawing and a table, its target and owner."""
    row = _indicator(request, pk)
    course = reads.course(row, reads.snapshots_of(request.access, row.board_id))
    context = {
        "indicator": row,
        "course": course,
        "trend": drawn(course),
        "counted_from": asking.source_of(row),
        "rows": [(point, reads.said(row, point.value)) for point in reversed(course.points)],
        "lines": reads.lines_of(row, course),
        "may_set": request.access.can("insight.set_indicators", row),
        "parts": parts(request, "indicators"),
    }
    return render(request, "insight/indicator.html", context)


@page("insight.set_indicators", methods=BOTH)
def indicator_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Target, baseline and owner."""
    row = _indicator(request, pk)
    require(request.access, "insight.set_indicators", row)
    place = request.access.place
    owners = [one.person for one in partnership.members_of_place(place)] if place else []
    baselines = Baseline.objects.filter(board_id=row.board_id)
    form = SetForm(typed(request), indicator=row, owners=owners, baselines=baselines)

    def keep() -> None:
        given = {name: form.cleaned_data[name] for name in GIVEN}
        set_indicator(by=request.access, indicator=row, given=given)

    if _sent(request, form, keep):
        return redirect("insight:indicator", pk=row.pk)
    return render(request, "insight/indicator_form.html", {"form": form, "indicator": row, "heading": row.title})


@page("insight.set_indicators", methods=BOTH)
def indicator_add(request: HttpRequest) -> HttpResponse:
    """An indicator of the board's own: which question, then which of its answers count."""
    board = board_of(request.access)
    asked = asking.questions(board)
    one = next((one for one in asked if one.key == request.GET.get("asked")), None)
    heading = _("An indicator of your own")
    if one is None:
        form: Any = ChooseForm(request.GET if "asked" in request.GET else None, questions=asking.choices(asked))
        return render(request, "insight/indicator_choose.html", {"form": form, "heading": heading})
    form = OwnForm(typed(request), question=one.words, answers=one.answers)

    def add() -> None:
        given = form.cleaned_data | {"source": one.source, "item": one.item, "question": one.question}
        add_indicator(by=request.access, board=board, **given)

    if _sent(request, form, add):
        return redirect("insight:indicators")
    return render(request, "insight/indicator_form.html", {"form": form, "heading": heading, "asked": one})


@page("insight.set_indicators", methods=BOTH)
def indicator_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Count it no more, after a question."""
    row = _indicator(request, pk)
    if row.retired_at:
        raise Http404("counted no more")
    if request.method == "POST":
        retire_indicator(by=request.access, indicator=row)
        messages.success(request, _("It is counted no more."))
        return redirect("insight:indicators")
    context = {
        "question": _("Count “%(title)s” no more?") % {"title": row.title},
        "lines": [_("It leaves the dashboard and the list. What was counted so far is kept. This cannot be undone.")],
        "button": _("Count it no more"),
        "back": reverse("insight:indicator", args=[row.pk]),
    }
    return render(request, "web/ask.html", context)
