"""The way to an answer: the authority, the question, the look over it, a second person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import because, history
from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import engine, queries
from ..choices import Ground
from ..errors import Refused
from ..forms.asking import AskForm, AuthorityForm, NameForm, SecondForm, as_initial
from ..forms.common import WhyForm
from ..models import Authority, Question
from ..operations import asking
from ..queries.answer import terms_of, words_of
from ..queries.trail import trace
from ..terms import said
from .frame import BOTH, find_question, frame, saved

PAGE = 25


@page("sitelogs.see")
def home(request: HttpRequest) -> HttpResponse:
    """The questions that this person may open, those kept under a name, and the way to a new one."""
    access = request.access
    shown = Paginator(queries.visible_to(access), PAGE).get_page(request.GET.get("page"))
    names = {one.pk: one.setting.name for one in queries.logs_of(access)}
    rows = [(one, said(terms_of(one), [names[pk] for pk in one.logs if pk in names])) for one in shown.object_list]
    may_ask = access.can("sitelogs.ask")
    context = frame(
        request,
        "home",
        rows=rows,
        page_obj=shown,
        total=shown.paginator.count,
        saved=queries.saved_of(access) if may_ask else [],
        may_ask=may_ask,
        cleared=may_ask and queries.clearance_of(access) is not None,
        waiting=len(queries.waiting_for(access)) if access.can("sitelogs.second") else 0,
        logs=bool(names),
    )
    return render(request, "sitelogs/home.html", context)


# The authority ---------------------------------------------------------------------------------------------------


@page("sitelogs.ask", methods=BOTH)
def authority_new(request: HttpRequest) -> HttpResponse:
    """What the question rests on: without it nothing is asked."""
    word = request.GET.get(because.FIELD, "")
    known = because.reason(request.access, word)
    if word and known is None:
        messages.warning(
            request, _("The record that you came from cannot be opened by you. Say what the question rests on.")
        )
    form = AuthorityForm(typed(request), because_of=known)
    made: list[Authority] = []

    def record() -> None:
        given: dict[str, Any] = {"ground": Ground.INCIDENT, "because_of": known} if known else {}
        made.append(asking.record_authority(by=request.access, **{**form.cleaned_data, **given}))

    if request.method == "POST" and form.is_valid() and saved(form, record):
        again = request.GET.get("again", "")
        onward = reverse("sitelogs:ask", args=[made[0].pk])
        return redirect(f"{onward}?again={again}" if again.isdigit() else onward)
    cleared = queries.clearance_of(request.access) is not None
    context = frame(request, "home", form=form, known=known, cleared=cleared)
    return render(request, "sitelogs/authority_new.html", context)


def _authority(request: HttpRequest, pk: int) -> Authority:
    row = queries.authorities_of(request.access).filter(pk=pk).first()
    if row is None:
        raise Http404("no such authority")
    require(request.access, "sitelogs.ask", row)
    return row


@page("sitelogs.ask")
def authority(request: HttpRequest, pk: int) -> HttpResponse:
    """One authority: what it says, its questions, whether it still holds."""
    row = _authority(request, pk)
    rows = [(one, words_of(one)) for one in queries.visible_to(request.access).filter(authority=row)[:PAGE]]
    context = frame(
        request,
        "home",
        authority=row,
        rows=rows,
        because=because.named(request.access, row.because_type, row.because_id or 0),
        may_withdraw=request.access.can("sitelogs.withdraw", row) and row.holds,
        mine=row.made_by_id == request.access.person.pk,
    )
    return render(request, "sitelogs/authority.html", context)


@page("sitelogs.withdraw", methods=BOTH)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an authority, with the reason."""
    row = _authority(request, pk)
    require(request.access, "sitelogs.withdraw", row)
    hint = _("From then on nothing is answered under it. What was asked stays on record.")
    form = WhyForm(typed(request), label=_("Why is it withdrawn?"), hint=hint)
    call = lambda: asking.withdraw_authority(by=request.access, authority=row, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, call):
        messages.success(request, _("The authority is withdrawn."))
        return redirect("sitelogs:authority", pk=pk)
    back = reverse("sitelogs:authority", args=[pk])
    context = frame(
        request, "home", form=form, heading=_("Withdraw this authority"), button=_("Withdraw it"), back=back
    )
    return render(request, "sitelogs/one_form.html", context)


