"""The record: story, notes, people, history, conclusion."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from safeboard.core import because, links
from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..choices import Status
from ..errors import CannotConclude
from ..forms.casework import AccountForm, ConcludeForm, InvolvedForm, NoteForm, WhyForm
from ..models import Involved
from ..operations.casework import owed_before_conclusion
from ..operations.looks import looked
from ..queries import trail
from ..queries.allegation import rung_where_nobody_is_left
from ..queries.next import next_steps
from ..queries.outside import links_of, summary
from ..queries.story import CaseFile
from ..queries.support import asked
from .frame import BOTH, find, frame, onwards, saved


@page("incidents.see")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The story of an incident, newest first, and the next thing to do."""
    incident = find(request, pk)
    case = CaseFile(request.access, incident)
    looked(by=request.access, incident=incident, known=case.looked_just_now)
    steps, tied = next_steps(case), list(links.links_of(incident))
    context = frame(request, incident, "record", look=False) | {
        "case": case,
        "next": steps[0] if steps else None,
        "then": steps[1:],
        "story": case.story(),
        "summary": summary(incident),
        "ring": rung_where_nobody_is_left(request.access, incident),
        "links": links_of(incident, tied),
        "ends": list(because.ends_of(request.access, incident, tied)),
        "asks_logs": because.token(incident) if request.access.can("sitelogs.ask") else "",
    }
    return render(request, "incidents/record.html", context)


@page("incidents.note", methods=BOTH)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to the story."""
    incident = find(request, pk, "incidents.note")
    form = NoteForm(typed(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if saved(form, incident, lambda: operations.add_note(by=request.access, incident=incident, **given)):
            messages.success(request, _("It is added to the story."))
            return onwards(request, incident)
    return render(request, "incidents/note.html", frame(request, incident) | {"form": form})


@page("incidents.see")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is involved, and what was decided about their support."""
    incident = find(request, pk)
    case = CaseFile(request.access, incident)
    rows = case.people()
    support = asked(incident, rows) if case.reads_all else []
    context = frame(request, incident, "people") | {"people": rows, "asked": support}
    return render(request, "incidents/people.html", context | {"undecided": sum(one.now is None for one in support)})


@page("incidents.note", methods=BOTH)
def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody involved. A concern about staff makes it an allegation, which fewer people may open."""
    incident = find(request, pk, "incidents.note")
    form = InvolvedForm(typed(request), incident=incident)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if saved(form, incident, lambda: operations.add_involved(by=request.access, incident=incident, **given)):
            messages.success(request, _("They are added to the record."))
            return onwards(request, incident, "people")
    return render(request, "incidents/person.html", frame(request, incident, "people") | {"form": form})


@page("incidents.change", methods=BOTH)
def person_account(request: HttpRequest, pk: int, involved: int) -> HttpResponse:
    """Say which account somebody involved has, or that they have none."""
    incident = find(request, pk, "incidents.change")
    row = get_object_or_404(Involved.objects.select_related("incident"), pk=involved, incident=incident)
    form = AccountForm(typed(request), involved=row)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["person"]
        if saved(form, incident, lambda: operations.connect_account(by=request.access, involved=row, person=chosen)):
            messages.success(request, _("It is saved who this is."))
            return onwards(request, incident, "people")
    context = frame(request, incident, "people") | {"form": form, "involved": row}
    return render(request, "incidents/account.html", context)


@page("incidents.history")
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did and who saw what."""
    incident = find(request, pk, "incidents.history")
    entries = trail.entries(incident)
    if request.GET.get("only") == "looks":
        entries = entries.filter(verb="incidents.saw")
    shown = Paginator(entries, 100).get_page(request.GET.get("page"))
    context = frame(request, incident, "history") | {
        "page_obj": shown,
        "traces": trail.traces(incident, shown.object_list),
        "only": request.GET.get("only", ""),
    }
    return render(request, "incidents/history.html", context)


@page("incidents.conclude", methods=BOTH)
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an incident with its conclusion; what is still owed is listed."""
    incident = find(request, pk, "incidents.conclude")
    if incident.status == Status.CONCLUDED:
        messages.info(request, _("It is concluded already."))
        return onwards(request, incident)
    form, owed = ConcludeForm(typed(request)), owed_before_conclusion(incident)
    if request.method == "POST" and form.is_valid():
        try:
            operations.conclude(by=request.access, incident=incident, **form.cleaned_data)
        except CannotConclude as why:
            owed = why.owed
            form.add_error(
                None, _("It cannot be concluded yet: something is still owed. What you wrote is still here.")
            )
        else:
            messages.success(request, _("The incident is concluded."))
            return onwards(request, incident)
    return render(request, "incidents/conclude.html", frame(request, incident) | {"form": form, "owed": owed})


@page("incidents.reopen", methods=BOTH)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a concluded incident again, with the reason."""
    incident = find(request, pk)
    if incident.status != Status.CONCLUDED:
        messages.info(request, _("It is open."))
        return onwards(request, incident)
    require(request.access, "incidents.reopen", incident)
    form = WhyForm(
        typed(request),
        label=_("Why is it opened again?"),
        hint=_("The reason and the old conclusion become part of the story."),
    )
    call = lambda: operations.reopen(by=request.access, incident=incident, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("The incident is open again."))
        return onwards(request, incident)
    context = frame(request, incident) | {"form": form, "heading": _("Open it again"), "button": _("Open it again")}
    return render(request, "incidents/one_form.html", context)
