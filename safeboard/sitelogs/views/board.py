"""What a board sees: counts of quarters that have ended, suppressed. Never a line, never a question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.core.page import page

from ..queries.board import quarters_of


@page("sitelogs.counts")
def board(request: HttpRequest) -> HttpResponse:
    """How often the logs were asked and reviewed in the agencies together, and what was blocked."""
    return render(request, "sitelogs/board.html", {"quarters": quarters_of(request.access)})
