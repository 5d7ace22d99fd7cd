"""The board's page of the charts that its agencies adapted, and one of them as it holds there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from safeboard.core.page import page
from safeboard.library import drawing, outline

from .. import agencies


@page("charts.see_adapted")
def adapted(request: HttpRequest) -> HttpResponse:
    """Which agencies keep which chart of their own."""
    return render(request, "charts/agencies.html", {"rows": agencies.adapted(request.access)})


@page("charts.see_adapted")
def of_agency(request: HttpRequest, copy: int) -> HttpResponse:
    """A chart as it holds in one agency, and what is different from the original."""
    row = get_object_or_404(agencies.copies_of_agencies(request.access), pk=copy)
    chart, differences = agencies.held_by(row)
    context = {
        "copy": row,
        "row": row.versions.select_related("by").get(number=row.version),
        "chart": chart,
        "picture": drawing.draw(chart),
        "outline": outline.as_list(chart),
        "differences": differences,
    }
    return render(request, "charts/agency.html", context)
