"""Alerts of filtering and monitoring products: looked at, made a report of, or put away with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations, queries
from ..errors import Refused
from ..forms.casework import WhyForm
from ..models import Alert
from ..queries.alerts import waiting

BOTH = ("GET", "POST")
PAGE = 50


@page("incidents.alerts", methods=BOTH)
def alerts(request: HttpRequest) -> HttpResponse:
    """The alerts that wait, or all of them; several can be dealt with at once. The look is noted."""
    if request.method == "POST":
        chosen = _chosen(request, request.POST.getlist("alert"))
        if chosen and request.POST.get("go") == "dismiss":
            return HttpResponseRedirect(_with(chosen))
        if chosen:
            return _take(request, chosen)
        messages.warning(request, _("Choose one alert or more."))
        return redirect("incidents:alerts")
    every = "all" in request.GET
    rows = queries.alerts_of(request.access)
    paginator = Paginator(rows if every else rows.filter(waiting()), PAGE)
    shown = paginator.get_page(request.GET.get("page"))
    operations.alerts_seen(by=request.access, alerts=shown.object_list)
    context = {"rows": shown.object_list, "page_obj": shown, "total": paginator.count, "all": every}
    return render(request, "incidents/alerts.html", context)


def _chosen(request: HttpRequest, keys: Iterable[str]) -> list[Alert]:
    """Those of the alerts named that this person handles and that still wait."""
    numbers = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    return list(_waiting(request).filter(pk__in=numbers[:PAGE]))


def _waiting(request: HttpRequest) -> QuerySet[Alert]:
    return queries.alerts_of(request.access).filter(waiting())


def _with(chosen: Iterable[Alert]) -> str:
    query = urlencode([("alert", alert.pk) for alert in chosen])
    return f"{reverse('incidents:alerts-dismiss')}?{query}"


def _take(request: HttpRequest, chosen: list[Alert]) -> HttpResponse:
    """Begin a report from the alerts, and on to its first page: about pictures, and of what kind."""
    try:
        draft = operations.take_alerts(by=request.access, alerts=chosen)
    except Refused as why:
        messages.warning(request, str(why))
        return redirect("incidents:alerts")
    messages.info(request, _("This is a draft made from the alerts. Look it over, add what you know, then send it."))
    return redirect("incidents:report-kind", key=draft.form_key)


@page("incidents.alerts")
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert with all that the product said. The look is noted."""
    try:
        found = queries.find_alert(request.access, pk)
    except Alert.DoesNotExist:
        raise Http404("no such alert") from None
    operations.alerts_seen(by=request.access, alerts=[found])
    known = found.incident_id and queries.visible_to(request.access).filter(pk=found.incident_id).exists()
    context = {
        "alert": found,
        "waits": not (found.dismissed_at or found.draft_id or found.incident_id),
        "incident_url": reverse("incidents:record", args=[found.incident_id]) if known else "",
    }
    return render(request, "incidents/alert.html", context)


@page("incidents.alerts", methods=BOTH)
def dismiss(request: HttpRequest) -> HttpResponse:
    """Say of the alerts named in the address that they are no incident, and why."""
    chosen = _chosen(request, request.GET.getlist("alert"))
    if not chosen:
        messages.warning(request, _("These alerts were dealt with already, or none was chosen."))
        return redirect("incidents:alerts")
    hint = _("For example: a lesson about this subject, a news page, a word with two meanings. It stays on record.")
    form = WhyForm(typed(request), label=_("Why is it no incident?"), hint=hint)
    if request.method == "POST" and form.is_valid() and _dismissed(request, form, chosen):
        return redirect("incidents:alerts")
    return render(request, "incidents/alerts_dismiss.html", {"form": form, "alerts": chosen})


def _dismissed(request: HttpRequest, form: BaseForm, chosen: list[Alert]) -> bool:
    try:
        count = operations.dismiss_alerts(by=request.access, alerts=chosen, **form.cleaned_data)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    said = ngettext("%(count)s alert was put away.", "%(count)s alerts were put away.", count)
    messages.success(request, said % {"count": count})
    return True
