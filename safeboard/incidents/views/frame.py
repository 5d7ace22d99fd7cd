"""What the pages of a record share: finding it, its frame, saving a form, and where to go afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.library import queries as library

from .. import queries
from ..choices import Status
from ..errors import Refused
from ..models import Incident
from ..operations.looks import looked
from ..queries.story import title_of

BOTH = ("GET", "POST")
EVIDENCE = ("evidence", "take_in", "hand_over", "add_file", "remove_file", "pack")
CARE = ("support", "discuss", "assess")
RECORD = ("walk", "note", "refer", "hand_on", "change", "conclude", "reopen", "history", "print", "read", "debrief")
ACTIONS = (*RECORD, *EVIDENCE, *CARE)


def find(request: HttpRequest, pk: int, permission: str = "") -> Incident:
    """An incident that this person may know of: 404 for every other; 403 where they may not do this with it.

    What was typed is not lost where the incident was concluded meanwhile: a post goes on to be refused beside it.
    """
    try:
        incident = queries.find(request.access, pk)
    except Incident.DoesNotExist:
        raise Http404("no such incident") from None
    concluded = request.method == "POST" and incident.status == Status.CONCLUDED
    if permission and not concluded:
        require(request.access, permission, incident)
    return incident


def frame(request: HttpRequest, incident: Incident, current: str = "", *, look: bool = True) -> dict[str, Any]:
    """The context that every page of a record needs. The look is noted."""
    if look and request.method == "GET":
        looked(by=request.access, incident=incident)
    can = {name: request.access.can(f"incidents.{name}", incident) for name in ACTIONS}
    return {
        "incident": incident,
        "record_title": title_of(incident),
        "kind": library.label(incident.pack, "incident-kinds", incident.scenario),
        "record_url": reverse("incidents:record", args=[incident.pk]),
        "can": can,
        "parts": parts(incident, current, can),
    }


def parts(incident: Incident, current: str, can: dict[str, bool]) -> list[dict[str, Any]]:
    """The sub-navigation of a record: what this person may open."""
    shown = [
        ("record", _("Story"), True),
        ("people", _("People and support"), True),
        ("concern", _("Concern about staff"), can["read"] and incident.allegation),
        ("referrals", _("Referrals"), True),
        ("duties", _("What is owed"), True),
        ("evidence", _("Evidence"), can["evidence"]),
        ("review", _("Review"), can["read"]),
        ("history", _("History"), can["history"]),
    ]
    return [
        {"text": text, "href": reverse(f"incidents:{name}", args=[incident.pk]), "current": name == current}
        for name, text, allowed in shown
        if allowed
    ]


def saved(form: BaseForm, incident: Incident, call: Callable[[], Any]) -> bool:
    """Do it, and whether it was done. What the rules refuse stands in the form as an error, beside what was typed."""
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    except PermissionDenied:
        if incident.status != Status.CONCLUDED:
            raise
        form.add_error(
            None,
            _("This incident is concluded: nothing can be added. What you wrote is still here. Open it again first."),
        )
        return False
    return True


def onwards(request: HttpRequest, incident: Incident, to: str = "record", **where: Any) -> HttpResponse:
    """To a page of the record, where this person may still know of it; else to the list, with the reason."""
    if queries.visible_to(request.access).filter(pk=incident.pk).exists():
        return redirect(reverse(f"incidents:{to}", args=[incident.pk, *where.values()]))
    messages.info(
        request,
        _("It is saved. This is a concern about somebody who works here: only a few people may open it now."),
    )
    return redirect("incidents:list")
