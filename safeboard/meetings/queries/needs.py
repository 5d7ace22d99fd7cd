"""What of the subgroup needs somebody now: for the home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..choices import Answer, MeetingState
from ..models import Attendance, Meeting, MinuteClash
from .meetings import coming, meetings
from .members import chair_of, seats_of

SOON = timedelta(days=21)


@dataclass(frozen=True)
class Needed:
    """A line: its words, where they lead, a state in a word with its colour, a time."""

    text: str
    url: str
    word: str = ""
    colour: str = "grey"
    at: datetime | None = None


def home_rows(access: Access) -> list[Needed]:
    """What this person has to do: answer an invitation; who runs it: name a chair, send invitations, write minutes."""
    if access.board_id is None or not access.can("meetings.see"):
        return []
    ahead = list(coming(access)[:6])
    soon = [one for one in ahead if one.starts_at <= timezone.now() + SOON]
    rows = [*_invited(access, ahead)]
    if access.can("meetings.keep"):
        rows += [*_vacant(access.board_id), *_minutes(access), *_not_called(soon)]
    return sorted(rows, key=lambda one: one.colour != "red")


def _invited(access: Access, ahead: list[Meeting]) -> Iterator[Needed]:
    """Invitations that this person has not answered, and the meetings that they go to soon."""
    mine = [one.pk for one in seats_of(access)] if ahead else []
    asked = Attendance.objects.filter(meeting__in=ahead, member__in=mine).exclude(answer=Answer.APOLOGIES)
    answers = dict(asked.values_list("meeting_id", "answer")) if mine else {}
    for one in ahead:
        near = one.starts_at <= timezone.now() + SOON
        if one.pk not in answers or not (near or answers[one.pk] == Answer.ASKED):
            continue
        url = reverse("meetings:meeting", args=[one.pk])
        word = _("Are you coming?") if answers[one.pk] == Answer.ASKED else ""
        yield Needed(one.title, url, word, "yellow" if word else "grey", one.starts_at)


def _vacant(board_id: int) -> Iterator[Needed]:
    found = chair_of(board_id)
    if found.vacant and (found.chair or found.deputy):
        yield Needed(found.vacant, reverse("meetings:subgroup"), _("No chair"), "red")


def _minutes(access: Access) -> Iterator[Needed]:
    """Meetings that were, and nobody noted who came; and minutes that hold two texts."""
    live = (MeetingState.PLANNED, MeetingState.CALLED)
    for one in meetings(access).filter(ends_at__lt=timezone.now(), state__in=live).order_by("starts_at")[:5]:
        text = _("%(title)s: note who came, and write the minutes") % {"title": one.title}
        yield Needed(text, reverse("meetings:attendance", args=[one.pk]), _("No minutes yet"), "red", one.starts_at)
    open_ones = MinuteClash.objects.filter(board_id=access.board_id or 0, settled_at__isnull=True)
    for clash in open_ones.select_related("item__meeting")[:5]:
        text = _("Two texts of one minute: %(title)s") % {"title": clash.item.meeting.title}
        yield Needed(text, reverse("meetings:clash", args=[clash.item.meeting_id, clash.pk]), _("Soon"), "yellow")


def _not_called(soon: list[Meeting]) -> Iterator[Needed]:
    for one in soon:
        if one.state == MeetingState.PLANNED:
            text = _("%(title)s: nobody is invited yet") % {"title": one.title}
            yield Needed(text, reverse("meetings:meeting", args=[one.pk]), _("Soon"), "yellow", one.starts_at)
