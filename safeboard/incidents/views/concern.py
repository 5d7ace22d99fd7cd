"""A concern about staff: who handles it and why, how grave it is, the risk, what is particular online, the paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library.concerns import QuestionSet

from ..forms.allegation import OnlineForm, RiskForm, ThresholdForm
from ..models import Incident
from ..operations.allegation import allegation_printed, assess_risk, decide_threshold, describe_online
from ..queries.allegation import concern as concern_of
from ..queries.allegation import path_of, questions_of
from ..queries.care_paper import concern_paper
from .discussion import as_pdf
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.read")
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is handling it and why; what was decided."""
    incident = _found(request, pk, "incidents.read")
    context = frame(request, incident, "concern") | {"concern": concern_of(request.access, incident)}
    return render(request, "incidents/concern.html", context)


@page("incidents.assess", methods=BOTH)
def threshold(request: HttpRequest, pk: int) -> HttpResponse:
    """Harm threshold or low-level concern."""
    incident = _found(request, pk, "incidents.assess")
    path = path_of(incident)
    if path is None or not path.levels:
        raise Http404("the pack knows no such difference")
    form = ThresholdForm(typed(request), path=path)
    call = lambda: decide_threshold(by=request.access, incident=incident, **form.cleaned_data)  # noqa: E731
    return _asked(request, incident, form, call, _("How grave is the concern?"))


@page("incidents.assess", methods=BOTH)
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """The risk assessment; the answers begin as they were the last time."""
    incident = _found(request, pk, "incidents.assess")
    questions, before = _questions(incident, "staff-risk"), incident.risks.first()
    answers = before.answers if before else None
    form = RiskForm(typed(request), incident=incident, questions=questions, answers=answers)
    call = lambda: assess_risk(by=request.access, incident=incident, **form.values())  # noqa: E731
    return _asked(request, incident, form, call, str(questions.title), str(questions.summary or ""))


@page("incidents.assess", methods=BOTH)
def online(request: HttpRequest, pk: int) -> HttpResponse:
    """What is particular to an allegation that was made online."""
    incident = _found(request, pk, "incidents.assess")
    questions, before = _questions(incident, "allegation-online"), incident.online.first()
    answers = before.answers if before else None
    form = OnlineForm(typed(request), questions=questions, answers=answers)
    call = lambda: describe_online(by=request.access, incident=incident, **form.values())  # noqa: E731
    return _asked(request, incident, form, call, str(questions.title), str(questions.summary or ""))


@page("incidents.print")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of the concern as a document. It is recorded that it left."""
    incident = _found(request, pk, "incidents.print")
    title = _("Concern about staff, incident %(reference)s") % {"reference": incident.reference}
    html = concern_paper(request.access, incident, title)
    allegation_printed(by=request.access, incident=incident)
    return as_pdf(html, title, f"concern-{incident.reference}.pdf")


def _asked(
    request: HttpRequest, incident: Incident, form: Any, call: Any, heading: str, lead: str = ""
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is recorded. What was there before stays on the record."))
        return onwards(request, incident, "concern")
    context = frame(request, incident, "concern") | {"form": form, "heading": heading, "lead": lead}
    return render(request, "incidents/one_form.html", context | {"button": _("Record it")})


def _found(request: HttpRequest, pk: int, permission: str) -> Incident:
    """The incident, where it is a concern about staff: 404 for every other, whatever one may do with it."""
    if not find(request, pk).allegation:
        raise Http404("no concern about staff")
    return find(request, pk, permission)


def _questions(incident: Incident, name: str) -> QuestionSet:
    found = questions_of(incident, name)
    if found is None:
        raise Http404("the pack has no such questions")
    return found
