"""What the home page says of rounds and returns: what an agency owes, what waits for the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.access import Access
from safeboard.core.built import built_once

from ..choices import Stand
from ..models import RoundAgency
from .rounds import owed_by, rounds_to_look_at


@dataclass(frozen=True)
class Needed:
    """A line: its words, where it leads, what it belongs to, and the day by which it is owed."""

    text: str
    url: str
    about: str
    late: bool
    due_on: date | None = None


def home_rows(access: Access) -> list[Needed]:
    """What rounds and returns ask of this person in this place, late first."""
    if access.agency_id and access.can("standards.answer"):
        rows = _of_agency(access)
    elif access.board_id and access.can("standards.keep_round"):
        rows = _of_board(access)
    else:
        rows = []
    return sorted(rows, key=lambda row: (not row.late, row.due_on or date.max))


@built_once
def _owed(access: Access, today: date) -> QuerySet[RoundAgency]:
    return owed_by(access.own_agency).filter(round__opens_on__lte=today)


def _of_agency(access: Access) -> list[Needed]:
    today = timezone.localdate()
    return [
        Needed(
            text=place.round.title,
            url=reverse("standards:return", args=[place.of.key]),
            about=_("Sent back for more") if place.stand == Stand.RETURNED else place.round.board.name,
            late=place.round.due_on < today,
            due_on=place.round.due_on,
        )
        for place in _owed(access, today)
    ]


def _of_board(access: Access) -> list[Needed]:
    rows: list[Needed] = []
    found: list[Any] = rounds_to_look_at(access, timezone.localdate())  # each with its counts
    for round_ in found:
        url = reverse("standards:round", args=[round_.pk])
        if round_.to_read:
            words = ngettext("%(n)s return to read", "%(n)s returns to read", round_.to_read)
            rows.append(Needed(words % {"n": f"{round_.to_read:,}"}, f"{url}?show=submitted", round_.title, late=False))
        if round_.is_late and round_.owed:
            words = ngettext("%(n)s return is overdue", "%(n)s returns are overdue", round_.owed)
            rows.append(
                Needed(words % {"n": f"{round_.owed:,}"}, f"{url}?show=late", round_.title, True, round_.due_on)
            )
    return rows
