"""The board's rounds: prepared, sent, watched, closed; what came back, by question and as a spread."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library import queries as library
from safeboard.partnership import queries as partnership

from .. import asking, operations, pictures
from ..choices import RoundState, Stand
from ..errors import Refused
from ..forms.rounds import AgenciesForm, RoundForm
from ..models import Round
from ..queries import answers
from ..queries import reviews as reviewing
from ..queries import rounds as queries
from ..sheets import workbook_of

BOTH = ("GET", "POST")
A_PAGE = 50


def round_or_404(request: HttpRequest, pk: int) -> Round:
    """One round of the board acted for."""
    found = queries.round_of(request.access, pk)
    if found is None:
        raise Http404
    return found


@page("standards.see_rounds")
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds of the board, newest first."""
    shown = Paginator(queries.rounds_of(request.access), A_PAGE).get_page(request.GET.get("page"))
    may = request.access.can("standards.keep_round")
    return render(request, "standards/rounds.html", {"page_obj": shown, "may": may})


@page("standards.keep_round", methods=BOTH)
def new(request: HttpRequest, pack: str, review: str) -> HttpResponse:
    """Prepare a round of a review."""
    held = reviewing.holding(request.access, pack, review)
    if held is None:
        raise Http404
    form = RoundForm(typed(request), initial={"title": str(held.review.title)})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        key = data.pop("form_key")
        made = operations.make_round(by=request.access, pack=pack, review=review, given=data, form_key=key)
        return redirect("standards:round-agencies", pk=made.pk)
    context = {"form": form, "heading": _("A new round"), "caption": held.review.title, "button": _("Go on")}
    return render(request, "standards/round_form.html", context)


@page("standards.keep_round", methods=BOTH)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its dates, its words, its reminders."""
    round_ = round_or_404(request, pk)
    names = ("title", "opens_on", "due_on", "note", "remind_before", "remind_every")
    form = RoundForm(typed(request), initial={name: getattr(round_, name) for name in names}, sent=round_.is_open)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name in names}
        if _done(request, lambda: operations.change_round(by=request.access, round_=round_, given=given)):
            return redirect("standards:round", pk=pk)
    context = {"form": form, "heading": _("Change the round"), "caption": round_.title, "round": round_}
    return render(request, "standards/round_form.html", context | {"button": _("Save")})


@page("standards.keep_round", methods=BOTH)
def agencies(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which agencies it goes to."""
    round_ = round_or_404(request, pk)
    board = round_.board
    named = list(partnership.register(board).values_list("pk", "name"))
    form = AgenciesForm(
        typed(request),
        kinds=library.choices(board.pack, "agency-kinds"),
        towns=partnership.towns(request.access, board.pk),
        agencies=named,
        chosen=round_.chosen,
    )
    if request.method == "POST" and form.is_valid():
        wanted = _wanted(round_, form.cleaned_data)
        if _done(request, lambda: operations.choose_agencies(by=request.access, round_=round_, agencies=wanted)):
            return redirect("standards:round", pk=pk)
    return render(request, "standards/round_agencies.html", {"form": form, "round": round_})


def _wanted(round_: Round, data: dict[str, Any]) -> list[int]:
    if data["how"] == "list":
        return [int(pk) for pk in data["list"]]
    narrowed = {data["how"]: data[data["how"]]} if data["how"] in ("kinds", "towns") else {}
    return queries.agencies_to_ask(round_.board, **narrowed)


