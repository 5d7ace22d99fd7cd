"""The board's pages of surveys: the list, writing one, its links and posters, what came in, and what was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.prepared import key_of, pdf_or_wait, prepared, print_pdf
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from ..choices.surveys import Asks
from ..errors import Refused
from ..forms.surveys import OWN, SAME, ActForm, DaysForm, HeardForm, NewSurveyForm, QuestionForm, SurveyForm
from ..models import Survey, SurveyLink
from ..operations import surveys as do
from ..operations.survey_answers import count_survey
from ..qr import code_of
from ..queries import surveys as reads

BOTH = ("GET", "POST")
PAGE = 40
ABOUT = ("title", "opening", "thanks", "opens_on", "closes_on", "one_a_device", "by_agency")
POSTER_WORDS = {
    "child": gettext_lazy("Tell us what you think about life online. Nobody asks your name."),
    "parent": gettext_lazy("Tell us what would help you keep your child safe online. Nobody asks your name."),
    "staff": gettext_lazy("Tell us how it looks from where you work. Nobody asks your name."),
}


def _board(request: HttpRequest) -> Board:
    board = partnership.board_of(request.access)
    if board is None:
        raise Http404("no board")
    return board


def _survey(request: HttpRequest, pk: int) -> Survey:
    return get_object_or_404(Survey.objects.select_related("board", "before"), pk=pk)


def _done(form: BaseForm, call: Callable[[], Any]) -> bool:
    """Do it, and whether it was done. What the rules refuse stands in the form, beside what was typed."""
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _sent(request: HttpRequest, form: BaseForm, call: Callable[[], Any]) -> bool:
    return request.method == "POST" and form.is_valid() and _done(form, call)


def _do(request: HttpRequest, call: Callable[[], Any], words: str) -> None:
    """Do what a single button asks for, and say so; or say why not."""
    try:
        call()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, words)


def _form(request: HttpRequest, form: BaseForm, survey: Survey | None, heading: str, button: str) -> HttpResponse:
    context = {"form": form, "survey": survey, "heading": heading, "button": button}
    return render(request, "standards/survey_form.html", context)


@page("standards.see_results")
def surveys(request: HttpRequest) -> HttpResponse:
    """The board's surveys; for an agency, what those of its boards found."""
    if request.access.board_id:
        rows: Any = reads.surveys_of(request.access)
        name = "standards/surveys.html"
    else:
        rows, name = reads.results_of(request.access), "standards/survey_results_list.html"
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may_run = request.access.can("standards.run_surveys")
    return render(request, name, {"page_obj": shown, "rows": shown.object_list, "may_run": may_run})


@page("standards.run_surveys", methods=BOTH)
def survey_new(request: HttpRequest) -> HttpResponse:
    """Begin a survey: from one of the pack, or with questions of one's own."""
    board = _board(request)
    templates, reviews = reads.templates(board.pack), reads.reviews_to_ask(board.pack)
    form = NewSurveyForm(typed(request), templates=templates, reviews=reviews)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        name = given.pop("begun")
        begun = next((one for one in templates if one.id == name), None)
        review = next((one for one in reviews if name == f"{SAME}{one.id}"), None)
        given["title"] = given["title"] or str((begun or review).title)
        given |= {"begun": begun, "review": review, "audience": name.removeprefix(OWN)}
        survey = do.begin_survey(by=request.access, board=board, **given)
        return redirect("standards:survey", pk=survey.pk)
    return _form(request, form, None, _("New survey"), _("Begin it"))


