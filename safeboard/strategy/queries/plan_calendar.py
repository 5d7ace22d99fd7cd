"""What a person's calendar shows of the plan: their own actions and milestones in every place that they act in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from safeboard.accounts.models import Person
from safeboard.core import wall
from safeboard.core.wall import Reach
from safeboard.outbox.operations import link
from safeboard.partnership import queries as partnership

from ..choices import UNFINISHED
from ..models import CalendarLink, Milestone
from .plan import mine, visible_to


@dataclass(frozen=True)
class Entry:
    """A whole day in the calendar: a word that stays the same, its day, its words, where to read more."""

    uid: str
    day: date
    words: str
    url: str


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_link(secret: str) -> CalendarLink | None:
    """The link with that secret that still works, of somebody who may still sign in; None for every other."""
    found = CalendarLink.objects.filter(digest=digest_of(secret), revoked_at=None, person__is_active=True)
    return found.select_related("person").first()


def link_of(person: Person) -> CalendarLink | None:
    """The person's link that works, if there is one."""
    return CalendarLink.objects.filter(person=person, revoked_at=None).first()


def entries_of(person: Person) -> Iterator[Entry]:
    """What is owed by this person wherever they act today; of what came from casework only that there is something."""
    for place in partnership.access_of(person).places:
        access = partnership.access_of(person, chosen=place.key)
        scopes: dict[str, Any] = partnership.scopes(access)
        with wall.open_for(**scopes):
            rows = visible_to(access).filter(mine(access), state__in=UNFINISHED)
            shown = {one.pk: one for one in rows.only("key", "title", "due_on", "reach")}
            for one in shown.values():
                words = _("An action of %(place)s") % {"place": place.name} if one.reach == Reach.AGENCY else one.title
                yield Entry(f"action-{one.key}", one.due_on, words, link(one.url))
            for step in Milestone.objects.filter(action__in=shown, done_on=None):
                action = shown[step.action_id]
                if action.reach != Reach.AGENCY:
                    words = _("%(milestone)s (milestone)") % {"milestone": step.title}
                    yield Entry(f"milestone-{step.key}", step.due_on, words, link(action.url))


def calendar_of(person: Person) -> bytes:
    """The person's entries as an iCalendar file (RFC 5545): whole days, no people, no places."""
    calendar = Calendar()
    calendar.add("prodid", "-//Safeboard//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Action plan"))
    for entry in entries_of(person):
        event = Event()
        event.add("uid", f"{entry.uid}@safeboard")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", entry.day)
        event.add("summary", entry.words)
        event.add("url", entry.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