@page("standards.see_rounds")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: who is late, who has not started, who is done. Before it is sent: what is to be sent to whom."""
    round_ = round_or_404(request, pk)
    review = reviewing.review_of(round_.pack, round_.review, round_.version)
    may = request.access.can("standards.keep_round", round_)
    context = {"round": round_, "review": review, "may": may, "tab": "agencies"}
    if round_.state == RoundState.DRAFT:
        return render(request, "standards/round_draft.html", context)
    lines = queries.lines_of(request.access, round_)
    wanted = request.GET.get("show", "")
    shown = [line for line in lines if _is_shown(line, wanted)]
    context |= {
        "counts": _counts(lines),
        "page_obj": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "show": wanted,
        "total": len(shown),
    }
    return render(request, "standards/round.html", context)


def _is_shown(line: queries.Line, wanted: str) -> bool:
    if wanted == "late":
        return line.late
    if wanted == "not-delivered":
        return not line.delivered
    return not wanted or line.stand == wanted


def _counts(lines: list[queries.Line]) -> list[tuple[str, str, int, str]]:
    """Word, name, number and colour of each state that occurs, those first that call for something."""
    found = [
        ("late", _("Overdue"), sum(line.late for line in lines), "red"),
        ("not-delivered", _("Not delivered"), sum(not line.delivered for line in lines), "red"),
    ]
    colours = {"submitted": "blue", "accepted": "green", "returned": "yellow"}
    order = (Stand.NOT_STARTED, Stand.PART_DONE, Stand.RETURNED, Stand.SUBMITTED, Stand.ACCEPTED)
    found += [
        (one.value, str(one.label), sum(line.stand == one for line in lines), colours.get(one.value, "grey"))
        for one in order
    ]
    return [one for one in found if one[2]]


@page("standards.keep_round", methods=("POST",))
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to its agencies."""
    round_ = round_or_404(request, pk)
    if _done(request, lambda: operations.send_round(by=request.access, round_=round_)):
        count = len(round_or_404(request, pk).chosen)
        said = ngettext("Sent to %(n)s agency.", "Sent to %(n)s agencies.", count) % {"n": count}
        messages.success(request, said)
    return redirect("standards:round", pk=pk)


@page("standards.keep_round", methods=BOTH)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it; one that was never sent is thrown away."""
    round_ = round_or_404(request, pk)
    draft = round_.state == RoundState.DRAFT
    if request.method == "POST":
        act = operations.discard_round if draft else operations.close_round
        if _done(request, lambda: act(by=request.access, round_=round_)):
            messages.success(request, _("It is thrown away.") if draft else _("The round is closed."))
            return redirect("standards:rounds") if draft else redirect("standards:round", pk=pk)
    return render(request, "standards/round_close.html", {"round": round_, "draft": draft})


@page("standards.see_rounds")
def by_question(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered, question by question."""
    round_ = round_or_404(request, pk)
    review = reviewing.review_of(round_.pack, round_.review, round_.version)
    counts = answers.counts_by_question(request.access, round_)
    rows = [
        (section, [_counted(question, counts.get(question.id, {})) for question in section.questions if question.codes])
        for section in review.sections
    ]
    context = {"round": round_, "review": review, "tab": "questions", "rows": [row for row in rows if row[1]]}
    return render(request, "standards/round_questions.html", context)


def _counted(question: Any, counts: dict[str, int]) -> dict[str, Any]:
    total = sum(counts.values())
    parts = [(code, asking.label_of(question, code), counts.get(code, 0)) for code in question.codes]
    short = sum(counts.get(code, 0) for code in question.gaps)
    return {"question": question, "parts": parts, "total": total, "short": short}


@page("standards.see_rounds")
def spread(request: HttpRequest, pk: int) -> HttpResponse:
    """How the scores lie within each kind of agency, and by town."""
    round_ = round_or_404(request, pk)
    kinds = dict(library.choices(partnership.pack_of(request.access), "agency-kinds"))
    of_kinds, of_towns = answers.spreads_of(request.access, round_)
    by_kind = [(kinds.get(one.name, one.name), one) for one in of_kinds]
    by_area = [(one.name, one) for one in of_towns]
    context = {
        "round": round_,
        "tab": "spread",
        "pictures": [
            pictures.strip(_("How do the agencies stand, by kind?"), by_kind, round_.title),
            pictures.strip(_("How do the agencies stand, by town?"), by_area, round_.title),
        ],
    }
    return render(request, "standards/round_spread.html", context)


@page("standards.see_rounds")
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole round as a spreadsheet: where everybody stands, and what was sent."""
    round_ = round_or_404(request, pk)
    response = HttpResponse(
        workbook_of(request.access, round_),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="round-{round_.pk}.xlsx"'
    return response


def _done(request: HttpRequest, call: Any) -> bool:
    """Whether it was done; else why not stands above the page."""
    try:
        call()
    except Refused as why:
        messages.warning(request, str(why))
        return False
    return True
