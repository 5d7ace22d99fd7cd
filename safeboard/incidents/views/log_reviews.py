"""The agency's periodic review of its log: held, kept, and on paper for governors and for the team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.documents.pdf import render_pdf

from ..forms.looking_back import LogReviewForm, NextReviewForm
from ..operations.log_reviews import hold_log_review, move_next_review, paper_taken
from ..queries import log_review as log
from ..queries.lessons import lessons_of, owed, state_of
from ..queries.review_paper import governors_report, team_page
from .looking import BOTH, kept, parts, sent


@page("incidents.read_log_reviews")
def log_reviews(request: HttpRequest) -> HttpResponse:
    """When the log was reviewed, and when it is next."""
    rows = list(log.reviews(request.access)[:40])
    context = {
        "rows": rows,
        "latest": rows[0] if rows else None,
        "late": bool(rows) and rows[0].next_on < timezone.localdate(),
        "may": request.access.can("incidents.review_log"),
        "parts": parts(request, "log-reviews"),
    }
    return render(request, "incidents/log_reviews.html", context)


@page("incidents.review_log", methods=BOTH)
def log_review_new(request: HttpRequest) -> HttpResponse:
    """Review it: what came in, what is open or late, what was learned; conclusions and the next date."""
    access = request.access
    since, until = log.period_to_review(access)
    latest = log.reviews(access).first()
    form = LogReviewForm(typed(request), every=latest.every if latest else "term")
    if sent(request, form, lambda: hold_log_review(by=access, **form.cleaned_data)):
        messages.success(request, _("The log is reviewed. The papers for governors and for the team are ready."))
        return redirect("incidents:log-reviews")
    figures = log.counted(access.own_agency, since, until)
    today = timezone.localdate()
    context = {
        "form": form,
        "period": log.period(since, until),
        "figures": figures,
        "picture": log.compared(access, figures, since, until),
        "standing": log.still_open(access, until),
        "lessons": [(one, state_of(one)) for one in owed(lessons_of(access), today)],
        "parts": parts(request, "log-reviews"),
    }
    return render(request, "incidents/log_review_new.html", context)


@page("incidents.read_log_reviews")
def log_review(request: HttpRequest, log_review: int) -> HttpResponse:
    """One review of the log: conclusions, what staff ask, figures as they may be shown."""
    row = get_object_or_404(log.reviews(request.access), pk=log_review)
    context = {
        "review": row,
        "period": log.period(row.since, row.until),
        "picture": log.governors_picture(request.access, row),
        "may": request.access.can("incidents.review_log"),
        "latest": log.reviews(request.access).first() == row,
        "parts": parts(request, "log-reviews"),
    }
    return render(request, "incidents/log_review.html", context)


@page("incidents.review_log", methods=BOTH)
def log_review_next(request: HttpRequest, log_review: int) -> HttpResponse:
    """Change when the log is reviewed next."""
    row = get_object_or_404(log.reviews(request.access), pk=log_review)
    form = NextReviewForm(typed(request), every=row.every)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("every", "next_on")}
        if kept(form, lambda: move_next_review(by=request.access, review=row, **given)):
            messages.success(request, _("The next date is kept."))
            return redirect("incidents:log-reviews")
    context = {"form": form, "review": row, "parts": parts(request, "log-reviews")}
    return render(request, "incidents/log_review_next.html", context)


PAPERS = {"governors": governors_report, "team": team_page}


@page("incidents.read_log_reviews")
def log_review_paper(request: HttpRequest, log_review: int, paper: str) -> HttpResponse:
    """The governors' standing report, or one page for the team's meeting. Neither can identify a child."""
    row = get_object_or_404(log.reviews(request.access), pk=log_review)
    title, html = PAPERS[paper](request.access, row)
    paper_taken(by=request.access, review=row, paper=paper)
    response = HttpResponse(render_pdf(html, title=title), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="e-safety-{paper}-{row.until.isoformat()}.pdf"'
    return response
