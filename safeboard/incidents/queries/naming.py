"""What an incident is called where another record came from it, or led to it (core.because)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import because
from safeboard.core.access import Access

from ..models import Incident
from .visible import visible_to


def name_incident(access: Access, pk: int) -> because.Named | None:
    """An incident by its number, for who may know of it."""
    found = visible_to(access).filter(pk=pk).first() if access.agency_id else None
    if found is None:
        return None
    words = _("Incident %(number)s") % {"number": found.reference}
    return because.Named(words, reverse("incidents:record", args=[found.pk]))


because.named_by(Incident._meta.label_lower, name_incident)
