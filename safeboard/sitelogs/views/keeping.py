"""The archive as people see it: filters and what is kept of them, holds, tokens of programs, whether it stands."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import because
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership.models import Setting

from .. import engine, queries
from ..forms.keeping import DoorForm, HoldForm, LogForm
from ..operations import evidence, keeping
from ..queries import standing
from .frame import BOTH, find_log, frame, saved

PAGE = 25


@page("sitelogs.see")
def state(request: HttpRequest) -> HttpResponse:
    """Each filter: its lines, from when to when, what could not be read, how long it is kept, whether it stands."""
    access = request.access
    logs = list(queries.logs_of(access))
    shown = Paginator(engine.came_in(log.key for log in logs), PAGE).get_page(request.GET.get("page"))
    context = frame(
        request,
        "state",
        rows=standing.of_logs(logs),
        holds=queries.holds_of(access),
        came_in=shown.object_list,
        page_obj=shown,
        may_keep=access.can("sitelogs.keep"),
        may_hold=access.can("sitelogs.hold"),
        may_verify=access.can("sitelogs.verify"),
    )
    return render(request, "sitelogs/state.html", context)


@page("sitelogs.keep", methods=BOTH)
def log_new(request: HttpRequest) -> HttpResponse:
    """Keep the logs of another setting's filter."""
    rows = Setting.objects.filter(agency_id=request.access.agency_id, closed_on=None).order_by("name")
    form = LogForm(typed(request), settings=rows)
    call = lambda: keeping.add_log(by=request.access, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, call):
        messages.success(request, _("The filter is added. Send it lines, or upload a file."))
        return redirect("sitelogs:state")
    heading, back = _("Keep the logs of a filter"), reverse("sitelogs:state")
    context = frame(request, "state", form=form, heading=heading, button=_("Add it"), back=back)
    return render(request, "sitelogs/one_form.html", context)


@page("sitelogs.keep", methods=BOTH)
def log_change(request: HttpRequest, key: str) -> HttpResponse:
    """Change a filter's clock, and how long its lines are kept."""
    log = find_log(request.access, key, "sitelogs.keep")
    form = LogForm(typed(request), settings=None, log=log)
    call = lambda: keeping.change_log(by=request.access, log=log, given=form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, call):
        messages.success(request, _("It is saved."))
        return redirect("sitelogs:state")
    heading, back = _("Filter logs of %(where)s") % {"where": log.setting.name}, reverse("sitelogs:state")
    context = frame(request, "state", form=form, heading=heading, button=_("Save"), back=back)
    return render(request, "sitelogs/one_form.html", context)


@page("sitelogs.see")
def unreadable(request: HttpRequest, key: str) -> HttpResponse:
    """The lines of a filter that could not be read: where they stand, and why."""
    log = find_log(request.access, key)
    context = frame(request, "state", log=log, rows=standing.unreadable_of(log))
    return render(request, "sitelogs/unreadable.html", context)


@page("sitelogs.verify", methods=("POST",))
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """Hold a filter's evidence against its hashes, now."""
    log = find_log(request.access, key, "sitelogs.verify")
    fault = evidence.verify(by=request.access, log=log)
    if fault:
        messages.error(
            request, _("The evidence does not hold: %(fault)s. Tell whoever runs this service.") % {"fault": fault}
        )
    else:
        messages.success(request, _("The evidence of %(where)s is whole.") % {"where": log.setting.name})
    return redirect("sitelogs:state")


# Holds -----------------------------------------------------------------------------------------------------------


@page("sitelogs.hold", methods=BOTH)
def hold_new(request: HttpRequest) -> HttpResponse:
    """Hold lines for a live case."""
    known = because.reason(request.access, request.GET.get(because.FIELD, ""))
    start = {"why": known.text} if known else {}
    form = HoldForm(typed(request), logs=queries.logs_of(request.access), initial=start)
    call = lambda: keeping.hold(by=request.access, because_of=known, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, call):
        messages.success(request, _("The lines are held until somebody releases them."))
        return redirect("sitelogs:state")
    heading, back = _("Hold lines for a case"), reverse("sitelogs:state")
    context = frame(request, "state", form=form, heading=heading, button=_("Hold them"), back=back)
    return render(request, "sitelogs/one_form.html", context)


@page("sitelogs.hold", methods=("POST",))
def hold_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release lines that were held."""
    row = get_object_or_404(queries.holds_of(request.access), pk=pk)
    keeping.release_hold(by=request.access, hold=row)
    messages.success(request, _("The lines are released: they go when their time has come."))
    return redirect("sitelogs:state")


# Tokens of programs ----------------------------------------------------------------------------------------------


@page("sitelogs.keep", methods=BOTH)
def doors(request: HttpRequest) -> HttpResponse:
    """Tokens by which filters' programs send lines; a new one is shown once."""
    access, logs = request.access, queries.logs_of(request.access)
    form = DoorForm(typed(request), logs=logs)
    secret, address = "", ""
    if request.method == "POST" and form.is_valid():
        made: list[tuple] = []
        if saved(form, lambda: made.append(keeping.open_door(by=access, **form.cleaned_data))):
            secret = made[0][1]
            address = request.build_absolute_uri(reverse("sitelogs:door", args=[made[0][0].log.key]))
            form = DoorForm(None, logs=logs)
    rows = queries.doors_of(access).select_related("log__setting", "made_by")
    context = frame(request, "state", form=form, rows=rows, secret=secret, address=address, logs=logs.exists())
    return render(request, "sitelogs/doors.html", context)


@page("sitelogs.keep", methods=("POST",))
def door_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token."""
    row = get_object_or_404(queries.doors_of(request.access), pk=pk)
    keeping.close_door(by=request.access, door=row)
    messages.success(request, _("Nobody can send with this token any more."))
    return redirect("sitelogs:doors")
