"""A private link for calendar programs: made, shown once, revoked; and what it gives."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from safeboard.core.page import open_page, page
from safeboard.core.unseen import COUNTER, bucket_of
from safeboard.outbox.operations import link

from .. import operations
from ..models import CalendarLink
from ..queries.plan_calendar import calendar_of, find_link, link_of
from .plan_common import BOTH, parts

REASON = "calendar programs cannot sign in: the link's secret of 256 bits stands for its person; no case text is in it"
ASKS = {"each": 120, "in_all": 6000}  # an hour, from one place and in all


@page("strategy.see", methods=BOTH)
def calendar(request: HttpRequest) -> HttpResponse:
    """Make the person's link, which is shown this once; see whether there is one."""
    made = ""
    if request.method == "POST":
        secret = operations.make_calendar_link(by=request.access)
        made = link(reverse("strategy:calendar-feed", args=[secret]))
    context = {"made": made, "link": link_of(request.access.person), "parts": parts(request, "plan-calendar")}
    return render(request, "strategy/plan_calendar.html", context)


@page("strategy.see", methods=("POST",))
def calendar_end(request: HttpRequest) -> HttpResponse:
    """Let the link stop working."""
    operations.revoke_calendar_link(by=request.access)
    messages.success(request, _("The link has stopped working."))
    return redirect("strategy:plan-calendar")


@open_page(reason=REASON)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What is the link's person's to do, as an iCalendar file. Nothing tells a wrong secret from a revoked one."""
    if not COUNTER.take("calendar", bucket_of(request), **ASKS):
        return HttpResponse(_("Too many requests. Try again in an hour."), status=429, content_type="text/plain")
    found = find_link(secret)
    if found is None:
        raise Http404("no such calendar")
    today = timezone.localdate()
    if found.last_used_on != today:
        CalendarLink.objects.filter(pk=found.pk).update(last_used_on=today)
    response = HttpResponse(calendar_of(found.person), content_type="text/calendar; charset=utf-8")
    add_never_cache_headers(response)
    return response
