"""The charts that hold in a place with local names and numbers, their posters, and the directory of outside help."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared
from safeboard.library import drawing, outline, poster
from safeboard.library import queries as library
from safeboard.library.jobs import make_poster
from safeboard.partnership import queries as partnership
from safeboard.partnership.queries import ContactLine

from .. import queries
from ..queries import Holding

PAPERS = {"a4": "A4", "a3": "A3"}


def pack_here(request: HttpRequest) -> str:
    """The id of the pack of the place acted in; 404 where there is none."""
    pack = partnership.pack_of(request.access)
    if not pack:
        raise Http404
    return pack


def holding_or_404(request: HttpRequest, name: str) -> Holding:
    """The chart of that id as it holds here."""
    try:
        return queries.chart_for(request.access, name)
    except library.UnknownItem:
        raise Http404 from None


@page("charts.see")
def charts(request: HttpRequest) -> HttpResponse:
    """All charts that hold here, and the drafts that somebody works on."""
    pack_here(request)
    may_keep = request.access.can("charts.keep")
    drafts = {copy.chart for copy in queries.copies(request.access) if copy.draft is not None} if may_keep else set()
    found = queries.charts_here(request.access)
    return render(request, "charts/list.html", {"holdings": found, "drafts": drafts, "may_keep": may_keep})


@page("charts.see")
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart: drawn, in words, and whom it names with the local numbers."""
    holding = holding_or_404(request, name)
    lines = partnership.contact_lines(request.access)
    named = poster.lines_for(holding.chart, library.pack(pack_here(request)), {})
    context = {
        "holding": holding,
        "chart": holding.chart,
        "picture": drawing.draw(holding.chart),
        "outline": outline.as_list(holding.chart),
        "lines": [(line.title, lines[kind]) for kind, line in named.items() if kind in lines],
        "may_keep": request.access.can("charts.keep"),
        "kept_here": queries.copies(request.access).filter(chart=name).exists(),
    }
    return render(request, "charts/chart.html", context)


@page("charts.see")
def chart_poster(request: HttpRequest, name: str, paper: str) -> HttpResponse:
    """A chart as a poster (PDF) with the local names and numbers filled in."""
    holding = holding_or_404(request, name)
    lines = partnership.contact_lines(request.access)
    printed = {kind: _printed(line) for kind, line in lines.items() if line.source != "directory"}
    asked = {
        "pack": pack_here(request),
        "name": name,
        "version": holding.chart.version,
        "paper": PAPERS[paper],
        "place": request.access.place.name,
        "contacts": {kind: [line.name, line.telephone, line.hours] for kind, line in sorted(printed.items())},
        "language": get_language() or "en",
        "kept_in": holding.pack,
    }
    content = prepared(key_of("poster", asked), make_poster, **asked)
    return pdf_or_wait(request, content, filename=f"{name}-{paper}.pdf", inline=True)


def _printed(line: ContactLine) -> poster.ContactLine:
    return poster.ContactLine(name=line.name, telephone=line.telephone, hours=line.hours)


@page("charts.see")
def directory(request: HttpRequest) -> HttpResponse:
    """Outside help: who, for what, when, and on what number."""
    return render(request, "charts/directory.html", {"groups": queries.outside_help(pack_here(request))})
