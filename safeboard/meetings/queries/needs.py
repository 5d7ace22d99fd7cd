"""What of the subgroup needs somebody now: for the home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..choices import Answer, MeetingState
from ..models import Attendance, Meeting, Member, MinuteClash
from .members import chair_of, seats_of, sitting_now

SOON = timedelta(days=21)
MOST = 6
AHEAD = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.HELD)
UNTOLD = (MeetingState.PLANNED, MeetingState.CALLED)


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
    now, sitting = timezone.now(), sitting_now(access, timezone.localdate())
    found: list[Any] = _meetings(access, now)  # each with ``clash``, the id of a second text or None
    ahead = [one for one in found if one.ends_at >= now and one.state in AHEAD][:MOST]
    soon = [one for one in ahead if one.starts_at <= now + SOON]
    rows = [*_invited(access, ahead, sitting)]
    if access.can("meetings.keep"):
        past = [one for one in found if one.ends_at < now and one.state in UNTOLD][:MOST]
        rows += [*_vacant(access.board_id, sitting), *_minutes(past), *_clashes(found), *_not_called(soon)]
    return sorted(rows, key=lambda one: one.colour != "red")


@built_once
def _meetings(access: Access, now: datetime) -> QuerySet[Meeting]:
    """Those to come, those that nobody has told anything of, and those of which a minute holds two texts."""
    clash = MinuteClash.objects.filter(item__meeting=OuterRef("pk"), settled_at__isnull=True).order_by("pk")
    rows = Meeting.objects.filter(board_id=access.board_id or 0).annotate(clash=Subquery(clash.values("pk")[:1]))
    wanted = Q(ends_at__gte=now, state__in=AHEAD) | Q(ends_at__lt=now, state__in=UNTOLD) | Q(clash__isnull=False)
    return rows.filter(wanted).only("title", "starts_at", "ends_at", "state").order_by("starts_at", "pk")


def _invited(access: Access, ahead: list[Meeting], sitting: list[Member]) -> Iterator[Needed]:
    """Invitations that this person has not answered, and the meetings that they go to soon."""
    mine = [one.pk for one in seats_of(access, sitting)] if ahead else []
    asked = Attendance.objects.filter(meeting__in=ahead, member__in=mine).exclude(answer=Answer.APOLOGIES)
    answers = dict(asked.values_list("meeting_id", "answer")) if mine else {}
    for one in ahead:
        near = one.starts_at <= timezone.now() + SOON
        if one.pk not in answers or not (near or answers[one.pk] == Answer.ASKED):
            continue
        url = reverse("meetings:meeting", args=[one.pk])
        word = _("Are you coming?") if answers[one.pk] == Answer.ASKED else ""
        yield Needed(one.title, url, word, "yellow" if word else "grey", one.starts_at)


def _vacant(board_id: int, sitting: list[Member]) -> Iterator[Needed]:
    found = chair_of(board_id, sitting)
    if found.vacant and (found.chair or found.deputy):
        yield Needed(found.vacant, reverse("meetings:subgroup"), _("No chair"), "red")


def _minutes(past: list[Meeting]) -> Iterator[Needed]:
    """Meetings that were, and nobody noted who came."""
    for one in past:
        text = _("%(title)s: note who came, and write the minutes") % {"title": one.title}
        yield Needed(text, reverse("meetings:attendance", args=[one.pk]), _("No minutes yet"), "red", one.starts_at)


def _clashes(found: list[Any]) -> Iterator[Needed]:
    """Minutes that hold two texts."""
    for one in found:
        if one.clash:
            text = _("Two texts of one minute: %(title)s") % {"title": one.title}
            yield Needed(text, reverse("meetings:clash", args=[one.pk, one.clash]), _("Soon"), "yellow")


def _not_called(soon: list[Meeting]) -> Iterator[Needed]:
    for one in soon:
        if one.state == MeetingState.PLANNED:
            text = _("%(title)s: nobody is invited yet") % {"title": one.title}
            yield Needed(text, reverse("meetings:meeting", args=[one.pk]), _("Soon"), "yellow", one.starts_at)
