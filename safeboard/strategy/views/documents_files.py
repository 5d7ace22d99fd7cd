"""A document as a Word file or a PDF: the draft for the board, a version for whoever may read it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared, print_pdf

from ..chronology_files import TYPES, file_response
from ..documents_files import LANG, Edition, as_html, as_word, edition_now, edition_of
from .documents_frame import document_or_404, version_or_404


@page("strategy.see_drafts")
def draft_file(request: HttpRequest, document: UUID, ending: str) -> HttpResponse:
    """The draft, marked as one."""
    return _file(request, edition_now(document_or_404(request, document), request.access), ending)


@page("strategy.documents")
def version_file(request: HttpRequest, version: UUID, ending: str) -> HttpResponse:
    """A version."""
    return _file(request, edition_of(version_or_404(request, version)), ending)


def _file(request: HttpRequest, edition: Edition, ending: str) -> HttpResponse:
    name = f"{edition.name}.{ending}"
    if ending == "docx":
        return file_response(as_word(edition), name, TYPES["docx"])
    html, title = as_html(edition), edition.whole.title
    content = prepared(key_of("document", html), print_pdf, html=html, title=title, lang=LANG)
    return pdf_or_wait(request, content, filename=name)
