"""The strategy discussion: arranged, written down, added to, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.pdf import render_pdf

from ..choices import DutyKind, MinuteKind
from ..forms.discussion import ArrangeForm, DiscussionForm, MinuteForm
from ..models import Discussion, Incident
from ..operations.discussion import add_minute, arrange_discussion, minutes_printed, record_discussion
from ..queries import open_duties
from ..queries.care_paper import minutes_paper
from .frame import BOTH, find, frame, onwards, saved

HEADINGS = {
    MinuteKind.DECISION: gettext_lazy("Add a decision"),
    MinuteKind.CHILD: gettext_lazy("What the child is told"),
    MinuteKind.PARENTS: gettext_lazy("What the parents or carers are told"),
    MinuteKind.ACTION: gettext_lazy("Add an action"),
    MinuteKind.ADDED: gettext_lazy("Add to the minutes"),
}


@page("incidents.read")
def discussions(request: HttpRequest, pk: int) -> HttpResponse:
    """All strategy discussions of an incident, and the duty to arrange one."""
    incident = find(request, pk, "incidents.read")
    context = frame(request, incident, "referrals") | {
        "rows": Discussion.objects.filter(incident=incident).select_related("by"),
        "owed": open_duties().filter(incident=incident, kind=DutyKind.DISCUSS),
    }
    return render(request, "incidents/discussions.html", context)


@page("incidents.discuss", methods=BOTH)
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Have one arranged by a time: it becomes a duty."""
    incident = find(request, pk, "incidents.discuss")
    form = ArrangeForm(typed(request))
    call = lambda: arrange_discussion(by=request.access, incident=incident, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is owed now, with its clock."))
        return onwards(request, incident, "discussions")
    words = {"heading": _("Arrange a strategy discussion"), "button": _("Make it a duty")}
    return render(request, "incidents/one_form.html", frame(request, incident, "referrals") | {"form": form} | words)


@page("incidents.discuss", methods=BOTH)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that one was held."""
    incident = find(request, pk, "incidents.discuss")
    form = DiscussionForm(typed(request), incident=incident)
    made: list[Discussion] = []
    call = lambda: made.append(record_discussion(by=request.access, incident=incident, **form.cleaned_data))  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is written down. Now add what was decided and who tells whom what."))
        return onwards(request, incident, "discussion", discussion=made[0].pk)
    words = {"heading": _("Strategy discussion"), "button": _("Write it down")}
    return render(request, "incidents/one_form.html", frame(request, incident, "referrals") | {"form": form} | words)


@page("incidents.read")
def discussion(request: HttpRequest, pk: int, discussion: int) -> HttpResponse:
    """The minutes, and what is still missing from them."""
    incident = find(request, pk, "incidents.read")
    row = _found(incident, discussion)
    minutes = list(row.minutes.select_related("by", "duty__done_by"))
    kinds = {minute.kind for minute in minutes}
    context = frame(request, incident, "referrals") | {
        "discussion": row,
        "attendees": row.attendees.select_related("person"),
        "minutes": minutes,
        "missing": [
            (kind.value, HEADINGS[kind]) for kind in HEADINGS if kind not in kinds and kind != MinuteKind.ADDED
        ],
        "more": [(kind.value, words) for kind, words in HEADINGS.items()],
    }
    return render(request, "incidents/discussion.html", context)


@page("incidents.discuss", methods=BOTH)
def minute(request: HttpRequest, pk: int, discussion: int, kind: str) -> HttpResponse:
    """Add to the minutes."""
    incident = find(request, pk, "incidents.discuss")
    row = _found(incident, discussion)
    if kind not in MinuteKind.values:
        raise Http404("no such kind of minute")
    form = MinuteForm(typed(request), kind=kind, incident=incident)
    call = lambda: add_minute(by=request.access, discussion=row, kind=kind, **form.values())  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, incident, call):
        messages.success(request, _("It is added to the minutes."))
        return onwards(request, incident, "discussion", discussion=row.pk)
    words = {"heading": HEADINGS[MinuteKind(kind)], "button": _("Add it to the minutes")}
    return render(request, "incidents/one_form.html", frame(request, incident, "referrals") | {"form": form} | words)


@page("incidents.print")
def paper(request: HttpRequest, pk: int, discussion: int) -> HttpResponse:
    """The minutes as a document. It is recorded that they left."""
    incident = find(request, pk)
    row = _found(incident, discussion)
    require(request.access, "incidents.print", incident)
    title = _("Strategy discussion, incident %(reference)s") % {"reference": incident.reference}
    html = minutes_paper(request.access, incident, row, title)
    minutes_printed(by=request.access, discussion=row)
    return as_pdf(html, title, f"strategy-discussion-{incident.reference}-{row.pk}.pdf")


def as_pdf(html: str, title: str, name: str) -> HttpResponse:
    """A document that is downloaded."""
    response = HttpResponse(render_pdf(html, title=title), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(incident: Incident, discussion: int) -> Any:
    rows = Discussion.objects.select_related("incident", "by")
    return get_object_or_404(rows, pk=discussion, incident=incident)
