"""The answer: lines as they come, newest first; counts; one line with what came before and after it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import because
from safeboard.core.page import page

from ..archive import WrongQuestion
from ..errors import Refused
from ..models import Question
from ..operations import asking
from ..operations.looking import next_part
from ..queries import counting
from ..queries.answer import MINUTES, Part, read_cursor, words_of
from ..queries.around import lines_around
from .frame import find_question, frame, refused

BY_ITSELF = 1000  # lines that load one part after the other; then each part is asked for


@page("sitelogs.ask")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The first part of an answer, or the part after a cursor; with htmx only its lines. Each look is one entry."""
    question = find_question(request.access, pk)
    cursor = read_cursor(request.GET.get("from", ""), question, request.access)
    try:
        part = next_part(by=request.access, question=question, cursor=cursor)
    except (Refused, WrongQuestion) as why:
        return refused(request, why, back=reverse("sitelogs:question", args=[pk]))
    shown = {"question": question, "part": part, "goes_on": _goes_on(request, part), "here": request.path}
    shown["many"] = len(question.logs) > 1
    if request.headers.get("HX-Request") == "true":
        return render(request, "sitelogs/_more.html", shown)
    return render(
        request, "sitelogs/answer.html", _whole(request, question, "rows") | shown | {"first": cursor is None}
    )


def _goes_on(request: HttpRequest, part: Part) -> bool:
    return bool(part.more) and part.shown < BY_ITSELF and "stop" not in request.GET


def _whole(request: HttpRequest, question: Question, current: str) -> dict:
    """What the pages of an answer share: the question in words, and the ways to look at it."""
    words = words_of(question, request.access)
    ways = [
        ("rows", "answer", _("Lines")),
        ("counts", "counts", _("By day and hour")),
        ("take", "take", _("Take it out")),
    ]
    views = [
        {"text": text, "href": reverse(f"sitelogs:{name}", args=[question.pk]), "current": key == current}
        for key, name, text in ways
    ]
    return frame(request, "home", question=question, words=words, ways=views, because_word=because.token(question))


@page("sitelogs.ask")
def counts(request: HttpRequest, pk: int) -> HttpResponse:
    """How many lines by day and by hour, as pictures with their figures."""
    question = find_question(request.access, pk)
    try:
        asking.may_run(by=request.access, question=question, what="counts")
        found = counting.counted(request.access, question)
    except (Refused, WrongQuestion) as why:
        return refused(request, why, back=reverse("sitelogs:question", args=[pk]))
    return render(request, "sitelogs/counts.html", _whole(request, question, "counts") | {"found": found})


@page("sitelogs.ask")
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line as it came, and what the same computer asked for ten minutes before and after."""
    question = find_question(request.access, pk)
    try:
        asking.may_run(by=request.access, question=question, what="line")
        found = lines_around(question, request.GET.get("ref", ""))
    except (Refused, WrongQuestion) as why:
        return refused(request, why, back=reverse("sitelogs:question", args=[pk]))
    if found is None:
        messages.warning(request, _("That line is not in this answer. Choose one here."))
        return redirect("sitelogs:answer", pk=pk)
    context = _whole(request, question, "rows") | {"found": found, "minutes": MINUTES}
    return render(request, "sitelogs/line.html", context)


def may_take(request: HttpRequest, pk: int) -> Question:
    """A question of one's own, to take its answer out. Raises PermissionDenied for another's."""
    question = find_question(request.access, pk)
    if question.asked_by_id != request.access.person.pk:
        raise PermissionDenied("an answer is for who asked")
    return question


@page("sitelogs.ask")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The ways in which an answer can be taken out."""
    question = may_take(request, pk)
    if not question.may_run:
        return refused(
            request, Refused(_("This question may not be answered now.")), back=reverse("sitelogs:question", args=[pk])
        )
    return render(request, "sitelogs/take.html", _whole(request, question, "take"))
