"""Reviews to read and to send, and what became of what is recommended to boards."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.sheets import Column, Table, workbook

from .. import operations
from ..choices import Adopted, AsksLabel, PiesLabel
from ..forms.adoption import AdoptionForm
from ..forms.reviews import StartForm
from ..queries import reviews as queries

BOTH = ("GET", "POST")
COLOURS = {"adopted": "green", "partly": "yellow", "not": "red", "not-looked-at": "grey"}


@page("standards.see_reviews")
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews that can be sent, and those that are being written."""
    own = queries.own_reviews(request.access)
    context = {
        "holdings": queries.reviews_here(request.access),
        "drafts": [one for one in own if one.draft is not None],
        "withdrawn": [one for one in own if one.withdrawn and one.version],
        "may": request.access.can("standards.write_review"),
    }
    return render(request, "standards/reviews.html", context)


@page("standards.see_reviews")
def review(request: HttpRequest, pack: str, review: str) -> HttpResponse:
    """One review as it is asked."""
    held = queries.holding(request.access, pack, review)
    if held is None:
        raise Http404
    context = {
        "held": held,
        "review": held.review,
        "sections": described(held.review),
        "may_write": request.access.can("standards.write_review"),
        "may_send": request.access.can("standards.keep_round"),
    }
    return render(request, "standards/review.html", context)


def described(review: Any) -> list[dict[str, Any]]:
    """Sections with their questions, what each asks for in words, and what it follows."""
    questions = {one.id: one for one in review.questions()}
    found = []
    for section in review.sections:
        rows = [
            {
                "question": one,
                "asks": AsksLabel(one.asks.value).label,
                "after": questions.get(one.when.question) if one.when else None,
            }
            for one in section.questions
        ]
        pies = PiesLabel(section.pies.value).label if section.pies else ""
        found.append({"section": section, "pies": pies, "rows": rows})
    return found


@page("standards.write_review", methods=BOTH)
def new(request: HttpRequest, pack: str = "", review: str = "") -> HttpResponse:
    """Begin a review of one's own, empty or from another."""
    like = queries.holding(request.access, pack, review) if pack else None
    if pack and like is None:
        raise Http404
    form = StartForm(typed(request), initial={"title": str(like.review.title) if like else ""})
    if request.method == "POST" and form.is_valid():
        made = operations.begin_review(
            by=request.access, title=form.cleaned_data["title"], like=like.review if like else None
        )
        return redirect("standards:own", pk=made.pk)
    return render(request, "standards/review_new.html", {"form": form, "like": like})


# --- recommendations -------------------------------------------------------------------------------------------


@page("standards.see_reviews")
def recommendations(request: HttpRequest) -> HttpResponse:
    """What is recommended to boards, and what became of it."""
    rows = queries.recommendations(request.access)
    counts = Counter(row.state for row in rows)
    context = {
        "rows": [(row, COLOURS[row.state]) for row in rows],
        "counts": [(state.label, counts[state], COLOURS[state]) for state in Adopted if counts[state]],
        "may": request.access.can("standards.adopt"),
    }
    return render(request, "standards/recommendations.html", context)


@page("standards.adopt", methods=BOTH)
def recommendation(request: HttpRequest, name: str) -> HttpResponse:
    """Say what became of one."""
    row = next((one for one in queries.recommendations(request.access) if one.item.id == name), None)
    if row is None:
        raise Http404
    names = ("state", "who", "since", "evidence", "look_on")
    form = AdoptionForm(
        typed(request),
        initial={one: getattr(row.adoption, one) for one in names} if row.adoption else {"state": row.state},
    )
    if request.method == "POST" and form.is_valid():
        operations.adopt(by=request.access, recommendation=name, given=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("standards:recommendations")
    return render(request, "standards/recommendation.html", {"form": form, "row": row})


@page("standards.see_reviews")
def recommendations_download(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    columns = [
        Column("pies", _("Part")),
        Column("title", _("Recommendation")),
        Column("state", _("How far")),
        Column("who", _("Who")),
        Column("since", _("Since"), "date"),
        Column("evidence", _("What shows it")),
        Column("look_on", _("Looked at again on"), "date"),
    ]
    rows = [
        {"pies": row.pies, "title": str(row.item.title), "state": str(row.state.label)}
        | {name: getattr(row.adoption, name, None) for name in ("who", "since", "evidence", "look_on")}
        for row in queries.recommendations(request.access)
    ]
    book = workbook([Table(title=_("Recommendations"), columns=columns, rows=rows)], title=_("Recommendations"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(book, content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="recommendations.xlsx"'
    return response
