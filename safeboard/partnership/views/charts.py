"""The charts of the place's pack with local names and numbers, their posters, and the directory of outside help."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from safeboard.core.page import page
from safeboard.library import drawing, outline, poster
from safeboard.library import queries as library
from safeboard.library.schemas import Chart

from .. import queries
from ..queries import ContactLine

PAPERS = {"a4": "A4", "a3": "A3"}
KEPT = 24 * 60 * 60  # seconds that a printed poster is kept


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
    place = request.access.place.name
    parts = (pack, name, found.version, PAPERS[paper], place, get_language(), sorted(lines.items()))
    key = "poster-" + hashlib.sha256(repr(parts).encode()).hexdigest()
    content = cache.get(key)
    if content is None:
        printed = {kind: _printed(line) for kind, line in lines.items() if line.source != "directory"}
        content = poster.poster(found, library.pack(pack), printed, paper=PAPERS[paper], place=place)
        cache.set(key, content, KEPT)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{paper}.pdf"'
    return response


def _printed(line: ContactLine) -> poster.ContactLine:
    return poster.ContactLine(name=line.name, telephone=line.telephone, hours=line.hours)


@page("partnership.see_charts")
def directory(request: HttpRequest) -> HttpResponse:
    """Outside help: who, for what, when, and on what number."""
    entries = library.items(_pack(request), "directory")
    first = [entry for entry in entries if entry.emergency]
    rest = [entry for entry in entries if not entry.emergency]
    return render(request, "partnership/directory.html", {"entries": [*first, *rest]})
