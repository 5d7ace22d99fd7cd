"""The agenda: assembled, changed; papers added and read; the pack."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.text import tidy
from safeboard.core.uploads import too_large

from .. import operations
from ..errors import Refused
from ..forms.meetings import ItemForm, PaperForm
from ..models import Meeting, Pack, Paper
from ..queries.meetings import may_read_paper, meetings
from ..queries.members import reader_of
from .common import BOTH, as_a_file, form_page, item_or_404, meeting_or_404, parts, sent

REFRESH = 2  # seconds between looks of the waiting page


@page("meetings.keep", methods=("POST",))
def assemble(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the agenda together in one click."""
    row = meeting_or_404(request, pk, "meetings.keep")
    return _done(request, row, lambda: operations.assemble(by=request.access, meeting=row), _("The agenda is ready."))


def _done(request: HttpRequest, row: Meeting, call: Any, words: str = "") -> HttpResponse:
    """Do it, and say what came of it on the meeting's page."""
    try:
        call()
        if words:
            messages.success(request, words)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("meetings:meeting", row.pk)


@page("meetings.keep", methods=BOTH)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item."""
    row = meeting_or_404(request, pk, "meetings.keep")
    form = ItemForm(typed(request))
    if sent(request, form, lambda: operations.add_item(by=request.access, meeting=row, given=form.cleaned_data)):
        return redirect("meetings:meeting", pk)
    back = reverse("meetings:meeting", args=[pk])
    return form_page(request, form, title=_("Add an item"), back=back, current="meetings", caption=row.title)


@page("meetings.keep", methods=BOTH)
def change(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Change an item."""
    row = meeting_or_404(request, pk, "meetings.keep")
    found = item_or_404(request, row, item)
    names = ("title", "about", "purpose", "minutes", "led_by", "confidential")
    form = ItemForm(typed(request), initial={name: getattr(found, name) for name in names})
    if sent(request, form, lambda: operations.change_item(by=request.access, item=found, given=form.cleaned_data)):
        return redirect(f"{reverse('meetings:meeting', args=[pk])}#item-{item}")
    back = reverse("meetings:meeting", args=[pk])
    return form_page(request, form, title=_("Change the item"), back=back, current="meetings", caption=row.title)


@page("meetings.keep", methods=("POST",))
def move(request: HttpRequest, pk: int, item: int, way: str) -> HttpResponse:
    """Move an item up or down."""
    row = meeting_or_404(request, pk, "meetings.keep")
    found = item_or_404(request, row, item)
    return _done(request, row, lambda: operations.move_item(by=request.access, item=found, up=way == "up"))


@page("meetings.keep", methods=("POST",))
def remove(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take an item off."""
    row = meeting_or_404(request, pk, "meetings.keep")
    found = item_or_404(request, row, item)
    words = _("The item is taken off.")
    return _done(request, row, lambda: operations.remove_item(by=request.access, item=found), words)


# Papers --------------------------------------------------------------------------------------------------------------


def takes_papers(request: HttpRequest, pk: int, **_item: int) -> bool:
    """Whether a paper may be received here: asked before its first byte is kept."""
    row = meetings(request.access).filter(pk=pk).first()
    return row is not None and not row.is_closed and request.access.can("meetings.keep", row)


@page("meetings.keep", methods=BOTH, uploads=takes_papers)
def paper_add(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Add a paper to an item."""
    row = meeting_or_404(request, pk, "meetings.keep")
    found = item_or_404(request, row, item)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if request.method == "POST" and too_large(request):
        form.errors.clear()
        form.add_error("file", _("The file is larger than 5 MB. Nothing was added."))
    if sent(request, form, lambda: _add(request, found, form)):
        messages.success(request, _("The paper is added. It is encrypted."))
        return redirect(f"{reverse('meetings:meeting', args=[pk])}#item-{item}")
    back = reverse("meetings:meeting", args=[pk])
    title = _("Add a paper to “%(item)s”") % {"item": found.title}
    return form_page(request, form, title=title, back=back, current="meetings", caption=row.title, files=True)


def _add(request: HttpRequest, item: Any, form: PaperForm) -> None:
    given = dict(form.cleaned_data)
    upload, key = given.pop("file"), given.pop("form_key")
    name, content = tidy(upload.name), upload.read()
    operations.add_paper(by=request.access, item=item, name=name, content=content, given=given, form_key=key)


def _paper(request: HttpRequest, meeting: Meeting, pk: int) -> Paper:
    """A paper that this person may read; for any other 404."""
    row = get_object_or_404(
        Paper.objects.filter(meeting=meeting).select_related("item", "meeting").defer("content"), pk=pk
    )
    return row if may_read_paper(reader_of(request.access), row) else get_object_or_404(Paper.objects.none())


@page("meetings.see")
def paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """The file of a paper, to keep."""
    row = _paper(request, meeting_or_404(request, pk), paper)
    return as_a_file(operations.take_paper(by=request.access, paper=row), row.name)


@page("meetings.keep", methods=("POST",))
def paper_remove(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Take a paper out."""
    meeting = meeting_or_404(request, pk, "meetings.keep")
    row = _paper(request, meeting, paper)
    words = _("The paper is taken out.")
    return _done(request, meeting, lambda: operations.remove_paper(by=request.access, paper=row), words)


# The pack ------------------------------------------------------------------------------------------------------------


@page("meetings.see", methods=("POST",))
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the pack: what the person may read, as one PDF."""
    row = meeting_or_404(request, pk)
    pack = operations.ask_for_pack(by=request.access, meeting=row)
    return redirect("meetings:pack", pk, pack.pk)


def _pack(request: HttpRequest, meeting: Meeting, pk: int) -> Pack:
    mine = Pack.objects.filter(meeting=meeting, asked_by=request.access.person).select_related("meeting")
    return get_object_or_404(mine.defer("content"), pk=pk)


@page("meetings.see")
def pack(request: HttpRequest, pk: int, pack: int) -> HttpResponse:
    """The pack being made, ready, or gone. While it is made, the page looks again by itself."""
    meeting = meeting_or_404(request, pk)
    row = _pack(request, meeting, pack)
    waiting = row.made_at is None and row.failed_at is None
    context = {"meeting": meeting, "pack": row, "waiting": waiting}
    status = 202 if waiting else 200
    response = render(request, "meetings/pack.html", parts(request, "meetings") | context, status=status)
    if waiting:
        response["Refresh"] = str(REFRESH)
    return response


@page("meetings.see", methods=("POST",))
def pack_take(request: HttpRequest, pk: int, pack: int) -> HttpResponse:
    """The pack as a PDF, for who asked for it."""
    meeting = meeting_or_404(request, pk)
    row = _pack(request, meeting, pack)
    content = operations.take_pack(by=request.access, pack=row)
    if not content:
        messages.info(request, _("Something of the meeting has changed since. Make the pack anew."))
        return redirect("meetings:meeting", pk)
    return as_a_file(content, f"pack-{meeting.day}.pdf")
