"""What records of the room are called where another came from them, or led to them (core.because)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import because
from safeboard.core.access import Access

from ..models import Incident, Lesson, Worry
from .lessons import lessons_of
from .visible import visible_to
from .voice import readable


def name_incident(access: Access, pk: int) -> because.Named | None:
    """An incident by its number, for who may know of it."""
    found = visible_to(access).filter(pk=pk).first() if access.agency_id else None
    if found is None:
        return None
    words = _("Incident %(number)s") % {"number": found.reference}
    return because.Named(words, reverse("incidents:record", args=[found.pk]))


def name_worry(access: Access, pk: int) -> because.Named | None:
    """What was sent in, by its number, for who may read it."""
    found = readable(access).filter(pk=pk).first()
    return because.Named(found.reference, reverse("incidents:worry", args=[found.pk])) if found else None


def name_lesson(access: Access, pk: int) -> because.Named | None:
    """A lesson of the agency by its kind, for who may read it."""
    found = lessons_of(access).filter(pk=pk).first() if access.agency_id else None
    if found is None:
        return None
    words = _("A lesson: %(kind)s") % {"kind": found.get_kind_display()}
    return because.Named(words, reverse("incidents:lesson", args=[found.key]))


because.named_by(Incident._meta.label_lower, name_incident)
because.named_by(Worry._meta.label_lower, name_worry)
because.named_by(Lesson._meta.label_lower, name_lesson)
