"""The random review: what is due, drawing a slot, saying what was found."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import because
from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import queries
from ..choices import Found
from ..errors import Refused
from ..forms.keeping import FoundForm, PlanForm
from ..models import RandomReview, ReviewPlan
from ..operations import reviews as operations
from .frame import BOTH, find_log, frame, saved

PAGE = 25


@page("sitelogs.see")
def reviews(request: HttpRequest) -> HttpResponse:
    """Which filters are looked through, when next, and what was found before."""
    access = request.access
    done = RandomReview.objects.filter(agency_id=access.agency_id).select_related(
        "plan__log__setting", "done_by", "made_by", "question"
    )
    shown = Paginator(done, PAGE).get_page(request.GET.get("page"))
    plans = {plan.log_id: plan for plan in ReviewPlan.objects.filter(agency_id=access.agency_id, stopped_at=None)}
    today = timezone.localdate()
    logs = [(log, plans.get(log.pk)) for log in queries.logs_of(access)]
    context = frame(
        request,
        "reviews",
        logs=logs,
        today=today,
        rows=shown.object_list,
        page_obj=shown,
        may_plan=access.can("sitelogs.keep"),
        may_review=access.can("sitelogs.review") and queries.clearance_of(access) is not None,
    )
    return render(request, "sitelogs/reviews.html", context)


@page("sitelogs.keep", methods=BOTH)
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """How often a filter is looked through, and when next."""
    log = find_log(request.access, key, "sitelogs.keep")
    before = ReviewPlan.objects.filter(log=log).first()
    start = {"weeks": 4, "minutes": 30, "next_on": timezone.localdate()}
    if before:
        start = {"weeks": before.weeks, "minutes": before.minutes, "next_on": before.next_on}
    form = PlanForm(typed(request), initial=start)
    call = lambda: operations.plan_reviews(by=request.access, log=log, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form.is_valid() and saved(form, call):
        messages.success(request, _("The plan is kept."))
        return redirect("sitelogs:reviews")
    heading = _("Random reviews of %(where)s") % {"where": log.setting.name}
    context = frame(
        request, "reviews", form=form, heading=heading, button=_("Keep it"), back=reverse("sitelogs:reviews")
    )
    return render(request, "sitelogs/one_form.html", context)


@page("sitelogs.review", methods=("POST",))
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Draw a slot by chance, and on to its lines."""
    log = find_log(request.access, key)
    row = get_object_or_404(ReviewPlan.objects.filter(stopped_at=None), log=log)
    try:
        made = operations.begin_review(by=request.access, plan=row)
    except Refused as why:
        messages.warning(request, str(why))
        return redirect("sitelogs:reviews")
    return redirect("sitelogs:review", pk=made.pk)


@page("sitelogs.see", methods=BOTH)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One random review: its slot, the way to its lines, what was found."""
    rows = RandomReview.objects.filter(agency_id=request.access.agency_id)
    row = rows.select_related("plan__log__setting", "question", "made_by", "done_by").filter(pk=pk).first()
    if row is None:
        raise Http404("no such review")
    mine = row.question.asked_by_id == request.access.person.pk and request.access.can("sitelogs.review", row)
    form = FoundForm(typed(request))
    call = lambda: operations.end_review(by=request.access, review=row, **form.cleaned_data)  # noqa: E731
    if request.method == "POST":
        require(request.access, "sitelogs.review", row)
        if form.is_valid() and saved(form, call):
            return _ended(request, row, form.cleaned_data["found"])
    ends = list(because.ends_of(request.access, row))
    context = frame(request, "reviews", review=row, form=form, mine=mine, ends=ends, word=because.token(row))
    return render(request, "sitelogs/review.html", context)


def _ended(request: HttpRequest, row: RandomReview, found: str) -> HttpResponse:
    """After the review: where something was found, on to a report that is tied to it."""
    if found == Found.SOMETHING and request.access.can("incidents.report"):
        messages.info(request, _("It is on record. Say in this report what was found; it is tied to the review."))
        return redirect(f"{reverse('incidents:report')}?{because.FIELD}={because.token(row)}")
    messages.success(request, _("It is on record who looked, and what was found."))
    return redirect("sitelogs:review", pk=row.pk)
