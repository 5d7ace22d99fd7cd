"""The picture of a board, on a page and as a file."""

from __future__ import annotations

import hashlib
import json

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.documents import sheets
from safeboard.documents.charts import Picture
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared, print_pdf
from safeboard.documents.svg import DRAWING
from safeboard.partnership.models import Board

from .. import pictures, queries
from ..operations import downloaded
from ..quarters import Quarter
from .frame import board_of, parts

DAY = 24 * 3600
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@page("insight.picture")
def picture(request: HttpRequest) -> HttpResponse:
    """Few charts, each a question with its answer; figures that were released, and the register."""
    board = board_of(request.access)
    found = queries.released_here(request.access)
    context = {
        "board": board,
        "running": found.running,
        "running_total": queries.total(found.running) if found.running else None,
        "running_quarter": str(Quarter.running()),
        "latest": found.latest,
        "parts": parts(request, "picture"),
        "pictures": _drawn(board, found, queries.having_here(request.access)),
    }
    return render(request, "insight/picture.html", context)


@page("insight.picture")
def paper(request: HttpRequest) -> HttpResponse:
    """The picture as a PDF, to be printed or laid before a meeting. That it was taken is recorded."""
    board = board_of(request.access)
    found = queries.released(board.pk)
    made = pictures.pictures(board.pack, found, queries.having(board))
    title = _("The picture: %(board)s") % {"board": board.name}
    html = render_to_string("insight/paper.html", {"title": title, "pictures": made, "day": timezone.localdate()})
    content = prepared(key_of("picture", html), print_pdf, html=html, title=title)
    if content is not None:
        downloaded(by=request.access, kind="pdf")
    return pdf_or_wait(request, content, filename=f"picture-{timezone.localdate().isoformat()}.pdf")


@page("insight.picture")
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same figures with the same signs as a file. That it was taken is recorded."""
    if kind not in TYPES:
        raise Http404
    board = board_of(request.access)
    made = pictures.pictures(board.pack, queries.released(board.pk), queries.having(board))
    if kind == "csv":
        body = sheets.csv_bytes(pictures.long_table(made))
    else:
        title = _("The picture: %(board)s") % {"board": board.name}
        body = sheets.workbook([one.table for one in made], title=title)
    downloaded(by=request.access, kind=kind)
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="picture-{timezone.localdate().isoformat()}.{kind}"'
    return response


def _drawn(board: Board, found: queries.Released, register: object) -> SafeString:
    """The pictures as they stand in the page: drawn once for the same figures. Nobody's own words are in them."""
    data = [
        DRAWING,
        translation.get_language(),
        board.pack,
        [[row.year, row.quarter, row.tables, row.made_at] for row in (*found.quarters, found.running) if row],
        str(register),
    ]
    key = "picture:" + hashlib.sha256(json.dumps(data, default=str, sort_keys=True).encode()).hexdigest()
    html = cache.get(key)
    if html is None:
        made: list[Picture] = pictures.pictures(board.pack, found, register)
        html = render_to_string("insight/_pictures.html", {"pictures": made})
        cache.set(key, html, DAY)
    return mark_safe(html)  # noqa: S308  rendered by our own template, which escapes
