"""Support: decided on a short page, or with one tap where there is nobody to support."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from ..choices import SupportFor, SupportState
from ..forms.support import SupportForm
from ..models import Incident
from ..operations.support import decide_support
from ..queries.support import Asked, asked, question_of, steps
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.support", methods=BOTH)
def support(request: HttpRequest, pk: int, question: str, involved: int | None = None) -> HttpResponse:
    """Decide on the support of somebody named, or of those a question asks about."""
    incident = find(request, pk, "incidents.support")
    one = _asked(incident, question, involved)
    form = SupportForm(typed(request), asked=one)
    given = {"question": one.question, "involved": one.involved}
    call = lambda: decide_support(by=request.access, incident=incident, **given, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("The decision on support is recorded."))
        return onwards(request, incident, "people")
    context = frame(request, incident, "people") | {"form": form, "asked": one}
    return render(request, "incidents/support.html", context | {"steps": steps(incident).get(one.question, [])})


@page("incidents.support", methods=("POST",))
def nobody(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    """One tap: there is nobody to support."""
    incident = find(request, pk)
    one = _asked(incident, question, None)
    require(request.access, "incidents.support", incident)
    if one.now is None or one.now.state != SupportState.NOBODY:
        decide_support(by=request.access, incident=incident, question=one.question, state=SupportState.NOBODY)
    messages.success(request, _("Recorded: %(words)s.") % {"words": one.nobody})
    return onwards(request, incident, "people")


def _asked(incident: Incident, question: str, involved: int | None) -> Asked:
    """The question of this address. Raises Http404 where there is no such question, or nobody such is in it."""
    if question not in SupportFor.values:
        raise Http404("no such question")
    if involved is None:
        general = [one for one in asked(incident) if one.question == question and one.involved is None]
        return general[0] if general else Asked(SupportFor(question), None, ())
    for one in asked(incident):
        if one.involved and one.involved.pk == involved and question_of(one.involved) == question:
            return one
    raise Http404("nobody such on this record")
