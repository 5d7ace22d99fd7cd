"""For the adult whom a child is telling something; and for the few who read what was sent in without an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership

from .. import operations
from ..choices import WorryState
from ..errors import Refused
from ..forms.voice import AnswerForm, CloseForm, MakeIncidentForm, PassForm
from ..models import Worry
from ..queries import voice as reads
from ..queries.contacts import numbered
from ..queries.trail import trace
from ..queries.walking import CHILD_TELLS

BOTH = ("GET", "POST")


@page("incidents.report", methods=BOTH)
def child_tells(request: HttpRequest) -> HttpResponse:
    """The eleven points, and one button to the written record, whose twelve hours begin now (Toolkit Annex E)."""
    if request.method == "POST":
        draft = operations.begin_told(by=request.access, form_key=_key(request))
        return redirect("incidents:report-kind", key=draft.form_key)
    guidance = reads.guidance(partnership.pack_of(request.access), CHILD_TELLS)
    ring = [line for line in numbered(guidance.contacts, partnership.contact_lines(request.access)) if line.known]
    return render(request, "incidents/child_tells.html", {"guidance": guidance, "lines": ring, "key": uuid4()})


def _key(request: HttpRequest) -> UUID | None:
    """The key of the form, so that one sent twice counts once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


@page("incidents.worries")
def worries(request: HttpRequest) -> HttpResponse:
    """What was sent in: what waits, by its clock; then the rest, newest first."""
    rows = reads.readable(request.access).select_related("setting")
    done = rows.filter(due_at__isnull=True).order_by("-sent_at", "-pk")[:100]
    return render(request, "incidents/worries.html", {"waiting": reads.waiting(request.access), "done": done})


def _find(request: HttpRequest, pk: int) -> Worry:
    """A worry that this person may read: 404 for every other."""
    try:
        return reads.find_worry(request.access, pk)
    except Worry.DoesNotExist:
        raise Http404("no such worry") from None


@page("incidents.worries", methods=BOTH)
def worry(request: HttpRequest, worry: int) -> HttpResponse:
    """What was written, what was answered, and a box to write back. To open it is to have read it."""
    found, access = _find(request, worry), request.access
    form = AnswerForm(typed(request))
    if request.method == "POST" and form.is_valid():
        text, key = form.cleaned_data["text"], _key(request)
        if _done(form, lambda: operations.answer_worry(by=access, worry=found, text=text, form_key=key)):
            messages.success(request, _("It waits for them on their page. Nothing was sent to them."))
            return redirect("incidents:worry", worry=found.pk)
    elif found.state == WorryState.NEW:
        found = operations.read_worry(by=access, worry=found)
    else:
        history.saw(by=access, obj=found)
    context = {"form": form, "key": uuid4(), "said": found.messages.select_related("by")}
    context["trail"] = [trace(entry) for entry in history.of(found)]
    return render(request, "incidents/worry.html", context | {"worry": found})


def _done(form: BaseForm, call: Callable[[], Any]) -> bool:
    """Do it, and whether it was done; what the rules refuse stands in the form."""
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _form_page(request: HttpRequest, found: Worry, form: BaseForm, heading: str, button: str) -> HttpResponse:
    context = {"worry": found, "form": form, "heading": heading, "button": button, "key": uuid4()}
    return render(request, "incidents/worry_form.html", context)


@page("incidents.worries", methods=BOTH)
def make_incident(request: HttpRequest, worry: int) -> HttpResponse:
    """Make an incident of it; the chart for its kind comes next."""
    found, access = _find(request, worry), request.access
    if found.incident:
        return redirect("incidents:record", pk=found.incident.pk)
    form = MakeIncidentForm(typed(request), found, partnership.pack_of(access))
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        fields, key = form.report(), _key(request)
        if _done(
            form, lambda: made.append(operations.worry_to_incident(by=access, worry=found, fields=fields, form_key=key))
        ):
            return redirect("incidents:walk-start", pk=made[0].pk)
    return _form_page(request, found, form, _("Make an incident of it"), _("Make the incident"))


@page("incidents.worries", methods=BOTH)
def pass_on(request: HttpRequest, worry: int) -> HttpResponse:
    """Pass it to another place, whose officer reads it from then on."""
    found = _find(request, worry)
    form = PassForm(typed(request), reads.other_places(found))
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["agency"]
        if _done(form, lambda: operations.pass_worry(by=request.access, worry=found, agency_id=to)):
            messages.success(request, _("It was passed on whole, and their officer was told."))
            return redirect("incidents:worries")
    return _form_page(request, found, form, _("Pass it to another place"), _("Pass it on"))


@page("incidents.worries", methods=BOTH)
def close(request: HttpRequest, worry: int) -> HttpResponse:
    """End it, with the reason; whoever wrote can write again."""
    found = _find(request, worry)
    form = CloseForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _done(form, lambda: operations.close_worry(by=request.access, worry=found, **given)):
            messages.success(request, _("It is ended. If they write again, it comes back to you."))
            return redirect("incidents:worries")
    return _form_page(request, found, form, _("End it"), _("End it"))
