"""Following a chart: one step a page, the chart beside it, and what to do at its end."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.library import queries as library
from safeboard.library.drawing import as_list, draw
from safeboard.library.queries import UnknownItem

from .. import operations
from ..choices import ReferralState
from ..errors import Refused
from ..models import Duty, Incident, Referral, Walk
from ..operations.walks import position
from ..queries.contacts import lines_for, numbered, tasks
from ..queries.walking import recommended, step_answers
from .frame import BOTH, find, frame


@page("incidents.walk", methods=BOTH)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a chart of the pack; the one for this kind of incident stands first."""
    incident = find(request, pk, "incidents.walk")
    charts = recommended(incident)
    if request.method == "POST":
        chosen = next((chart for chart in charts if chart.id == request.POST.get("chart")), None)
        if chosen:
            walk = operations.start_walk(by=request.access, incident=incident, chart=chosen.id)
            return redirect("incidents:walk", pk=incident.pk, walk=walk.pk)
        messages.error(request, _("Choose one of the charts below."))
    return render(request, "incidents/walk_start.html", frame(request, incident) | {"charts": charts})


def with_its_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the words of a chart's version are no longer here, say so and show the story, which has the answers."""

    @wraps(view)
    def shown(request: HttpRequest, pk: int, walk: int) -> HttpResponse:
        try:
            return view(request, pk, walk)
        except UnknownItem:
            words = _("The words of that chart are no longer here. Its answers are kept in the story.")
            messages.warning(request, words)
            return redirect("incidents:record", pk=pk)

    return shown


@page("incidents.see", methods=BOTH)
@with_its_words
def walk(request: HttpRequest, pk: int, walk: int) -> HttpResponse:
    """The step that the walk stands at, or its outcome."""
    incident, row = _found(request, pk, walk)
    if request.method == "POST":
        return _answered(request, incident, row)
    context = _standing(request, incident, row)
    name = "outcome" if context["position"].finished else "step"
    return render(request, f"incidents/walk_{name}.html", context)


@page("incidents.walk", methods=("POST",))
@with_its_words
def back(request: HttpRequest, pk: int, walk: int) -> HttpResponse:
    """Back one step."""
    incident, row = _found(request, pk, walk, "incidents.walk")
    try:
        operations.take_back(by=request.access, walk=row, order=_number(request.POST.get("order")))
    except Refused as why:
        messages.warning(request, str(why))
    return redirect("incidents:walk", pk=incident.pk, walk=row.pk)


@page("incidents.see")
@with_its_words
def chart(request: HttpRequest, pk: int, walk: int) -> HttpResponse:
    """The chart at full size with the way that was taken, and the same in words."""
    incident, row = _found(request, pk, walk)
    shape, here = library.chart(row.pack, row.chart, row.version), position(row)
    picture, outline = draw(shape, here, prefix="walked"), as_list(shape, here)
    context = frame(request, incident) | {"walk": row, "chart": shape, "picture": picture, "outline": outline}
    return render(request, "incidents/walk_chart.html", context)


def _found(request: HttpRequest, pk: int, walk: int, permission: str = "") -> tuple[Incident, Walk]:
    incident = find(request, pk, permission)
    return incident, get_object_or_404(Walk.objects.select_related("incident"), pk=walk, incident=incident)


def _answered(request: HttpRequest, incident: Incident, row: Walk) -> HttpResponse:
    """Take an answer; a page that is no longer current is told so, and shown where the chart stands now."""
    step, chosen = request.POST.get("step", ""), request.POST.get("answer", "")
    here = reverse("incidents:walk", args=[incident.pk, row.pk])
    if not chosen:
        return redirect(f"{here}?choose=1")
    try:
        operations.answer(
            by=request.access, walk=row, step=step, answer=chosen, order=_number(request.POST.get("order"))
        )
    except Refused as why:
        messages.warning(request, str(why))
    return redirect(here)


def _number(text: str | None) -> int:
    """The number of a step as a form posts it; 0, which no step has, where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _standing(request: HttpRequest, incident: Incident, row: Walk) -> dict[str, Any]:
    shape, here = library.chart(row.pack, row.chart, row.version), position(row)
    lines = lines_for(request.access, incident)
    node = here.step or here.outcome
    context = frame(request, incident) | {
        "walk": row,
        "position": here,
        "node": node,
        "order": len(here.path) + 1,
        "tasks": tasks(node.do, lines),
        "picture": draw(shape, here, prefix="walked"),
        "lines": lines,
        "choose": "choose" in request.GET,
    }
    if here.step:
        return context | {"answers": step_answers(here.step, lines)}
    duties = list(Duty.objects.filter(incident=incident, walk=row).order_by("due_at", "pk"))
    drafted = {one.to: one for one in Referral.objects.filter(incident=incident, state=ReferralState.DRAFTED)}
    contacts = numbered(here.outcome.contacts, lines)
    return context | {"contacts": contacts, "duties": duties, "drafted": drafted}
