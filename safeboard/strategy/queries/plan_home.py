"""What of the plan needs somebody now: for the home page and for a meeting's agenda."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.standing import Line
from safeboard.core.times import exact

from ..choices import LIVE, UNFINISHED, State
from ..models import Action
from ..rules import AGENCY_LEADERS, BOARD_LEADERS
from .plan import mine
from .plan_list import listed
from .plan_standing import standing, whose

SOON = timedelta(days=14)
MOST = 11  # one more than the home page shows, so that it knows that there are more


@dataclass(frozen=True)
class Owed:
    """Something of the plan that needs somebody: words, address, whose, a state in a word with its colour, its day."""

    text: str
    url: str
    about: str
    word: str
    colour: str
    due_on: date | None


def home_rows(access: Access) -> list[Owed]:
    """What this person has to do about the plan: answer, finish, or (for a board) ask after; what is late first."""
    if not access.can("strategy.see") or access.person is None:
        return []
    today = timezone.localdate()
    found = [_owed(one, today) for one in _needed(access, today, today + SOON, today - SOON)]
    return sorted(found, key=lambda one: (one.colour != "red", one.due_on or date.max))


@built_once
def _needed(access: Access, today: date, soon: date, lately: date) -> QuerySet[Action]:
    """Actions that need this person: their own that are due soon; their place's once late; requests to answer."""
    wanted = mine(access) & Q(state__in=LIVE, due_on__lte=soon)
    late = Q(due_on__lt=today, state__in=LIVE)
    if access.agency_id and access.roles & set(AGENCY_LEADERS):
        here = Q(agency_id=access.agency_id)
        wanted |= here & (Q(state=State.ASKED) | late | Q(passed_on__gte=lately, state__in=LIVE))
    if access.board_id and access.roles & set(BOARD_LEADERS):
        own = Q(agency=None) & (late | Q(passed_on__gte=lately, state__in=LIVE))
        unanswered = Q(state=State.ASKED, answer_by__lt=today)
        wanted |= own | unanswered | Q(state=State.DECLINED, answered_on__gte=lately)
    return listed(access).filter(wanted).order_by("due_on", "pk")[:MOST]


def _owed(action: Action, today: date) -> Owed:
    how = standing(action, today)
    due_on = action.answer_by if action.state == State.ASKED else action.due_on
    return Owed(action.title, action.url, whose(action), how.word, how.colour, None if how.colour == "grey" else due_on)


def late_lines(access: Access, since: date) -> Iterator[Line]:
    """For the agenda of the board's group: what is overdue, at risk or unanswered, and how many were done since."""
    today = timezone.localdate()
    rows = listed(access)
    for one in rows.filter(state__in=UNFINISHED).order_by("due_on", "pk"):
        how = standing(one, today)
        if how.colour in ("red", "yellow"):
            words = {"action": one.title, "who": whose(one), "state": how.word, "day": exact(one.due_on)}
            yield Line(_("%(action)s (%(who)s): %(state)s, expected by %(day)s") % words, one.url)
    done = rows.filter(state=State.DONE, done_on__gte=since).count()
    yield Line(_("Actions done since the last meeting"), "", str(done))
