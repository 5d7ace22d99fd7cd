"""Referrals: prepared, made in one tap, added to afterwards; what the others say is in ``referral_answers``."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.pdf import render_pdf

from .. import operations
from ..choices import DutyKind
from ..forms.referrals import DetailsForm, ToForm
from ..models import Duty, Incident, Referral
from ..operations.looks import referral_printed
from ..operations.referrals import add_details, make_referral
from ..queries import open_duties
from ..queries.contacts import lines_for
from ..queries.paper import referral_summary
from ..queries.passed_on import sharing_of
from ..queries.states import of_referral, passed
from ..queries.story import CaseFile
from .frame import BOTH, find, frame, onwards, saved
from .referral_frame import context_of, form_page, found, recorded

DETAILS = (gettext_lazy("Details of the referral"), gettext_lazy("Save the details"))


@page("incidents.see")
def referrals(request: HttpRequest, pk: int) -> HttpResponse:
    """All referrals of an incident; not sent, not acknowledged and overdue look different."""
    incident, now = find(request, pk), timezone.now()
    case = CaseFile(request.access, incident)
    rows = [(row, of_referral(waits, now), waits.alarm(now)) for row in case.referrals if (waits := passed(row))]
    owed = [duty for duty in case.owed if duty.kind == DutyKind.REFER and duty.to]
    shared = sharing_of(request.access, incident)
    context = frame(request, incident, "referrals") | {"rows": rows, "owed": owed, "shared": shared}
    return render(request, "incidents/referrals.html", context)


@page("incidents.refer", methods=BOTH)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Refer to somebody: the number to ring, and one tap that says it was done; or prepare it for later."""
    incident = find(request, pk, "incidents.refer")
    lines, owed = lines_for(request.access, incident), _owed(incident)
    duty = next((one for one in owed if str(one.pk) == request.GET.get("duty")), None)
    form = ToForm(typed(request), lines, to=duty.to if duty else "", first=[one.to for one in owed])
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "to_name": lines[form.cleaned_data["to"]].title}
        made = request.POST.get("go") == "made"
        call = make_referral if made else operations.draft_referral
        done: list[Referral] = []
        if saved(form, incident, lambda: done.append(call(by=request.access, incident=incident, **given))):
            messages.success(request, _said_made(done[0]) if made else _("It is prepared. It is not made yet."))
            return onwards(request, incident, "referral", referral=done[0].pk)
    line = lines.get(form["to"].value() or "")
    context = frame(request, incident, "referrals") | {"form": form, "duty": duty, "line": line}
    return render(request, "incidents/referral_new.html", context)


@page("incidents.see")
def referral(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """One referral: the number to ring, where it stands, and what can be recorded next."""
    incident, row = found(request, pk, referral)
    return render(request, "incidents/referral.html", context_of(request, incident, row))


@page("incidents.refer", methods=("POST",))
def made(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """'I have made this referral': only the moment is needed, and nothing that was typed wrongly holds it up."""
    incident, row = found(request, pk, referral, "incidents.refer")
    form = DetailsForm(request.POST)
    right = form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value}
    given["at"] = given.pop("sent_at", None)
    row = operations.send_referral(by=request.access, referral=row, **given)
    messages.success(request, _said_made(row))
    if right:
        return onwards(request, incident, "referral", referral=row.pk)
    messages.warning(request, _("One of the details could not be read. The rest is recorded. Put it right below."))
    context = form_page(request, incident, row, form, DETAILS)
    context["action"] = reverse("incidents:referral-details", args=[incident.pk, row.pk])
    return render(request, "incidents/referral_form.html", context)


@page("incidents.refer", methods=BOTH)
def details(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """Add to a referral that was made what there was no time for."""
    incident, row = found(request, pk, referral, "incidents.refer")
    names = DetailsForm.base_fields
    form = DetailsForm(typed(request), initial={name: getattr(row, name) for name in names})
    call = lambda: add_details(by=request.access, referral=row, fields=form.cleaned_data)  # noqa: E731
    return recorded(request, incident, row, form, call, DETAILS)


@page("incidents.print")
def summary(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """The summary of a referral as a document for the designated officer. It is recorded that it left."""
    incident, row = found(request, pk, referral, "incidents.print")
    title = _("Referral to %(who)s, incident %(reference)s") % {"who": row.to_name, "reference": incident.reference}
    html = referral_summary(request.access, incident, row, title)
    referral_printed(by=request.access, incident=incident, referral_id=row.pk)
    response = HttpResponse(render_pdf(html, title=title), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="referral-{incident.reference}-{row.pk}.pdf"'
    return response


def _owed(incident: Incident) -> list[Duty]:
    owed = open_duties().filter(incident=incident, kind__in=[DutyKind.REFER, DutyKind.TELL]).exclude(to="")
    return list(owed.order_by("due_at", "pk"))


def _said_made(row: Referral) -> str:
    if row.reference or row.spoke_to:
        return _("It is recorded that you referred this to %(who)s.") % {"who": row.to_name}
    words = _(
        "It is recorded that you referred this to %(who)s. Add whom you spoke to and their reference when you can."
    )
    return words % {"who": row.to_name}
