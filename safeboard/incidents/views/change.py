"""Changing details; whoever saves second is shown the difference, field by field."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..errors import ChangedMeanwhile
from ..forms.casework import ChangeForm, in_words
from ..models import Incident
from .frame import BOTH, find, frame, onwards, saved

MINE = "mine"


@page("incidents.change", methods=BOTH)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the details of an incident."""
    incident = find(request, pk, "incidents.change")
    form = ChangeForm(typed(request), incident=incident)
    if request.method == "POST" and form.is_valid():
        values = _kept(request, form.values())
        edition = form.cleaned_data["edition"]
        try:
            if saved(form, incident, lambda: _save(request, incident, edition, values)):
                messages.success(request, _("The details are saved."))
                return onwards(request, incident)
        except ChangedMeanwhile as meanwhile:
            return render(request, "incidents/difference.html", _difference(request, form, meanwhile))
    return render(request, "incidents/change.html", frame(request, incident) | {"form": form})


def _save(request: HttpRequest, incident: Incident, edition: int, values: dict[str, Any]) -> None:
    operations.change(by=request.access, incident=incident, edition=edition, fields=values)


def _kept(request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """The values that are to be saved: of those that were shown as different, the ones that were chosen knowingly."""
    shown = request.POST.get("shown", "").split()
    return {
        name: value for name, value in values.items() if name not in shown or request.POST.get(f"use-{name}") == MINE
    }


def _difference(request: HttpRequest, form: ChangeForm, meanwhile: ChangedMeanwhile) -> dict[str, Any]:
    rows = [
        {
            "name": name,
            "label": form.fields[name].label,
            "theirs": in_words(form, name, theirs),
            "mine": in_words(form, name, mine),
        }
        for name, (theirs, mine) in meanwhile.differences.items()
    ]
    again = [(name, value) for name, value in request.POST.items() if not name.startswith("use-")]
    again = [pair for pair in again if pair[0] not in ("csrfmiddlewaretoken", "kept_for", "edition", "shown")]
    return frame(request, meanwhile.incident) | {
        "rows": rows,
        "again": again,
        "edition": meanwhile.incident.edition,
        "shown": " ".join(row["name"] for row in rows),
    }
