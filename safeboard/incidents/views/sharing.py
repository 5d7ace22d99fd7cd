"""Decisions to share or not, and handing on to another agency of the board."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership

from .. import operations
from ..choices import Share
from ..forms.sharing import PARTS, HandOnForm, SharingForm
from ..models import Incident, Referral
from ..queries.passed_on import sharing_of
from ..queries.story import CaseFile
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.see")
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided about sharing, and why, newest first."""
    incident = find(request, pk)
    rows = sharing_of(request.access, incident)
    return render(request, "incidents/sharing.html", frame(request, incident, "referrals") | {"rows": rows})


@page("incidents.refer", methods=BOTH)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a decision to share or not. It holds up nothing: the referral may have been made long ago."""
    incident = find(request, pk, "incidents.refer")
    about = _about(incident, request.GET.get("referral", ""))
    given = {"with_whom": about.to_name, "information": about.what} if about else {}
    form = SharingForm(typed(request), incident=incident, **given)
    call = lambda: operations.decide_sharing(  # noqa: E731
        by=request.access, incident=incident, referral=about, **form.cleaned_data
    )
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("The decision and its reason are written down."))
        return onwards(request, incident, "sharing")
    context = frame(request, incident, "referrals") | {"form": form, "button": _("Write it down")}
    return render(request, "incidents/one_form.html", context | {"heading": _("Share or not, and why")})


def _about(incident: Incident, wanted: str) -> Referral | None:
    """The referral that the decision is about, where one is named."""
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        return None
    return Referral.objects.filter(incident=incident, pk=wanted).first()


@page("incidents.hand_on", methods=BOTH)
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose an agency of the board and what it is shown. It is seen, exactly so, before it is sent."""
    incident = find(request, pk, "incidents.hand_on")
    people = CaseFile(request.access, incident).people()
    form = HandOnForm(typed(request), agencies=partnership.beside(incident.agency_id), people=people)
    made: list[Referral] = []
    call = lambda: made.append(_prepare(request, incident, form))  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.info(request, _("Look at what they will see. It is not sent yet."))
        return onwards(request, incident, "referral", referral=made[0].pk)
    return render(request, "incidents/hand_on.html", frame(request, incident, "referrals") | {"form": form})


def _prepare(request: HttpRequest, incident: Incident, form: HandOnForm) -> Referral:
    given = dict(form.cleaned_data)
    why = given.pop("why")
    referral = operations.prepare_hand_on(by=request.access, incident=incident, **given)
    if why:
        information = [str(words) for name, words in PARTS if name in given["parts"]]
        operations.decide_sharing(
            by=request.access,
            incident=incident,
            decision=Share.SHARE,
            reason=why,
            with_whom=referral.to_name,
            information="\n".join(information),
            referral=referral,
            form_key=given["form_key"],
        )
    return referral
