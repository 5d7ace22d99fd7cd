"""The register of evidence, one piece of it with its chain of custody, and the custody sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.pdf import render_pdf

from .. import operations
from ..forms.evidence import HandOverForm, TakeInForm
from ..models import EvidenceItem, Incident
from ..queries.custody import custody_sheet as sheet_of
from ..queries.evidence import chain_of, items_of
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.evidence")
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is, who has it and where; preserved, not examined (Toolkit s3)."""
    incident = find(request, pk, "incidents.evidence")
    chains = [chain_of(one) for one in items_of(incident)]
    context = frame(request, incident, "evidence") | {"chains": chains}
    return render(request, "incidents/evidence.html", context)


@page("incidents.take_in", methods=BOTH)
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a piece of evidence in the register."""
    incident = find(request, pk, "incidents.take_in")
    form = TakeInForm(typed(request), incident=incident, me=request.access.person)
    made: list[EvidenceItem] = []
    call = lambda: made.append(operations.take_in(by=request.access, incident=incident, **form.values()))  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is in the register as %(label)s. Write that on it.") % {"label": made[0].label})
        return onwards(request, incident, "evidence-item", item=made[0].pk)
    return render(request, "incidents/evidence_add.html", frame(request, incident, "evidence") | {"form": form})


@page("incidents.evidence")
def item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """One piece of evidence: what it is, how it came to its keeper, its files."""
    incident = find(request, pk, "incidents.evidence")
    row = item_of(incident, item)
    context = frame(request, incident, "evidence") | {"item": row, "chain": chain_of(row)}
    return render(request, "incidents/evidence_item.html", context)


@page("incidents.hand_over", methods=BOTH)
def hand_over(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Record that it passed to somebody else, went back, or was disposed of."""
    incident = find(request, pk, "incidents.hand_over")
    row = item_of(incident, item)
    chain = chain_of(row)
    if chain.ended:
        messages.info(request, _("It has gone back or was disposed of: there is nothing to hand over."))
        return redirect("incidents:evidence-item", pk=pk, item=item)
    form = HandOverForm(typed(request), chain=chain)
    call = lambda: operations.hand_over(by=request.access, item=row, **form.values())  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("The handover is recorded."))
        return onwards(request, incident, "evidence-item", item=row.pk)
    context = frame(request, incident, "evidence") | {"form": form, "item": row, "chain": chain}
    return render(request, "incidents/evidence_hand_over.html", context)


@page("incidents.evidence")
def custody_sheet(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The chain of custody on paper, to go with the thing. It is recorded that it left."""
    incident = find(request, pk, "incidents.evidence")
    row = item_of(incident, item)
    title = _("Custody of %(label)s, incident %(reference)s") % {"label": row.label, "reference": incident.reference}
    html = sheet_of(request.access, incident, chain_of(row), title)
    operations.custody_printed(by=request.access, item=row)
    response = HttpResponse(render_pdf(html, title=title), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="custody-{incident.reference}-{row.label}.pdf"'
    return response


def item_of(incident: Incident, pk: int) -> EvidenceItem:
    """A piece of this incident's evidence; 404 for any other."""
    return get_object_or_404(items_of(incident), pk=pk)
