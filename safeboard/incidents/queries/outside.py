"""What the record shows of other rooms, and its own facts in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safeboard.core import because, links, times
from safeboard.core.models import Link
from safeboard.library import queries as library

from ..models import Incident, Received, Referral

HANDED_ON = "handed-on"  # the kind of a link between incidents of two agencies


@dataclass(frozen=True)
class Thread:
    """A link to a record of another room, seen from the incident: where it came from, or what it led to.

    ``words`` say it whole where the other end is behind the wall: then no number of it is shown.
    """

    kind: str
    other: str
    number: int
    led_to: bool
    words: str = ""
    label: str = ""


def links_of(incident: Incident, tied: Iterable[Link] | None = None) -> list[Thread]:
    """Where an incident came from and what it led to (the golden thread), but what because.ends_of says in words.

    ``tied``: its links, where they were read.
    """
    found = [_thread(link, incident) for link in (links.links_of(incident) if tied is None else tied)]
    threads = [one for one in found if one.kind != HANDED_ON and not because.is_named(one.label)]
    return threads + (list(_handed_on(incident)) if len(threads) < len(found) else [])


def _handed_on(incident: Incident) -> Iterator[Thread]:
    """Incidents of other agencies that this one led to or came from: in words of this end alone."""
    passed = Referral.objects.filter(incident=incident, to_agency__isnull=False, accepted_at__isnull=False)
    for name in passed.values_list("to_name", flat=True):
        yield Thread(HANDED_ON, "", 0, True, _("an incident of %(who)s") % {"who": name})
    for name in Received.objects.filter(incident=incident).values_list("from_name", flat=True):
        yield Thread(HANDED_ON, "", 0, False, _("a referral of %(who)s") % {"who": name})


def _thread(link: Link, incident: Incident) -> Thread:
    led_to = link.from_type == incident._meta.label_lower and link.from_id == incident.pk
    other, number = (link.to_type, link.to_id) if led_to else (link.from_type, link.from_id)
    return Thread(link.kind, other.split(".")[-1], number, led_to, label=other)


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
