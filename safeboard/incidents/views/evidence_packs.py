"""Evidence packs: asked for with a reason, made by the worker, taken by whoever asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core import keys
from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..forms.evidence import PackForm
from ..models import EvidencePack, Incident
from ..queries.evidence import packs_of
from .evidence_files import as_a_file
from .frame import BOTH, find, frame, onwards, saved

REFRESH = 2  # seconds between looks of the waiting page


@page("incidents.pack", methods=BOTH)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an evidence pack, and the packs that were made."""
    incident = find(request, pk, "incidents.pack")
    form = PackForm(typed(request))
    made: list[EvidencePack] = []
    call = lambda: made.append(operations.ask_for_pack(by=request.access, incident=incident, **form.cleaned_data))  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        return onwards(request, incident, "evidence-pack", pack=made[0].pk)
    context = frame(request, incident, "evidence") | {"form": form, "packs": packs_of(incident)}
    return render(request, "incidents/evidence_packs.html", context)


@page("incidents.pack")
def pack(request: HttpRequest, pk: int, pack: int) -> HttpResponse:
    """One pack: being made, ready to be taken, or gone. While it is made, the page looks again by itself."""
    incident = find(request, pk, "incidents.pack")
    row = _pack_of(incident, pack)
    waiting = row.made_at is None and row.failed_at is None
    context = frame(request, incident, "evidence") | {
        "pack": row,
        "waiting": waiting,
        "fingerprint": keys.fingerprint(),
        "mine": row.asked_by_id == request.access.person.pk,
    }
    response = render(request, "incidents/evidence_pack.html", context, status=202 if waiting else 200)
    if waiting:
        response["Refresh"] = str(REFRESH)
    return response


@page("incidents.pack", methods=("POST",))
def take(request: HttpRequest, pk: int, pack: int) -> HttpResponse:
    """The pack as a ZIP, for who asked for it. It is recorded that it left."""
    incident = find(request, pk, "incidents.pack")
    row = _pack_of(incident, pack)
    content = operations.take_pack(by=request.access, pack=row)
    if not content:
        messages.info(request, _("This pack is not kept any more. Ask for a new one."))
        return redirect("incidents:evidence-packs", pk=pk)
    return as_a_file(content, f"evidence-{incident.reference}-{row.pk}.zip")


def _pack_of(incident: Incident, pk: int) -> EvidencePack:
    return get_object_or_404(packs_of(incident), pk=pk)