# The question ----------------------------------------------------------------------------------------------------


@page("sitelogs.ask", methods=BOTH)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, where, when, what. Nothing typed is lost where something has to be put right."""
    row = _authority(request, pk)
    engine.prepare()
    logs = list(queries.logs_of(request.access))
    form = AskForm(typed(request), logs=logs, initial=_again(request))
    made: list[Question] = []

    def write() -> None:
        given = {name: form.cleaned_data[name] for name in ("form_key", "about_self")}
        terms, chosen = form.terms(), form.chosen()
        made.append(asking.ask(by=request.access, authority=row, terms=terms, logs=chosen, **given))

    if request.method == "POST" and form.is_valid() and saved(form, write):
        return redirect("sitelogs:question", pk=made[0].pk)
    return render(request, "sitelogs/ask.html", frame(request, "home", form=form, authority=row, logs=logs))


def _again(request: HttpRequest) -> dict[str, Any]:
    """What stands in the boxes where a question of before is asked again."""
    pk = request.GET.get("again", "")
    before = queries.visible_to(request.access).filter(pk=pk).first() if pk.isdigit() and len(pk) < 19 else None
    return as_initial(terms_of(before), before.logs) if before else {}


@page("sitelogs.ask")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question in plain words before it runs, and what may be done with it."""
    row = find_question(request.access, pk)
    engine.prepare()
    mine = row.asked_by_id == request.access.person.pk
    context = frame(
        request,
        "home",
        question=row,
        words=words_of(row),
        mine=mine,
        may_run=mine and row.may_run,
        name_form=NameForm(initial={"name": row.name}),
        ends=list(because.ends_of(request.access, row)),
        review=getattr(row, "review", None),
        because_word=because.token(row),
        traces=[trace(entry) for entry in history.of(row)[:PAGE]],
        because=because.named(request.access, row.authority.because_type, row.authority.because_id or 0),
    )
    return render(request, "sitelogs/question.html", context)


@page("sitelogs.ask", methods=("POST",))
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a question under a name, or forget it."""
    row = find_question(request.access, pk)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            asking.save_question(by=request.access, question=row, **form.cleaned_data)
            messages.success(request, _("The question is kept.") if row.name else _("The name is forgotten."))
        except Refused as why:
            messages.warning(request, str(why))
    else:
        messages.warning(request, _("The name must be 80 characters or fewer. Nothing was changed."))
    return redirect("sitelogs:question", pk=pk)


# A second person -------------------------------------------------------------------------------------------------


@page("sitelogs.second")
def second_list(request: HttpRequest) -> HttpResponse:
    """Questions that wait for this person to allow them."""
    names = {one.pk: one.setting.name for one in queries.logs_of(request.access)}
    waiting = queries.waiting_for(request.access)
    rows = [(one, said(terms_of(one), [names[pk] for pk in one.logs if pk in names])) for one in waiting]
    return render(request, "sitelogs/second_list.html", frame(request, "home", rows=rows))


@page("sitelogs.second", methods=BOTH)
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """Look over a question that somebody else wants to ask, and allow it or not."""
    waiting = [one.pk for one in queries.waiting_for(request.access)]
    row = get_object_or_404(Question.objects.select_related("authority", "asked_by").filter(pk__in=waiting), pk=pk)
    form = SecondForm(typed(request))
    call = lambda: asking.decide(by=request.access, question=row, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, call):
        messages.success(request, _("It is on record what you decided."))
        return redirect("sitelogs:second-list")
    words = words_of(row)
    return render(request, "sitelogs/second.html", frame(request, "home", form=form, question=row, words=words))
