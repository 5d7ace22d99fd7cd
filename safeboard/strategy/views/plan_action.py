"""One action: raised, read, answered, changed, given another date, done, dropped."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safeboard.core.access import Access, require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency, Board

from .. import operations
from ..choices import LIVE, UNFINISHED, Means, State
from ..forms.plan import AnswerForm, ChangeForm, DoneForm, DropForm, RaiseForm, RedateForm
from ..models import Action
from ..queries.figures import of_objective
from ..queries.money import said
from ..queries.plan import may_be_asked, objectives_of, people_here
from ..queries.plan_one import parts_of
from ..queries.plan_standing import standing, who
from .plan_common import BOTH, action_of, form_page, own_action, parts, sent


@page("strategy.see")
def action(request: HttpRequest, key: UUID) -> HttpResponse:
    """An action with all that belongs to it."""
    row, access = action_of(request.access, key), request.access
    owed = row.state in UNFINISHED
    context = {
        "action": row,
        "standing": standing(row),
        "who": who(row),
        "cost": said(row.cost, Means.MONEY) if row.cost is not None else "",
        "parts": parts(request, "plan"),
        "figures": of_objective(access, row.objective),
        **parts_of(access, row),
        "may_answer": access.can("strategy.answer", row),
        "may_work": owed and access.can("strategy.work_on", row),
        "may_finish": row.state in LIVE and access.can("strategy.work_on", row),
        "may_steer": owed and access.can("strategy.steer", row),
        "may_drop": row.state not in (State.DONE, State.DROPPED) and access.can("strategy.withdraw", row),
    }
    return render(request, "strategy/action.html", context)


@page("strategy.raise", methods=BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Raise an action: of the board itself, asked of an agency, or of an agency for itself."""
    access = request.access
    boards = Board.objects.filter(pk__in=partnership.boards_of(access.agency_id)) if access.agency_id else None
    form = RaiseForm(
        typed(request),
        people=people_here(access),
        objectives=objectives_of(access),
        agencies=may_be_asked(access) if access.board_id else None,
        boards=boards,
        initial={"objective": objectives_of(access).filter(key=_uuid(request.GET.get("objective"))).first()},
    )
    made: list[Action] = []
    if sent(request, form, lambda: made.append(_raise(access, form.cleaned_data, boards))):
        messages.success(request, _("The action stands in the plan."))
        return redirect(made[0].url)
    return form_page(request, form, heading=_("Add an action"), button=_("Add it"), back="strategy:plan")


def _raise(access: Access, given: dict[str, Any], boards: Any) -> Action:
    if access.board_id:
        board, agency = Board.objects.get(pk=access.board_id), given.pop("agency")
    else:
        board, agency = given.pop("board", None) or boards.get(), Agency.objects.get(pk=access.own_agency)
    return operations.raise_action(by=access, board=board, agency=agency, **given)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


@page("strategy.answer", methods=BOTH)
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """An agency's yes or no to what the board asks for."""
    row = own_action(request.access, key)
    require(request.access, "strategy.answer", row)
    form = AnswerForm(typed(request), people=people_here(request.access))
    if sent(request, form, lambda: _answer(request.access, row, form.cleaned_data)):
        messages.success(request, _("The board sees your answer."))
        return redirect(row.url)
    words = {"heading": _("Answer the board"), "button": _("Send the answer"), "action": row}
    return form_page(request, form, **words)


def _answer(access: Access, row: Action, given: dict[str, Any]) -> None:
    if given.pop("said") == "yes":
        operations.accept_action(by=access, action=row, **given)
    else:
        operations.decline_action(by=access, action=row, answer=given["answer"])


@page("strategy.steer", methods=BOTH)
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Other words, another owner, objective, start or cost."""
    row = own_action(request.access, key)
    require(request.access, "strategy.steer", row)
    objectives = objectives_of(request.access).filter(board_id=row.board_id)
    form = ChangeForm(typed(request), action=row, people=people_here(request.access), objectives=objectives)
    if sent(request, form, lambda: operations.change_action(by=request.access, action=row, given=form.cleaned_data)):
        return redirect(row.url)
    return form_page(request, form, heading=_("Change the action"), button=_("Keep the change"), action=row)


@page("strategy.steer", methods=BOTH)
def redate(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another date, with the reason."""
    row = own_action(request.access, key)
    require(request.access, "strategy.steer", row)
    form = RedateForm(typed(request))
    if sent(request, form, lambda: operations.redate_action(by=request.access, action=row, **form.cleaned_data)):
        return redirect(row.url)
    return form_page(request, form, heading=_("Give it another date"), button=_("Move the date"), action=row)


@page("strategy.work_on", methods=BOTH)
def done(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is done, and how one can tell."""
    row = own_action(request.access, key)
    require(request.access, "strategy.work_on", row)
    form = DoneForm(typed(request), has_files=row.actionfiles.exists())
    if sent(request, form, lambda: operations.finish_action(by=request.access, action=row, **form.cleaned_data)):
        messages.success(request, _("Well done. The plan shows it as done."))
        return redirect(row.url)
    return form_page(request, form, heading=_("Say that it is done"), button=_("It is done"), action=row)


@page("strategy.withdraw", methods=BOTH)
def drop(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nothing will be done, and why."""
    row = action_of(request.access, key)
    require(request.access, "strategy.withdraw", row)
    form = DropForm(typed(request))
    if sent(request, form, lambda: operations.drop_action(by=request.access, action=row, **form.cleaned_data)):
        return redirect(row.url)
    return form_page(request, form, heading=_("Drop the action"), button=_("Drop it"), action=row)
