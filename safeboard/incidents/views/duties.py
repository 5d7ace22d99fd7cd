"""What is owed: done, no longer needed, and the written record with its clock."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..choices import DutyKind, NoteKind
from ..forms.casework import RecordForm, WhyForm
from ..models import Duty, Incident
from ..queries import open_duties
from ..queries.contacts import lines_for
from ..queries.decided import minutes_by_duty
from ..queries.story import CaseFile
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.see")
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed on an incident, what was done and what was dropped."""
    incident = find(request, pk)
    case = CaseFile(request.access, incident)
    context = frame(request, incident, "duties") | {
        "case": case,
        "settled": [duty for duty in case.duties if duty not in case.owed],
        "lines": lines_for(request.access, incident) if any(duty.to for duty in case.owed) else {},
        "minutes": minutes_by_duty(incident) if case.reads_all else {},
        "drafted": {one.to: one for one in case.referrals if one.state == "drafted"},
    }
    return render(request, "incidents/duties.html", context)


@page("incidents.note", methods=("POST",))
def done(request: HttpRequest, pk: int, duty: int) -> HttpResponse:
    """One tap: this was done."""
    incident = find(request, pk)
    row = _of(incident, duty)
    require(request.access, "incidents.note", incident)
    operations.complete(by=request.access, duty=row)
    messages.success(request, _said_done(row.title, row.due_at))
    return onwards(request, incident, "duties")


@page("incidents.change", methods=BOTH)
def drop(request: HttpRequest, pk: int, duty: int) -> HttpResponse:
    """Say that a duty is no longer needed, and why."""
    incident = find(request, pk, "incidents.change")
    row = _of(incident, duty)
    hint = _("“%(what)s”. The reason stays with the record.") % {"what": row.title}
    form = WhyForm(typed(request), label=_("Why is this no longer needed?"), hint=hint)
    call = lambda: operations.drop(by=request.access, duty=row, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is marked as no longer needed."))
        return onwards(request, incident, "duties")
    context = frame(request, incident, "duties") | {"form": form, "button": _("It is no longer needed")}
    return render(request, "incidents/one_form.html", context | {"heading": _("No longer needed")})


@page("incidents.note", methods=BOTH)
def written_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The written record within twelve hours (Toolkit Annex E): one page, one text, its clock."""
    incident = find(request, pk, "incidents.note")
    duty = _record_duty(incident, request.GET.get("duty", ""))
    form = RecordForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"kind": NoteKind.RECORD, "settles": duty}
        if saved(form, incident, lambda: operations.add_note(by=request.access, incident=incident, **given)):
            messages.success(request, _said_done(_("The record is written"), duty.due_at if duty else None))
            return onwards(request, incident)
    return render(request, "incidents/written_record.html", frame(request, incident) | {"form": form, "duty": duty})


def _of(incident: Incident, duty: int) -> Duty:
    return get_object_or_404(Duty.objects.select_related("incident"), pk=duty, incident=incident)


def _record_duty(incident: Incident, wanted: str) -> Duty | None:
    """The duty to write that was asked for, else the one that is due first."""
    owed = open_duties().filter(incident=incident, kind=DutyKind.RECORD).order_by("due_at", "pk")
    named = owed.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
    return named or owed.first()


def _said_done(what: str, due_at: datetime | None) -> str:
    now = timezone.now()
    if due_at and due_at < now:
        return _("Done: %(what)s. It was late by %(long)s.") % {"what": what, "long": times.long(now - due_at)}
    return _("Done: %(what)s.") % {"what": what}
