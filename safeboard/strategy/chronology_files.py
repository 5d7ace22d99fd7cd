"""The chronology as a PDF, a Word file or a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.documents.prepared import key_of, pdf_or_wait, prepared, print_pdf
from safeboard.documents.sheets import Table, workbook

from .models import Event
from .queries.chronology import table_of
from .timeline import draw

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(request: HttpRequest, events: Sequence[Event], *, place: str, ending: str) -> HttpResponse:
    """The lines as a file of that ending: pdf (made by the worker), docx, xlsx. Raises Http404 for another one."""
    table = table_of(events, _("Chronology: %(place)s") % {"place": place})
    name = f"chronology-{timezone.localdate().isoformat()}.{ending}"
    if ending == "pdf":
        html = render_to_string(
            "strategy/paper/chronology_paper.html", {"table": table, "picture": draw(events, table.title)}
        )
        content = prepared(key_of("chronology", html), print_pdf, html=html, title=table.title, lang="en-GB")
        return pdf_or_wait(request, content, filename=name)
    if ending not in TYPES:
        raise Http404
    made = _word(table) if ending == "docx" else workbook([table], title=table.title)
    return file_response(made, name, TYPES[ending])


def file_response(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to be kept."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _word(table: Table) -> bytes:
    from safeboard.documents.word import Paper  # heavy

    paper = Paper(table.title)
    paper.title(table.title)
    rows = [[str(value or "") for value in row] for row in table.cells()]
    paper.table([column.heading for column in table.columns], rows, widths=(4, 9.6, 3))
    return paper.content()
