"""Serious incidents as the board's subgroup reviews them: copies without names, findings, lessons."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership

from ..forms.looking_back import FindingForm
from ..operations.board_reviews import add_finding, consider
from ..queries.lessons import state_of
from ..queries.looking_back import board_reviews as reviews_of
from ..queries.looking_back import prompts
from .looking import BOTH, kept, parts


@page("incidents.board_reviews")
def board_reviews(request: HttpRequest) -> HttpResponse:
    """The serious incidents that came to the board, those to be considered first."""
    rows = sorted(reviews_of(request.access), key=lambda one: one.considered_on is not None)
    return render(request, "incidents/board_reviews.html", {"rows": rows, "parts": parts(request, "board-reviews")})


@page("incidents.board_reviews", methods=BOTH)
def board_review(request: HttpRequest, board_review: int) -> HttpResponse:
    """One of them: the text, the four questions with what the agency says and what the subgroup finds, lessons."""
    access = request.access
    row = get_object_or_404(reviews_of(access), pk=board_review)
    form = FindingForm(typed(request))
    if request.method == "POST":
        require(access, "incidents.add_finding")
        if form.is_valid() and kept(form, lambda: add_finding(by=access, review=row, **form.cleaned_data)):
            messages.success(request, _("It is added to the review."))
            return redirect("incidents:board-review", board_review=row.pk)
    else:
        history.saw(by=access, obj=row)
    findings = list(row.findings.select_related("by"))
    context = {
        "review": row,
        "questions": [
            (str(one.title), getattr(row, one.id), [finding for finding in findings if finding.about == one.id])
            for one in prompts(partnership.pack_of(access), "serious")
        ],
        "lessons": [(one, state_of(one)) for one in row.learned.select_related("owner")],
        "form": form,
        "may": access.can("incidents.add_finding"),
        "parts": parts(request, "board-reviews"),
    }
    return render(request, "incidents/board_review.html", context)


@page("incidents.add_finding", methods=("POST",))
def board_review_considered(request: HttpRequest, board_review: int) -> HttpResponse:
    """One tap: the subgroup has considered it."""
    row = get_object_or_404(reviews_of(request.access), pk=board_review)
    consider(by=request.access, review=row)
    messages.success(request, _("It is kept that the subgroup considered it."))
    return redirect("incidents:board-review", board_review=row.pk)
