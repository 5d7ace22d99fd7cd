"""The charts of the place's pack with local names and numbers, their posters, and the directory of outside help."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared
from safeboard.library import drawing, outline, poster
from safeboard.library import queries as library
from safeboard.library.jobs import make_poster
from safeboard.library.schemas import Chart

from .. import queries
from ..queries import ContactLine

PAPERS = {"a4": "A4", "a3": "A3"}


def _pack(request: HttpRequest) -> str:
    pack = queries.pack_of(request.access)
    if not pack:
        raise Http404
    return pack


def _chart_or_404(pack: str, name: str) -> Chart:
    try:
        return library.chart(pack, name)
    except library.UnknownItem:
        raise Http404 from None


@page("partnership.see_charts")
def charts(request: HttpRequest) -> HttpResponse:
    """All charts of the place's pack."""
    return render(request, "partnership/charts.html", {"charts": library.items(_pack(request), "charts")})


@page("partnership.see_charts")
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart: drawn, in words, and whom it names with the local numbers."""
    pack = _pack(request)
    found = _chart_or_404(pack, name)
    lines = queries.contact_lines(request.access)
    named = poster.lines_for(found, library.pack(pack), {})
    context = {
        "chart": found,
        "picture": drawing.draw(found),
        "outline": outline.as_list(found),
        "lines": [(line.title, lines[kind]) for kind, line in named.items() if kind in lines],
    }
    return render(request, "partnership/chart.html", context)


@page("partnership.see_charts")
def chart_poster(request: HttpRequest, name: str, paper: str) -> HttpResponse:
    """A chart as a poster (PDF) with the local names and numbers filled in."""
    pack = _pack(request)
    found = _chart_or_404(pack, name)
    lines = queries.contact_lines(request.access)
    printed = {kind: _printed(line) for kind, line in lines.items() if line.source != "directory"}
    asked = {
        "pack": pack,
        "name": name,
        "version": found.version,
        "paper": PAPERS[paper],
        "place": request.access.place.name,
        "contacts": {kind: [line.name, line.telephone, line.hours] for kind, line in sorted(printed.items())},
        "language": get_language() or "en",
    }
    content = prepared(key_of("poster", asked), make_poster, **asked)
    return pdf_or_wait(request, content, filename=f"{name}-{paper}.pdf", inline=True)


def _printed(line: ContactLine) -> poster.ContactLine:
    return poster.ContactLine(name=line.name, telephone=line.telephone, hours=line.hours)


@page("partnership.see_charts")
def directory(request: HttpRequest) -> HttpResponse:
    """Outside help: who, for what, when, and on what number."""
    entries = library.items(_pack(request), "directory")
    first = [entry for entry in entries if entry.emergency]
    rest = [entry for entry in entries if not entry.emergency]
    return render(request, "partnership/directory.html", {"entries": [*first, *rest]})
