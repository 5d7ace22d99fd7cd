"""Lessons of an agency or a board: the list with its picture, one of them, done, looked back on, shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board
from safeboard.strategy import queries as plans

from .. import queries
from ..choices import Origin
from ..forms.lessons import DoneForm, LessonFilter, LessonForm, LookForm, PlanForm, ShareForm
from ..models import BoardReview, Incident, NearMiss
from ..operations.lesson_plan import plan_lesson
from ..operations.lessons import (
    change_lesson,
    finish_lesson,
    look_back,
    possible_owners,
    share_lesson,
    write_lesson,
)
from ..queries.lessons import came_from, found, lessons_of, near_misses_of, picture, state_of
from ..queries.looking_back import board_reviews
from .looking import BOTH, kept, parts, sent

PAGE = 30


@page("incidents.see_lessons")
def lessons(request: HttpRequest) -> HttpResponse:
    """What was learned here, what is owed of it, and whether it worked."""
    form = LessonFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    shown = Paginator(found(request.access, wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "chosen": any(wanted.values()),
        "page_obj": shown,
        "total": shown.paginator.count,
        "rows": [(one, state_of(one)) for one in shown.object_list],
        "picture": picture(request.access),
        "may_make": request.access.can("incidents.make_lesson"),
        "parts": parts(request, "lessons"),
    }
    return render(request, "incidents/lessons.html", context)


@page("incidents.see_lessons")
def lesson(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """One lesson: where it came from, who sees to it, what was done, whether it worked."""
    row = _of(request, lesson)
    agency = request.access.agency_id is not None
    context = {
        "lesson": row,
        "state": state_of(row),
        "incident": came_from(request.access, row) if agency else None,
        "near_miss": row.near_miss if agency and row.near_miss in near_misses_of(request.access) else None,
        "review": None if agency else row.review,
        "may_keep": request.access.can("incidents.keep_lesson", row),
        "actions": [(one, plans.standing(one)) for one in plans.actions_of(row)],
        "may_plan": row.done_on is None and request.access.can("strategy.raise"),
        "may_share": agency and request.access.can("incidents.share_lesson", row),
        "parts": parts(request, "lessons"),
    }
    return render(request, "incidents/lesson.html", context)


def _of(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(lessons_of(request.access), key=key)


@dataclass(frozen=True)
class Source:
    """What a new lesson comes from, by the address: an incident, a near miss, a board's review, the log, or nothing."""

    origin: str = Origin.ELSEWHERE
    incident: Incident | None = None
    near_miss: NearMiss | None = None
    review: BoardReview | None = None
    back: str = ""


def _source(request: HttpRequest) -> Source:
    """What the address names, where this person may know of it; else 404."""
    wanted = request.GET
    if wanted.get("incident", "").isdecimal():
        incident = queries.visible_to(request.access).filter(pk=wanted["incident"]).first()
        if incident is None:
            raise Http404
        require(request.access, "incidents.debrief", incident)
        origin = Origin.SERIOUS if wanted.get("from") == "serious" else Origin.DEBRIEF
        return Source(origin, incident=incident, back=reverse("incidents:review", args=[incident.pk]))
    if wanted.get("near_miss"):
        row = _near_miss(request, wanted["near_miss"])
        return Source(Origin.NEAR_MISS, near_miss=row, back=reverse("incidents:near-misses"))
    if wanted.get("review", "").isdecimal():
        review = get_object_or_404(board_reviews(request.access), pk=wanted["review"])
        return Source(Origin.SERIOUS, review=review, back=reverse("incidents:board-review", args=[review.pk]))
    return Source(Origin.LOG if wanted.get("from") == "log" else Origin.ELSEWHERE)


def _near_miss(request: HttpRequest, key: str) -> NearMiss:
    try:
        return get_object_or_404(near_misses_of(request.access), key=UUID(key))
    except ValueError:
        raise Http404 from None


