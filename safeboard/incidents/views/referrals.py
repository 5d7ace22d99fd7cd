"""Referrals: prepared, made in one tap, added to afterwards, received, answered, withdrawn, printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.pdf import render_pdf

from .. import operations
from ..choices import DutyKind, ReferralState
from ..forms.casework import WhyForm
from ..forms.referrals import AcknowledgeForm, AnswerForm, DetailsForm, ToForm
from ..models import Duty, Incident, Referral
from ..operations.looks import referral_printed
from ..operations.referrals import add_details, make_referral
from ..queries import open_duties
from ..queries.contacts import lines_for
from ..queries.paper import referral_summary
from ..queries.states import Passed, of_referral
from ..queries.story import CaseFile
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.see")
def referrals(request: HttpRequest, pk: int) -> HttpResponse:
    """All referrals of an incident; not sent, not acknowledged and overdue look different."""
    incident, now = find(request, pk), timezone.now()
    case = CaseFile(request.access, incident)
    rows = [(row, _state(row, now)) for row in case.referrals]
    owed = [duty for duty in case.owed if duty.kind == DutyKind.REFER and duty.to]
    context = frame(request, incident, "referrals") | {"rows": rows, "owed": owed}
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
    incident, row = _found(request, pk, referral)
    return render(request, "incidents/referral.html", _context(request, incident, row))


@page("incidents.refer", methods=("POST",))
def made(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """'I have made this referral': only the moment is needed, and nothing that was typed wrongly holds it up."""
    incident, row = _found(request, pk, referral, "incidents.refer")
    form = DetailsForm(request.POST)
    right = form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value}
    given["at"] = given.pop("sent_at", None)
    row = operations.send_referral(by=request.access, referral=row, **given)
    messages.success(request, _said_made(row))
    if right:
        return onwards(request, incident, "referral", referral=row.pk)
    messages.warning(request, _("One of the details could not be read. The rest is recorded. Put it right below."))
    context = _form_page(request, incident, row, form, DETAILS)
    context["action"] = reverse("incidents:referral-details", args=[incident.pk, row.pk])
    return render(request, "incidents/referral_form.html", context)


@page("incidents.refer", methods=BOTH)
def details(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """Add to a referral that was made what there was no time for."""
    incident, row = _found(request, pk, referral, "incidents.refer")
    names = DetailsForm.base_fields
    form = DetailsForm(typed(request), initial={name: getattr(row, name) for name in names})
    call = lambda: add_details(by=request.access, referral=row, fields=form.cleaned_data)  # noqa: E731
    return _recorded(request, incident, row, form, call, DETAILS)


@page("incidents.refer", methods=BOTH)
def acknowledge(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """They have it."""
    incident, row = _found(request, pk, referral, "incidents.refer")
    form = AcknowledgeForm(typed(request))
    call = lambda: operations.acknowledge(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    return _recorded(request, incident, row, form, call, (_("They have received it"), _("They have received it")))


@page("incidents.refer", methods=BOTH)
def answered(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """They have answered."""
    incident, row = _found(request, pk, referral, "incidents.refer")
    form = AnswerForm(typed(request))
    call = lambda: operations.answer_referral(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    return _recorded(request, incident, row, form, call, (_("They have answered"), _("Record the answer")))


@page("incidents.refer", methods=BOTH)
def withdraw(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """It is not pursued."""
    incident, row = _found(request, pk, referral, "incidents.refer")
    form = WhyForm(typed(request), label=_("Why is it not pursued?"), hint=_("The referral stays on the record."))
    call = lambda: operations.withdraw_referral(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    return _recorded(request, incident, row, form, call, (_("Withdraw the referral"), _("Withdraw it")))


@page("incidents.print")
def summary(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """The summary of a referral as a document for the designated officer. It is recorded that it left."""
    incident, row = _found(request, pk, referral, "incidents.print")
    title = _("Referral to %(who)s, incident %(reference)s") % {"who": row.to_name, "reference": incident.reference}
    html = referral_summary(request.access, incident, row, title)
    referral_printed(by=request.access, incident=incident, referral_id=row.pk)
    response = HttpResponse(render_pdf(html, title=title), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="referral-{incident.reference}-{row.pk}.pdf"'
    return response


DETAILS = (gettext_lazy("Details of the referral"), gettext_lazy("Save the details"))


def _found(request: HttpRequest, pk: int, referral: int, permission: str = "") -> tuple[Incident, Referral]:
    incident = find(request, pk, permission)
    rows = Referral.objects.select_related("incident", "sent_by")
    return incident, get_object_or_404(rows, pk=referral, incident=incident)


def _owed(incident: Incident) -> list[Duty]:
    owed = open_duties().filter(incident=incident, kind__in=[DutyKind.REFER, DutyKind.TELL]).exclude(to="")
    return list(owed.order_by("due_at", "pk"))


def _state(row: Referral, now: Any) -> Any:
    return of_referral(Passed(row.to_name, row.state, row.answer_due_at), now)


def _said_made(row: Referral) -> str:
    if row.reference or row.spoke_to:
        return _("It is recorded that you referred this to %(who)s.") % {"who": row.to_name}
    words = _(
        "It is recorded that you referred this to %(who)s. Add whom you spoke to and their reference when you can."
    )
    return words % {"who": row.to_name}


def _context(request: HttpRequest, incident: Incident, row: Referral) -> dict[str, Any]:
    return frame(request, incident, "referrals") | {
        "referral": row,
        "state": _state(row, timezone.now()),
        "line": lines_for(request.access, incident).get(row.to),
        "details": DetailsForm(),
        "waiting": row.state in (ReferralState.SENT, ReferralState.ACKNOWLEDGED),
    }


def _form_page(
    request: HttpRequest, incident: Incident, row: Referral, form: BaseForm, words: tuple[str, str]
) -> dict[str, Any]:
    context = _context(request, incident, row)
    return context | {"form": form, "heading": words[0], "button": words[1]}


def _recorded(
    request: HttpRequest,
    incident: Incident,
    row: Referral,
    form: BaseForm,
    call: Callable[[], Any],
    words: tuple[str, str],
) -> HttpResponse:
    """Show a form of a referral, or record what it says."""
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is recorded."))
        return onwards(request, incident, "referral", referral=row.pk)
    return render(request, "incidents/referral_form.html", _form_page(request, incident, row, form, words))