@page("standards.see_surveys")
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: what it asks and how hard that is to read, its links, how many answered, what is next."""
    row = _survey(request, pk)
    questions = [
        {"number": number, "asked": one, "reading": reads.reading(row.audience, reads.texts_of(one))}
        for number, one in enumerate(row.questions)
    ]
    whole = [row.opening, row.thanks, *(text for one in row.questions for text in reads.texts_of(one))]
    links = Paginator(row.links.select_related("agency").order_by("agency__name", "pk"), PAGE)
    shown = links.get_page(request.GET.get("page"))
    context = {
        "survey": row,
        "questions": questions,
        "reading": reads.reading(row.audience, whole),
        "answers": reads.about_how_many(row) if not row.is_draft else None,
        "page_obj": shown,
        "links": [(link, _address(link)) for link in shown.object_list],
        "waiting": row.words.filter(acted="").count(),
        "result": getattr(row, "result", None),
        "may_run": request.access.can("standards.run_surveys", row),
    }
    return render(request, "standards/survey.html", context)


def _address(link: SurveyLink) -> str:
    return settings.SAFEBOARD_ADDRESS.rstrip("/") + reverse("survey:answer", args=[link.token])


@page("standards.run_surveys", methods=BOTH)
def survey_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says around the questions, its days, and how it is answered."""
    row = _survey(request, pk)
    form = SurveyForm(typed(request), initial={name: getattr(row, name) for name in ABOUT})

    def change() -> None:
        given = {name: form.cleaned_data[name] for name in ABOUT}
        do.change_survey(by=request.access, survey=row, given=given)

    if _sent(request, form, change):
        return redirect("standards:survey", pk=row.pk)
    return _form(request, form, row, _("Change the survey"), _("Keep the change"))


@page("standards.run_surveys", methods=BOTH)
def survey_question(request: HttpRequest, pk: int, at: int | None = None) -> HttpResponse:
    """A question of a draft: a new one, or one that is there."""
    row = _survey(request, pk)
    old = row.questions[at] if at is not None and at < len(row.questions) else None
    if at is not None and old is None:
        raise Http404("no such question")
    form = QuestionForm(typed(request), old=old)
    if _sent(request, form, lambda: do.put_question(by=request.access, survey=row, question=form.cleaned_data, at=at)):
        return redirect("standards:survey", pk=row.pk)
    heading = _("Change the question") if old else _("A question more")
    return _form(request, form, row, heading, _("Keep it"))


