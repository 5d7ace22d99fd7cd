"""Near misses: told in half a minute, listed, turned into a lesson or a report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership.models import Setting

from ..forms.lessons import NearMissForm
from ..operations.lessons import report_near_miss, tell_near_miss
from ..queries import usual_setting
from ..queries.lessons import near_misses_of
from .looking import BOTH, parts, sent


@page("incidents.see_near_misses")
def near_misses(request: HttpRequest) -> HttpResponse:
    """What nearly happened, newest first: one's own, or all of them for those who handle incidents."""
    rows = near_misses_of(request.access).prefetch_related("lessons")
    shown = Paginator(rows, 30).get_page(request.GET.get("page"))
    can = {name: request.access.can(f"incidents.{name}") for name in ("tell_near_miss", "handle_near_miss")}
    context = {"page_obj": shown, "total": shown.paginator.count, "may": can, "parts": parts(request, "near-misses")}
    return render(request, "incidents/near_misses.html", context)


@page("incidents.tell_near_miss", methods=BOTH)
def near_miss_new(request: HttpRequest) -> HttpResponse:
    """Half a minute."""
    open_ones = Setting.objects.filter(agency_id=request.access.own_agency, closed_on__isnull=True).order_by("name")
    form = NearMissForm(typed(request), settings=open_ones, usual=usual_setting(request.access))
    if sent(request, form, lambda: tell_near_miss(by=request.access, **form.cleaned_data)):
        messages.success(request, _("Thank you. What nearly happened teaches us as much as what did."))
        return redirect("incidents:near-misses")
    return render(request, "incidents/near_miss.html", {"form": form, "parts": parts(request, "near-misses")})


@page("incidents.handle_near_miss", methods=("POST",))
def near_miss_report(request: HttpRequest, near_miss: UUID) -> HttpResponse:
    """It was more than a near miss: begin a report with it."""
    row = get_object_or_404(near_misses_of(request.access), key=near_miss)
    draft = report_near_miss(by=request.access, near_miss=row)
    if draft.sent_id:
        return redirect("incidents:record", pk=draft.sent_id)
    return redirect("incidents:report-images", key=draft.form_key)