@page("incidents.make_lesson", methods=BOTH)
def lesson_new(request: HttpRequest) -> HttpResponse:
    """Write down a lesson, of what the address names or of nothing in particular."""
    source, access = _source(request), request.access
    owners = possible_owners(access, source.incident)
    form = LessonForm(typed(request), owners=owners, board=access.board_id is not None)
    if request.method == "POST" and form.is_valid():
        ties = {"incident": source.incident, "near_miss": source.near_miss, "review": source.review}
        given = {**form.cleaned_data, **ties, "origin": source.origin}
        if kept(form, lambda: write_lesson(by=access, **given)):
            messages.success(request, _("The lesson is kept. It shows on the home page of whoever sees to it."))
            return redirect(source.back or "incidents:lessons")
    words = {"heading": _("Write down a lesson"), "button": _("Keep the lesson"), "back": source.back}
    return _form_page(request, form, words)


def _form_page(request: HttpRequest, form: BaseForm, words: dict[str, str], lesson: Any = None) -> HttpResponse:
    context = {**words, "form": form, "lesson": lesson, "parts": parts(request, "lessons")}
    return render(request, "incidents/lesson_form.html", context)


@page("incidents.keep_lesson", methods=BOTH)
def lesson_change(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Change what is to be done, who sees to it, or by when."""
    row = _of(request, lesson)
    require(request.access, "incidents.keep_lesson", row)
    names = ("what", "kind", "due_on", "everybody")
    initial = {name: getattr(row, name, None) for name in names} | {"owner": row.owner_id}
    owners = possible_owners(request.access, getattr(row, "incident", None))
    board = request.access.board_id is not None
    form = LessonForm(typed(request), owners=owners, initial=initial, board=board)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        if kept(form, lambda: change_lesson(by=request.access, lesson=row, given=given)):
            return redirect("incidents:lesson", lesson=row.key)
    return _form_page(request, form, {"heading": _("Change the lesson"), "button": _("Keep the change")}, row)


@page("incidents.keep_lesson", methods=BOTH)
def lesson_done(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """What was done, and how it was shared."""
    row = _of(request, lesson)
    require(request.access, "incidents.keep_lesson", row)
    form = DoneForm(typed(request))
    if sent(request, form, lambda: finish_lesson(by=request.access, lesson=row, **form.cleaned_data)):
        messages.success(request, _("Well done. In three months we ask whether it worked."))
        return redirect("incidents:lesson", lesson=row.key)
    return _form_page(request, form, {"heading": _("What was done?"), "button": _("It is done")}, row)


@page("incidents.keep_lesson", methods=BOTH)
def lesson_plan(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Make it an action of the plan."""
    row = _of(request, lesson)
    require(request.access, "incidents.keep_lesson", row)
    require(request.access, "strategy.raise")
    form = PlanForm(typed(request), initial={"title": row.what[:200], "due_on": row.due_on})
    if sent(request, form, lambda: plan_lesson(by=request.access, lesson=row, **form.cleaned_data)):
        messages.success(request, _("It stands in the action plan."))
        return redirect("incidents:lesson", lesson=row.key)
    return _form_page(request, form, {"heading": _("Make it an action of the plan"), "button": _("Add it")}, row)


@page("incidents.keep_lesson", methods=BOTH)
def lesson_look(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Three months later: did it work?"""
    row = _of(request, lesson)
    require(request.access, "incidents.keep_lesson", row)
    form = LookForm(typed(request))
    if sent(request, form, lambda: look_back(by=request.access, lesson=row, **form.cleaned_data)):
        messages.success(request, _("It is kept whether it worked."))
        return redirect("incidents:lesson", lesson=row.key)
    return _form_page(request, form, {"heading": _("Look back"), "button": _("Keep it")}, row)


@page("incidents.share_lesson", methods=BOTH)
def lesson_share(request: HttpRequest, lesson: UUID) -> HttpResponse:
    """Give the board a copy."""
    row = _of(request, lesson)
    require(request.access, "incidents.share_lesson", row)
    boards = Board.objects.filter(pk__in=partnership.boards_of(request.access.own_agency))
    form = ShareForm(typed(request), boards=boards)
    if sent(request, form, lambda: share_lesson(by=request.access, lesson=row, **form.cleaned_data)):
        messages.success(request, _("The board has a copy."))
        return redirect("incidents:lesson", lesson=row.key)
    return _form_page(request, form, {"heading": _("Share it with the board"), "button": _("Share it")}, row)
