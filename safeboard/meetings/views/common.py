"""What the pages of this room share: their parts, finding records, a page with one form, files as they are sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from ..errors import Refused
from ..models import AgendaItem, Meeting
from ..queries.meetings import find_meeting
from ..queries.members import reader_of

BOTH = ("GET", "POST")


def own_board(request: HttpRequest) -> Board:
    """The board acted for; 404 elsewhere."""
    board = partnership.board_of(request.access) if request.access.board_id else None
    if board is None:
        raise Http404
    return board


def parts(request: HttpRequest, current: str) -> dict[str, Any]:
    """What every page of the room needs: the sub-navigation, and whether the person may change things."""
    shown = [
        ("subgroup", _("Subgroup")),
        ("meetings", _("Meetings")),
        ("terms", _("Terms of reference")),
        ("jobs", _("Who does what")),
        ("officer", _("The officer’s work")),
        ("report", _("Report to the board")),
    ]
    items = [{"text": text, "href": reverse(f"meetings:{name}"), "current": name == current} for name, text in shown]
    return {"parts": items, "may_keep": request.access.can("meetings.keep")}


def meeting_or_404(request: HttpRequest, pk: int, permission: str = "meetings.see") -> Meeting:
    """A meeting of the board acted for; 404 for any other, 403 where the role does not do."""
    meeting = find_meeting(request.access, pk)
    if meeting is None:
        raise Http404
    require(request.access, permission, meeting)
    return meeting


def item_or_404(request: HttpRequest, meeting: Meeting, pk: int) -> AgendaItem:
    """An item of a meeting that this person may read; 404 for any other."""
    item: AgendaItem = get_object_or_404(AgendaItem.objects.select_related("meeting__board"), meeting=meeting, pk=pk)
    if not reader_of(request.access).may_read(item):
        raise Http404
    return item


def sent(request: HttpRequest, form: BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form was sent, is whole, and what it asks for was done. What is refused stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def form_page(
    request: HttpRequest, form: BaseForm, *, title: str, back: str, current: str, **more: Any
) -> HttpResponse:
    """A page with one form. ``more``: ``button``, ``intro``, ``caption`` (what it belongs to), ``files``."""
    words = {"button": _("Save"), **more, "form": form, "title": title, "back": back}
    return render(request, "meetings/form.html", {**parts(request, current), **words})


def as_a_file(
    content: bytes, name: str, kind: str = "application/octet-stream", *, inline: bool = False
) -> HttpResponse:
    """Bytes to be saved, or a PDF of ours to be shown; no browser guesses at them."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    if not inline:
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
