"""Papers and files that leave the room."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from safeboard.documents.pdf import render_pdf


def pdf_of(paper: dict[str, Any]) -> HttpResponse:
    """What an agency sent, as a PDF. It may name people, so it is made at once and never lies in the queue."""
    html = render_to_string("standards/return_print.html", paper)
    title = f"{paper['review'].title}, {paper['agency'].name}"
    response = HttpResponse(render_pdf(html, title=title), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{paper['review'].id}.pdf") or "attachment"
    return response


def as_a_file(content: bytes, name: str) -> HttpResponse:
    """Bytes to be saved, that no browser shows, runs or guesses at."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
