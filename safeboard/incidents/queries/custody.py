"""The custody sheet, for paper."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from safeboard.core.access import Access

from ..models import Incident
from .evidence import Chain

LINES_TO_SIGN = 4


def custody_sheet(access: Access, incident: Incident, chain: Chain, title: str) -> str:
    """The chain of custody of a piece of evidence, with room to sign for the next handovers, as HTML for the PDF."""
    context = {
        "title": title,
        "agency": access.place.name if access.place else "",
        "incident": incident,
        "chain": chain,
        "item": chain.item,
        "person": access.person,
        "now": timezone.now(),
        "blank": range(LINES_TO_SIGN),
    }
    return render_to_string("incidents/paper/custody.html", context)