@page("standards.run_surveys", methods=("POST",))
def survey_arrange(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    """Take a question away, or move it up."""
    row, what = _survey(request, pk), request.POST.get("do", "")
    if what in ("remove", "up"):
        _do(
            request,
            lambda: do.arrange_questions(by=request.access, survey=row, at=at, do=what),
            _("The question was taken away.") if what == "remove" else _("The question was moved up."),
        )
    return redirect("standards:survey", pk=row.pk)


@page("standards.run_surveys", methods=BOTH)
def survey_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the words and make the links: asked once more before it is done."""
    row = _survey(request, pk)
    if request.method == "POST":
        _do(
            request,
            lambda: do.publish_survey(by=request.access, survey=row),
            _("It is published. Print a poster, or send the link."),
        )
        return redirect("standards:survey", pk=row.pk)
    return render(request, "standards/survey_publish.html", {"survey": row, "agencies": _seated(row)})


def _seated(row: Survey) -> int:
    return partnership.agencies_in(row.board_id).count() if row.by_agency else 0


@page("standards.run_surveys", methods=BOTH)
def survey_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it before its last day and count it: asked once more before it is done."""
    row = _survey(request, pk)
    if request.method == "POST":
        _do(
            request,
            lambda: count_survey(by=request.access, survey=row),
            _("It is closed and counted. The figures stay as they are."),
        )
        return redirect("standards:survey", pk=row.pk)
    return render(request, "standards/survey_close.html", {"survey": row, "answers": reads.about_how_many(row)})


@page("standards.run_surveys", methods=BOTH)
def survey_repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the same again, to be compared."""
    row = _survey(request, pk)
    form = DaysForm(typed(request))
    made: list[Survey] = []
    if _sent(request, form, lambda: made.append(do.repeat_survey(by=request.access, survey=row, **form.cleaned_data))):
        return redirect("standards:survey", pk=made[0].pk)
    return _form(request, form, row, _("Ask the same again"), _("Begin it"))


@page("standards.see_surveys")
def survey_poster(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """A poster with the link as a code and in letters, as a PDF."""
    row = _survey(request, pk)
    one = get_object_or_404(SurveyLink.objects.select_related("agency"), survey=row, pk=link)
    if row.is_draft:
        raise Http404("not published")
    address = _address(one)
    words = {"survey": row, "agency": one.agency, "address": address, "code": code_of(address)}
    words |= {"call": POSTER_WORDS[row.audience], "voice": reads.voice(row.board.pack, row.audience)}
    words["helpers"] = [(one, text) for one, text in reads.helpers(row.board.pack, words["voice"]) if one.telephone]
    html = render_to_string("standards/survey_poster.html", words)
    content = prepared(key_of("survey-poster", html), print_pdf, html=html, title=row.title)
    return pdf_or_wait(request, content, filename=f"survey-{row.pk}-{one.pk}.pdf", inline=True)


@page("standards.read_words")
def survey_words(request: HttpRequest, pk: int) -> HttpResponse:
    """What people wrote in their own words, unread first; each look is noted."""
    row = _survey(request, pk)
    shown = Paginator(reads.words_of(row), PAGE).get_page(request.GET.get("page"))
    do.look_at_words(by=request.access, survey=row)
    questions = {one["id"]: one["question"] for one in row.questions if one["asks"] == Asks.WORDS}
    rows = [
        {"words": one, "question": questions.get(one.question, ""), "form": ActForm(prefix=f"w{one.pk}")}
        for one in shown.object_list
    ]
    return render(request, "standards/survey_words.html", {"survey": row, "rows": rows, "page_obj": shown})


@page("standards.read_words", methods=("POST",))
def survey_words_act(request: HttpRequest, pk: int, words: int) -> HttpResponse:
    """Note what was done about words that were read."""
    row = _survey(request, pk)
    one = get_object_or_404(reads.words_of(row), pk=words)
    form = ActForm(request.POST, prefix=f"w{one.pk}")
    if form.is_valid():
        do.act_on_words(by=request.access, words=one, acted=form.cleaned_data["acted"])
        messages.success(request, _("It is noted."))
    else:
        messages.error(request, _("Choose what you did. Nothing was changed."))
    return redirect("standards:survey-words", pk=row.pk)


@page("standards.see_results")
def survey_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What a survey found, beside the time before, and what came of it."""
    result = get_object_or_404(reads.results_of(request.access).select_related("before"), pk=pk)
    beside = reads.beside_leads(request.access, result)
    context = {
        "result": result,
        "found": reads.found(result),
        "whole": reads.figure(result.answers),
        "heard": reads.heard_of(result),
        "differ": [one for one in beside if one.differ],
        "agree": [one for one in beside if not one.differ],
        "may_run": request.access.can("standards.run_surveys", result),
    }
    return render(request, "standards/survey_result.html", context)


@page("standards.run_surveys", methods=BOTH)
def survey_heard(request: HttpRequest, pk: int) -> HttpResponse:
    """You said, we did: one thing more."""
    result = get_object_or_404(reads.results_of(request.access), pk=pk)
    form = HeardForm(typed(request))
    if _sent(request, form, lambda: do.say_heard(by=request.access, result=result, **form.cleaned_data)):
        return redirect("standards:survey-result", pk=result.pk)
    return _form(request, form, None, _("You said, we did"), _("Keep it"))


@page("standards.run_surveys", methods=("POST",))
def survey_result_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to everybody who has the survey's link."""
    result = get_object_or_404(reads.results_of(request.access), pk=pk)
    _do(
        request,
        lambda: do.publish_result(by=request.access, result=result),
        _("It is published: whoever opens the survey’s link reads it."),
    )
    return redirect("standards:survey-result", pk=result.pk)
