"""The pages on which a survey is answered: without an account, a session or a script.

They stand below ``/survey/``, where core.unseen takes away what could tell who asks. One cookie may pass, where the
survey wants one answer from each device: it says that this survey was answered here, the same on every device.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from safeboard.core.page import open_page
from safeboard.core.unseen import COUNTER

from ..choices.surveys import Audience
from ..errors import Refused
from ..forms.surveys import AnswerForm, SoFar, so_far
from ..models import Survey, SurveyLink
from ..operations.survey_answers import NOBODY, take_answer
from ..queries import surveys as reads

REASON = "an anonymous survey: whoever has its link answers it, and reads what came of it once that is published"
# In an hour and in one process: from one place (a whole school may be one), and in all.
SENDS = {"each": 400, "in_all": 6000}
PASSING = (OperationalError, InterfaceError)
COOKIE, SALT = "answered", "safeboard.standards.survey"


def of_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the link and what every screen shows. No token against forged posts: there is no session."""

    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        link = reads.link_of(token)
        if link is None:
            raise Http404("no such survey")
        survey = link.survey
        voice = reads.voice(survey.board.pack, survey.audience)
        frame = {"survey": survey, "board": survey.board, "token": token, "voice": voice}
        frame |= {"helpers": reads.helpers(survey.board.pack, voice), "for_child": survey.audience == Audience.CHILD}
        frame |= {"writes_to_us": reads.writes_to_us(survey.board)}
        return view(request, link, frame)

    return csrf_exempt(open_page(reason=REASON, methods=("GET", "POST"))(found))


@of_link
def answer(request: HttpRequest, link: SurveyLink, frame: dict[str, Any]) -> HttpResponse:
    """What it is for, the questions, and thanks: one question a screen for children, all on one for others."""
    survey = link.survey
    if not survey.is_open():
        return _closed(request, survey, frame)
    if _answered_here(request, survey):
        return render(request, "standards/survey_answered.html", frame)
    screens = _screens(survey)
    given = so_far(request.POST.get("so_far", ""))
    if request.method != "POST":
        return _start(request, frame, screens, given)
    at = _number(request.POST.get("at", ""), len(screens))
    if at is None:
        return _screen(request, frame, screens, given, 0)
    form = AnswerForm(request.POST, screens[at], given, alone=frame["for_child"])
    back = request.POST.get("do") == "back"
    if not form.is_valid() and not back:
        return _screen(request, frame, screens, given, at, form=form)
    form.into(given)
    if back or at + 1 < len(screens):
        return _screen(request, frame, screens, given, max(at - 1, 0) if back else at + 1)
    return _send(request, link, frame, screens, given)


def _screens(survey: Survey) -> list[list[Mapping[str, Any]]]:
    """The questions as they come: for children one a screen."""
    return [[one] for one in survey.questions] if survey.audience == Audience.CHILD else [survey.questions]


def _number(text: str, many: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) < many else None


def _start(
    request: HttpRequest, frame: dict[str, Any], screens: Sequence[Sequence[Mapping[str, Any]]], given: SoFar
) -> HttpResponse:
    """The words before it: on a page of their own for children, above the questions for others."""
    if frame["for_child"]:
        return render(request, "standards/survey_before.html", frame | {"so_far": given.sealed()})
    return _screen(request, frame, screens, given, 0)


def _screen(
    request: HttpRequest,
    frame: dict[str, Any],
    screens: Sequence[Sequence[Mapping[str, Any]]],
    given: SoFar,
    at: int,
    *,
    form: AnswerForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """A screen with its form: what was answered before stands in it."""
    form = form or AnswerForm(None, screens[at], given, alone=frame["for_child"])
    context = {"form": form, "at": at, "number": at + 1, "many": len(screens), "so_far": given.sealed()}
    context |= {"last": at + 1 == len(screens), "notice": notice, "words_here": _words_here(screens[at])}
    return render(request, "standards/survey_answer.html", frame | context, status=status)


def _words_here(questions: Sequence[Mapping[str, Any]]) -> bool:
    return any(one["asks"] == "words" for one in questions)


def _send(
    request: HttpRequest,
    link: SurveyLink,
    frame: dict[str, Any],
    screens: Sequence[Sequence[Mapping[str, Any]]],
    given: SoFar,
) -> HttpResponse:
    """Keep the answers and say thanks; over the limit, or where it could not be saved, nothing is lost."""
    last = len(screens) - 1
    if not COUNTER.take("survey", request.bucket, **SENDS):  # type: ignore[attr-defined]
        return _screen(request, frame, screens, given, last, notice="busy", status=429)
    try:
        take_answer(by=NOBODY, link=link, key=given.uuid, ticked=given.ticked, words=given.words)
    except Refused:
        return _closed(request, link.survey, frame)
    except PASSING:
        return _screen(request, frame, screens, given, last, notice="again", status=503)
    response = render(request, "standards/survey_thanks.html", frame)
    if link.survey.one_a_device:
        _mark(response, link)
    return response


def _mark(response: HttpResponse, link: SurveyLink) -> None:
    """Note on the device that this survey was answered there, until it closes. It is the same for everybody."""
    survey = link.survey
    days = (survey.closes_on - timezone.localdate()).days + 1
    response.set_cookie(
        COOKIE,
        Signer(salt=SALT).sign(str(survey.pk)),
        max_age=days * 24 * 3600,
        path=reverse("survey:answer", args=[link.token]),
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def _answered_here(request: HttpRequest, survey: Survey) -> bool:
    if not survey.one_a_device:
        return False
    try:
        return Signer(salt=SALT).unsign(request.COOKIES.get(COOKIE, "")) == str(survey.pk)
    except BadSignature:
        return False


def _closed(request: HttpRequest, survey: Survey, frame: dict[str, Any]) -> HttpResponse:
    """What was found and what came of it, where that was published; else that it is closed, or not open yet."""
    shown = reads.published_result(survey)
    if shown:
        result, heard = shown
        found = {"result": result, "heard": heard, "found": reads.found(result), "whole": reads.figure(result.answers)}
        return render(request, "standards/survey_public.html", frame | found)
    early = survey.opens_on > timezone.localdate()
    return render(request, "standards/survey_closed.html", frame | {"early": early})
