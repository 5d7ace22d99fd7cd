"""Papers: the minutes of a strategy discussion, and the record of a concern about staff, as HTML for the PDF."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.library import queries as library

from ..models import Discussion, Incident
from .allegation import concern
from .outside import summary


def minutes_paper(access: Access, incident: Incident, discussion: Discussion, title: str) -> str:
    """The dated minutes, with everything that was added since."""
    context = _paper(access, incident, title) | {
        "discussion": discussion,
        "attendees": discussion.attendees.select_related("person"),
        "minutes": discussion.minutes.select_related("by", "duty"),
    }
    return render_to_string("incidents/paper/discussion.html", context)


def concern_paper(access: Access, incident: Incident, title: str) -> str:
    """What a LADO or HR is given: who handles it, how grave it is, the risk assessment, what is particular online."""
    context = _paper(access, incident, title) | {"concern": concern(access, incident), "summary": summary(incident)}
    return render_to_string("incidents/paper/concern.html", context)


def _paper(access: Access, incident: Incident, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "agency": access.place.name if access.place else "",
        "incident": incident,
        "kind": library.label(incident.pack, "incident-kinds", incident.scenario),
        "person": access.person,
        "now": timezone.now(),
    }
