"""What belongs to an action: notes of progress, milestones, what it waits for, files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from safeboard.core import uploads
from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..choices import UNFINISHED
from ..forms.plan import MilestoneForm, NoteForm, ProofForm, WaitForm
from ..models import ActionFile, Milestone, WaitsFor
from ..queries.plan import visible_to
from .plan_common import BOTH, action_of, form_page, own_action, sent


@page("strategy.work_on", methods=BOTH)
def note(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a note of progress."""
    row = own_action(request.access, key)
    require(request.access, "strategy.work_on", row)
    form = NoteForm(typed(request))
    if sent(request, form, lambda: operations.add_note(by=request.access, action=row, **form.cleaned_data)):
        return redirect(row.url)
    return form_page(request, form, heading=_("Add a note of progress"), button=_("Add the note"), action=row)


@page("strategy.work_on", methods=BOTH)
def milestone_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a milestone."""
    row = own_action(request.access, key)
    require(request.access, "strategy.work_on", row)
    form = MilestoneForm(typed(request))
    if sent(request, form, lambda: operations.add_milestone(by=request.access, action=row, **form.cleaned_data)):
        return redirect(row.url)
    return form_page(request, form, heading=_("Add a milestone"), button=_("Add the milestone"), action=row)


def _milestone(request: HttpRequest, key: UUID) -> Milestone:
    found = get_object_or_404(Milestone, key=key, action__in=visible_to(request.access))
    found.action = own_action(request.access, found.action.key)
    require(request.access, "strategy.work_on", found.action)
    return found


@page("strategy.work_on", methods=BOTH)
def milestone_change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a milestone's words or its date."""
    row = _milestone(request, key)
    form = MilestoneForm(typed(request), initial={"title": row.title, "due_on": row.due_on})
    del form.fields["form_key"]
    if sent(request, form, lambda: operations.change_milestone(by=request.access, milestone=row, **form.cleaned_data)):
        return redirect(row.action.url)
    words = {"heading": _("Change the milestone"), "button": _("Keep the change"), "action": row.action}
    return form_page(request, form, **words)


@page("strategy.work_on", methods=("POST",))
def milestone_reached(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tick a milestone off, or take that back."""
    row = _milestone(request, key)
    operations.reach_milestone(by=request.access, milestone=row, reached=request.POST.get("reached") != "no")
    return redirect(row.action.url)


@page("strategy.steer", methods=BOTH)
def wait_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let the action wait for another one."""
    row = own_action(request.access, key)
    require(request.access, "strategy.steer", row)
    others = visible_to(request.access).filter(board_id=row.board_id, state__in=UNFINISHED).exclude(pk=row.pk)
    form = WaitForm(typed(request), others=others.order_by("title"))
    if sent(request, form, lambda: operations.wait_for(by=request.access, action=row, **form.cleaned_data)):
        return redirect(row.url)
    return form_page(request, form, heading=_("Let it wait for another action"), button=_("Let it wait"), action=row)


@page("strategy.steer", methods=("POST",))
def wait_end(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Let the action begin without the other one."""
    row = own_action(request.access, key)
    require(request.access, "strategy.steer", row)
    operations.stop_waiting(by=request.access, wait=get_object_or_404(WaitsFor, pk=pk, action=row))
    return redirect(row.url)


def _takes_files(request: HttpRequest, key: UUID, **_named: Any) -> bool:
    row = visible_to(request.access).filter(key=key).first()
    return row is not None and request.access.can("strategy.work_on", row)


@page("strategy.work_on", methods=BOTH, uploads=_takes_files)
def file_new(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a file that shows that it was done."""
    row = own_action(request.access, key)
    require(request.access, "strategy.work_on", row)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProofForm(*posted)
    if request.method == "POST" and uploads.too_large(request):
        form.add_error("file", _("The file is larger than 20 MB, so it was not kept."))
    elif sent(request, form, lambda: _keep(request, row, form.cleaned_data["file"])):
        return redirect(row.url)
    words = {"heading": _("Add a file as evidence"), "button": _("Add the file"), "action": row, "files": True}
    return form_page(request, form, **words)


def _keep(request: HttpRequest, row: Any, file: Any) -> None:
    operations.add_proof(by=request.access, action=row, name=file.name, content=file.read())


@page("strategy.see")
def file(request: HttpRequest, key: UUID, file: UUID) -> HttpResponse:
    """A file of an action, saved to the reader's device."""
    row = get_object_or_404(ActionFile, key=file, action=action_of(request.access, key))
    response = HttpResponse(operations.take_proof(by=request.access, file=row), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    return response
