"""What another body does with a referral: received, accepted, refused, answered; and what we do then."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..choices import Next, ReferralState
from ..forms.casework import WhyForm
from ..forms.referrals import AcknowledgeForm, AnswerForm, DecideForm, RefusedForm
from .frame import BOTH, onwards, saved
from .referral_frame import form_page, found, recorded


@page("incidents.refer", methods=BOTH)
def acknowledge(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """They have it."""
    incident, row = found(request, pk, referral, "incidents.refer")
    form = AcknowledgeForm(typed(request))
    call = lambda: operations.acknowledge(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    return recorded(request, incident, row, form, call, (_("They have received it"), _("They have received it")))


@page("incidents.refer", methods=BOTH)
def accepted(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """They have taken it on."""
    incident, row = found(request, pk, referral, "incidents.refer")
    form = AcknowledgeForm(typed(request))
    call = lambda: operations.accept_referral(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    return recorded(request, incident, row, form, call, (_("They have taken it on"), _("They have taken it on")))


@page("incidents.refer", methods=BOTH)
def refused(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """They do not take it on; what to do now comes next."""
    incident, row = found(request, pk, referral, "incidents.refer")
    form = RefusedForm(typed(request))
    call = lambda: operations.refuse_referral(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is recorded. Now decide what to do, so that the matter does not end there."))
        return onwards(request, incident, "referral-decide", referral=row.pk)
    words = (_("They do not take it on"), _("Record the refusal"))
    return render(request, "incidents/referral_form.html", form_page(request, incident, row, form, words))


@page("incidents.refer", methods=BOTH)
def decide(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """A refusal: challenge it, refer elsewhere, or leave it there. Owed at once."""
    incident, row = found(request, pk, referral, "incidents.refer")
    if row.state != ReferralState.REFUSED:
        messages.info(request, _("Nothing has to be decided about this referral now."))
        return onwards(request, incident, "referral", referral=row.pk)
    form = DecideForm(typed(request))
    call = lambda: operations.decide_refused(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is recorded."))
        if form.cleaned_data["what"] == Next.ELSEWHERE:
            return redirect(reverse("incidents:referral-new", args=[incident.pk]))
        return onwards(request, incident, "referral", referral=row.pk)
    words = (_("They do not take it on: what now?"), _("Record the decision"))
    return render(request, "incidents/referral_form.html", form_page(request, incident, row, form, words))


@page("incidents.refer", methods=BOTH)
def answered(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """They have answered."""
    incident, row = found(request, pk, referral, "incidents.refer")
    form = AnswerForm(typed(request))
    call = lambda: operations.answer_referral(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    return recorded(request, incident, row, form, call, (_("They have answered"), _("Record the answer")))


@page("incidents.refer", methods=("POST",))
def close(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """Nothing more is expected of it."""
    incident, row = found(request, pk, referral, "incidents.refer")
    if row.state == ReferralState.ANSWERED:
        operations.close_referral(by=request.access, referral=row)
        messages.success(request, _("The referral is closed."))
    return onwards(request, incident, "referral", referral=row.pk)


@page("incidents.refer", methods=BOTH)
def withdraw(request: HttpRequest, pk: int, referral: int) -> HttpResponse:
    """It is not pursued."""
    incident, row = found(request, pk, referral, "incidents.refer")
    form = WhyForm(typed(request), label=_("Why is it not pursued?"), hint=_("The referral stays on the record."))
    call = lambda: operations.withdraw_referral(by=request.access, referral=row, **form.cleaned_data)  # noqa: E731
    return recorded(request, incident, row, form, call, (_("Withdraw the referral"), _("Withdraw it")))
