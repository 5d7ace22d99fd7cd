"""The part 'Review' of a record: debrief, the review for the board, what was learned."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from ..errors import Refused
from ..forms.looking_back import DebriefForm
from ..operations.debriefs import ask_for_debrief, hold_debrief, no_debrief
from ..queries.lessons import state_of
from ..queries.looking_back import looking, prompts
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.read")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Debriefs, the review for the board, and lessons; what is owed of them."""
    incident = find(request, pk, "incidents.read")
    found = looking(request.access, incident)
    lessons = [(one, state_of(one)) for one in found.lessons]
    context = frame(request, incident, "review") | {"looking": found, "lessons": lessons}
    return render(request, "incidents/review.html", context)


@page("incidents.debrief", methods=BOTH)
def debrief(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a debrief; also on an incident that is concluded."""
    incident = find(request, pk, "incidents.debrief")
    form = DebriefForm(typed(request), prompts=prompts(incident.pack, "debrief"))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("form_key")
        call = lambda: hold_debrief(by=request.access, incident=incident, given=given, form_key=key)  # noqa: E731
        if saved(form, incident, call):
            messages.success(request, _("The debrief is kept. Did you learn something? Write it down as a lesson."))
            return onwards(request, incident, "review")
    return render(request, "incidents/debrief.html", frame(request, incident, "review") | {"form": form})


@page("incidents.debrief", methods=("POST",))
def debrief_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: no debrief needed."""
    incident = find(request, pk)
    require(request.access, "incidents.debrief", incident)
    try:
        no_debrief(by=request.access, incident=incident)
    except Refused as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("It is kept that no debrief is needed."))
    return onwards(request, incident, "review")


@page("incidents.debrief", methods=("POST",))
def debrief_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: talk this one over, whatever its weight."""
    incident = find(request, pk)
    require(request.access, "incidents.debrief", incident)
    ask_for_debrief(by=request.access, incident=incident)
    messages.success(request, _("A debrief is owed now."))
    return onwards(request, incident, "review")
