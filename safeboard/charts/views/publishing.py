"""From a draft to the chart that holds: walked in trial, published with its differences, withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library import drawing, engine, outline, poster
from safeboard.library.schemas import Chart
from safeboard.partnership import queries as partnership

from .. import operations, queries
from ..errors import ChangedMeanwhile, Refused
from ..forms import PublishForm
from ..queries import Copy
from ..wording import time_of
from .frame import BOTH, between_words, can_be_walked, copy_or_404, frame, number, over_draft, stale, with_edition


@page("charts.keep", methods=BOTH)
@over_draft
def trial(request: HttpRequest, copy: Copy, draft: Chart) -> HttpResponse:
    """Walk the draft in trial: nothing is written to any incident, and the way is in the address alone."""
    if not can_be_walked(draft):
        messages.warning(request, _("The draft has faults that stop a walk. Mend them first."))
        return redirect("charts:own", name=copy.chart)
    asked = request.POST if request.method == "POST" else request.GET
    way = queries.unpacked(asked.get("way", ""))
    try:
        here = engine.walk(draft, way)
        if request.method == "POST" and here.step:
            return _answered(request, copy, draft, way, here.step.id)
    except engine.WalkError:
        messages.warning(request, _("The draft is another than it was: this way no longer fits it. Begin again."))
        return redirect("charts:trial", name=copy.chart)
    context = frame(copy, draft) | _standing(request, copy, draft, here)
    return render(request, "charts/trial.html", context | {"way": queries.packed(way)})


def _answered(request: HttpRequest, copy: Copy, draft: Chart, way: Any, step: str) -> HttpResponse:
    """On to where the answer leads. A whole way is marked as walked."""
    chosen, address = request.POST.get("answer", ""), reverse("charts:trial", args=[copy.chart])
    if not chosen:
        return redirect(f"{address}?{urlencode({'way': queries.packed(way), 'choose': 1})}")
    further = [*way, (step, chosen)]
    edition = number(request.POST.get("edition"))
    if engine.walk(draft, further).finished:
        try:
            operations.mark_tried(by=request.access, copy=copy, edition=edition, way=further)
        except ChangedMeanwhile:
            stale(request, copy, edition)
            return redirect(address)
    return redirect(f"{address}?{urlencode({'way': queries.packed(further)})}")


def _standing(request: HttpRequest, copy: Copy, draft: Chart, here: engine.Position) -> dict[str, Any]:
    now = timezone.now()
    node = here.step or here.outcome
    lines = partnership.contact_lines(request.access)
    duties = [
        {
            "title": raised.duty.title,
            "owner": poster.owner_name(raised.duty.owner),
            "within": time_of(raised.duty),
            "at": times.after(now, raised.duty.within, working_days=raised.duty.working_days),
            "to": queries.contact_title(copy, raised.duty.to) if raised.duty.to else "",
        }
        for raised in here.duties
    ]
    back = queries.packed([(one.step.id, one.answer.id) for one in here.path[:-1]])
    return {
        "position": here,
        "node": node,
        "tasks": [(do.text, lines.get(do.contact) if do.contact else None) for do in node.do],
        "ring": [lines[name] for name in here.outcome.contacts if name in lines] if here.outcome else [],
        "duties": duties,
        "picture": drawing.draw(draft, here, prefix="trial"),
        "back": back,
        "choose": "choose" in request.GET,
        "trial": queries.trial_of(copy, draft) if here.outcome else None,
    }


@page("charts.keep", methods=BOTH)
@over_draft
def publish(request: HttpRequest, copy: Copy, draft: Chart) -> HttpResponse:
    """What would change, what was tried, and a note: then it holds."""
    form = PublishForm(typed(request), initial={"edition": copy.edition})
    if request.method == "POST" and form.is_valid():
        edition, note = form.cleaned_data["edition"], form.cleaned_data["note"]
        try:
            operations.publish(by=request.access, copy=copy, edition=edition, note=note)
        except ChangedMeanwhile:
            copy.refresh_from_db()
            form.data = with_edition(form.data, copy.edition)
            form.add_error(None, between_words(copy))
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Published. From now on this chart holds here."))
            return redirect("charts:own", name=copy.chart)
    if copy.draft is None:
        return redirect("charts:own", name=copy.chart)
    return render(request, "charts/publish.html", _to_publish(copy, queries.draft_of(copy)) | {"form": form})


def _to_publish(copy: Copy, draft: Chart) -> dict[str, Any]:
    before = queries.compared_with(copy)
    context = frame(copy, draft)
    sound = can_be_walked(draft)
    return context | {
        "trial": queries.trial_of(copy, draft) if sound else None,
        "differences": queries.between(copy, before, draft) if before else [],
    }


@page("charts.keep", methods=BOTH)
@over_draft
def discard(request: HttpRequest, copy: Copy, draft: Chart) -> HttpResponse:
    """Throw the draft away, after a question."""
    if request.method == "POST":
        edition = number(request.POST.get("edition"))
        try:
            operations.discard(by=request.access, copy=copy, edition=edition)
            messages.success(request, _("The draft is gone. The chart that holds is as it was."))
        except ChangedMeanwhile:
            stale(request, copy, edition)
        return redirect("charts:own", name=copy.chart)
    return render(request, "charts/discard.html", {"copy": copy, "chart": draft})


@page("charts.keep", methods=BOTH)
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Let the board's chart, or the pack's, hold again, after a question."""
    copy = copy_or_404(request, name)
    if request.method == "POST":
        operations.withdraw(by=request.access, copy=copy)
        messages.success(request, _("Withdrawn. Incidents that walked it keep the words they were shown."))
        return redirect("charts:chart", name=name)
    if copy.version is None:
        return redirect("charts:own", name=name)
    return render(request, "charts/withdraw.html", {"copy": copy, "chart": queries.version_of(copy, copy.version)})


@page("charts.keep", methods=BOTH)
def original(request: HttpRequest, name: str) -> HttpResponse:
    """What is new in the pack's chart since somebody here looked at it."""
    copy = copy_or_404(request, name)
    if request.method == "POST":
        operations.look_at_original(by=request.access, copy=copy)
        return redirect("charts:own", name=name)
    newer, chart = queries.newer_original(copy), queries.original_of(copy)
    if newer is None or chart is None:
        return redirect("charts:own", name=name)
    return render(request, "charts/original.html", {"copy": copy, "newer": newer, "chart": chart})


@page("charts.keep")
def version(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """A version as it was published, and what it changed."""
    copy = copy_or_404(request, name)
    row = get_object_or_404(copy.versions.select_related("by"), number=number)
    chart = queries.version_of(copy, number)
    before = queries.version_of(copy, number - 1) if number > 1 else queries.original_of(copy)
    context = {
        "copy": copy,
        "row": row,
        "chart": chart,
        "picture": drawing.draw(chart),
        "outline": outline.as_list(chart),
        "differences": queries.between(copy, before, chart) if before else [],
    }
    return render(request, "charts/version.html", context)
