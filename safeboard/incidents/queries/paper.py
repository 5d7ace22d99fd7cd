"""The summary of a referral, for paper."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.library import queries as library

from ..models import Incident, Referral
from .contacts import lines_for
from .outside import summary
from .passed_on import sharing_of
from .states import of_referral, passed, remedy
from .story import CaseFile


def referral_summary(access: Access, incident: Incident, referral: Referral, title: str) -> str:
    """What a duty team asks for on the telephone, on one or two sheets, as HTML for the PDF."""
    now, waits = timezone.now(), passed(referral)
    context = {
        "title": title,
        "agency": access.place.name if access.place else "",
        "incident": incident,
        "kind": library.label(incident.pack, "incident-kinds", incident.scenario),
        "summary": summary(incident),
        "people": CaseFile(access, incident).people(),
        "referral": referral,
        "line": lines_for(access, incident).get(referral.to),
        "person": access.person,
        "state": of_referral(waits, now),
        "remedy": remedy(waits, now),
        "shared": [one for one in sharing_of(access, incident) if one.referral_id == referral.pk],
        "now": now,
    }
    return render_to_string("incidents/paper/referral.html", context)
