"""Priorities and objectives of the plan, with how the actions under each stand; ready chains of steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .. import operations
from ..errors import Refused
from ..forms.plan_objectives import ChainForm, HeadingForm, ObjectiveForm
from ..models import Objective, Priority
from ..queries.figures import choices, key_of, named
from ..queries.plan import may_be_asked, objectives_of
from ..queries.plan_counts import by_objective
from .plan_common import BOTH, form_page, parts, sent


@page("strategy.see")
def objectives(request: HttpRequest) -> HttpResponse:
    """The priorities and objectives, and how the actions under each stand."""
    context = {
        "groups": by_objective(request.access),
        "parts": parts(request, "objectives"),
        "may_plan": request.access.can("strategy.plan"),
    }
    return render(request, "strategy/objectives.html", context)


@page("strategy.plan", methods=BOTH)
def priority_new(request: HttpRequest) -> HttpResponse:
    """Add a priority."""
    form = HeadingForm(typed(request))
    if sent(request, form, lambda: operations.add_priority(by=request.access, **form.cleaned_data)):
        return redirect("strategy:objectives")
    return _heading_page(request, form, _("Add a priority"), _("Add it"))


@page("strategy.plan", methods=BOTH)
def objective_new(request: HttpRequest) -> HttpResponse:
    """Add an objective."""
    form = ObjectiveForm(typed(request), priorities=_priorities(request), indicators=choices(request.access))
    if sent(request, form, lambda: operations.add_objective(by=request.access, **form.cleaned_data)):
        return redirect("strategy:objectives")
    return _heading_page(request, form, _("Add an objective"), _("Add it"))


def _priorities(request: HttpRequest) -> Any:
    return Priority.objects.filter(board_id=request.access.board_id, retired_on=None)


@page("strategy.plan", methods=BOTH)
def priority_change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a priority's words or number."""
    row = get_object_or_404(_priorities(request), key=key)
    form = HeadingForm(typed(request), initial={"title": row.title, "number": row.number})
    return _change(request, form, row, _("Change the priority"))


@page("strategy.plan", methods=BOTH)
def objective_change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change an objective's words, number, measure or indicator."""
    row = get_object_or_404(objectives_of(request.access), key=key)
    initial = {name: getattr(row, name) for name in ("title", "number", "measure", "indicator")}
    given = {"priorities": _priorities(request), "indicators": _with(choices(request.access), row)}
    form = ObjectiveForm(typed(request), initial=initial, **given)
    del form.fields["priority"]
    return _change(request, form, row, _("Change the objective"))


def _with(found: list[tuple[str, str]], row: Objective) -> list[tuple[str, str]]:
    """These indicators, and that of the objective where it is not among them any more: it may stay."""
    if row.indicator in ("", *(name for name, _title in found)):
        return found
    return [*found, (row.indicator, named(key_of(row)).title)]


def _change(request: HttpRequest, form: Any, row: Priority | Objective, heading: str) -> HttpResponse:
    del form.fields["form_key"]
    form.fields["number"].required, form.fields["number"].help_text = True, ""
    if sent(request, form, lambda: operations.change_heading(by=request.access, row=row, **form.cleaned_data)):
        return redirect("strategy:objectives")
    return _heading_page(request, form, heading, _("Keep the change"))


def _heading_page(request: HttpRequest, form: Any, heading: str, button: str) -> HttpResponse:
    return form_page(request, form, heading=heading, button=button, back="strategy:objectives")


@page("strategy.plan", methods=("POST",))
def objective_end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let an objective end."""
    row = get_object_or_404(objectives_of(request.access), key=key)
    try:
        operations.end_objective(by=request.access, objective=row)
        messages.success(request, _("The objective has ended. What was done under it stays."))
    except Refused as why:
        messages.warning(request, str(why))
    return redirect("strategy:objectives")


@page("strategy.plan", methods=BOTH)
def chain(request: HttpRequest) -> HttpResponse:
    """Add a ready chain of steps, each waiting for the one before."""
    access = request.access
    found: list[Any] = library.items(partnership.pack_of(access), "action-chains")
    form = ChainForm(
        typed(request),
        chains=[(one.id, str(one.title)) for one in found],
        hints={one.id: " → ".join(str(step.title) for step in one.steps) for one in found},
        objectives=objectives_of(access),
        agencies=may_be_asked(access),
    )
    board = Board.objects.get(pk=access.board_id)
    if sent(request, form, lambda: operations.add_chain(by=access, board=board, **form.cleaned_data)):
        messages.success(request, _("The steps stand in the plan. Each waits for the one before it."))
        return redirect("strategy:plan-time")
    return form_page(request, form, heading=_("Add ready steps"), button=_("Add the steps"), back="strategy:plan")
