"""The plan as a table, as a board by state, as a time line; all of it and what is one's own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.page import page

from ..forms.plan import PlanFilter
from ..gantt import picture, slim
from ..models import Objective, numbered
from ..queries.figures import of_objective
from ..queries.plan import agencies_asked, objectives_named, objectives_of
from ..queries.plan_counts import counts
from ..queries.plan_list import PAGE, lines_of, waits_of
from ..queries.plan_page import by_state, page_of
from .plan_common import parts

ON_A_PAGE = 30


def _filter(request: HttpRequest, fixed: dict[str, Any]) -> tuple[PlanFilter, dict[str, Any]]:
    """The filter of this request, and what is wanted; ``fixed`` is what the page itself decides."""
    access = request.access
    if access.agency_id:
        choices, names = [("mine", _("Mine")), ("agency", _("My agency’s")), ("board", _("The board’s own"))], None
    else:
        choices, names = [("mine", _("Mine")), ("board", _("The board’s own"))], agencies_asked(access)
    named = [(str(key), numbered(*words)[:80]) for key, *words in objectives_named(access)]
    form = PlanFilter(request.GET, whose=choices, objectives=named, agencies=names)
    wanted = form.cleaned_data if form.is_valid() else {}
    for name in fixed:
        del form.fields[name]
    return form, {**wanted, "sort": request.GET.get("sort", ""), **fixed}


def wanted_of(request: HttpRequest) -> dict[str, Any]:
    """What the filter in the address asks for."""
    return _filter(request, {})[1]


def _frame(request: HttpRequest, current: str, fixed: dict[str, Any] | None = None) -> dict[str, Any]:
    fixed = fixed or {}
    form, wanted = _filter(request, fixed)
    names = ("words", "whose", "agency", "colour", "state", "objective")
    return {
        "form": form,
        "wanted": wanted,
        "chosen": any(wanted.get(name) for name in names if name not in fixed),
        "parts": parts(request, current),
        "may_raise": request.access.can("strategy.raise"),
        "may_plan": request.access.can("strategy.plan"),
    }


@page("strategy.see")
def actions(request: HttpRequest) -> HttpResponse:
    """All actions that this person may know of, as a table with how each stands."""
    return _table(request, "plan", {}, _("Action plan"))


@page("strategy.see")
def mine(request: HttpRequest) -> HttpResponse:
    """What is the person's own to do."""
    return _table(request, "plan-mine", {"whose": "mine"}, _("My actions"))


def _table(request: HttpRequest, current: str, fixed: dict[str, Any], heading: str) -> HttpResponse:
    frame = _frame(request, current, fixed)
    shown = page_of(request.access, frame["wanted"], request.GET.get("page"), ON_A_PAGE)
    lines = list(shown)
    waits = waits_of(request.access, lines)
    context = {
        **frame,
        "heading": heading,
        "page_obj": shown,
        "total": shown.paginator.count,
        "rows": [(one, waits.get(one.pk, ())) for one in lines],
        "objective": (chosen := _objective(request.access, frame["wanted"])),
        "figures": of_objective(request.access, chosen),
        "counts": counts(request.access) if not fixed else None,
    }
    return render(request, "strategy/plan.html", context)


def _objective(access: Access, wanted: dict[str, Any]) -> Objective | None:
    """The objective that the filter names."""
    return objectives_of(access).get(key=wanted["objective"]) if wanted.get("objective") else None


@page("strategy.see")
def board(request: HttpRequest) -> HttpResponse:
    """The actions in a column for each state."""
    frame = _frame(request, "plan-board", {"state": ""})
    columns = by_state(request.access, frame["wanted"])
    return render(request, "strategy/plan_board.html", {**frame, "columns": columns})


@page("strategy.see")
def time_line(request: HttpRequest) -> HttpResponse:
    """The actions by their days: a Gantt picture with its table."""
    frame = _frame(request, "plan-time")
    shown = page_of(request.access, frame["wanted"], request.GET.get("page"), PAGE)
    lines, today = lines_of(request.access, list(shown)), timezone.localdate()
    drawn = {"picture": picture(lines, today=today), "slim": slim(lines, today=today)}
    context = {**frame, "page_obj": shown, "total": shown.paginator.count, **drawn}
    return render(request, "strategy/plan_time.html", context)
