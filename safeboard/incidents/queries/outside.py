"""What the record shows of other rooms, and its own facts in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from safeboard.core import links, times
from safeboard.core.models import Link
from safeboard.library import queries as library

from ..models import Incident


@dataclass(frozen=True)
class Thread:
    """A link to a record of another room, seen from the incident: where it came from, or what it led to."""

    kind: str
    other: str
    number: int
    led_to: bool


def links_of(incident: Incident) -> list[Thread]:
    """Where an incident came from and what it led to (the golden thread)."""
    return [_thread(link, incident) for link in links.links_of(incident)]


def _thread(link: Link, incident: Incident) -> Thread:
    led_to = link.from_type == incident._meta.label_lower and link.from_id == incident.pk
    other, number = (link.to_type, link.to_id) if led_to else (link.from_type, link.from_id)
    return Thread(link.kind, other.split(".")[-1], number, led_to)


def summary(incident: Incident) -> dict[str, str]:
    """The facts of an incident in words, for the summary list."""
    happened = times.exact(incident.happened_on)
    if incident.happened_at:
        happened = _("%(day)s, at about %(time)s") % {"day": happened, "time": incident.happened_at.strftime("%H:%M")}
    return {
        "happened": happened,
        "classification": library.label(incident.pack, "classifications", incident.classification),
        "strand": library.label(incident.pack, "classifications", incident.strand) if incident.strand else "",
        "how_found": library.label(incident.pack, "how-found", incident.how_found),
        "setting": incident.setting.name if incident.setting else "",
    }
