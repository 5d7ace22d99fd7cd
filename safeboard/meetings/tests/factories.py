"""The subgroup and its meetings for the tests of this room."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pikepdf
from django.utils import timezone

from safeboard.meetings import operations
from safeboard.meetings.choices import Came, Part
from safeboard.meetings.models import AgendaItem, Meeting, Member
from safeboard.partnership.models import Seat


def seat(cast: Any, part: str = Part.CORE, name: str = "Cora Core", **more: Any) -> Member:
    """A seat in the subgroup, given by the board's officer."""
    given = {"part": part, "name": name, "since": date(2026, 1, 1), **more}
    with cast.wall_of(cast.board_officer):
        return operations.add_member(by=cast.access_for(cast.board_officer), given=given)


def partner(cast: Any) -> None:
    """The cast's agency sits in the board as a partner, so that its people may chair."""
    Seat.objects.filter(agency=cast.agency, board=cast.board).update(kind="board-partner")


def subgroup(cast: Any) -> dict[str, Member]:
    """A chair, a deputy chair, two core members, one co-opted, one young: four of them vote."""
    partner(cast)
    return {
        "chair": seat(cast, Part.CHAIR, "Clara Chair", person=cast.lead, agency=cast.agency),
        "deputy": seat(cast, Part.DEPUTY_CHAIR, "Dan Deputy"),
        "core": seat(cast, name="Cora Core", agency=cast.other_agency),
        "officer": seat(cast, name="Olga Officer", person=cast.board_officer),
        "co-opted": seat(cast, Part.COOPTED, "Sunil Subgroup", person=cast.subgroup_member),
        "young": seat(cast, Part.YOUNG, "Yara Young"),
    }


def planned(cast: Any, *, days: int = 7, title: str = "Autumn meeting") -> Meeting:
    """A meeting that many days from now; one in the past has begun."""
    starts = timezone.now() + timedelta(days=days)
    with cast.wall_of(cast.board_officer):
        by = cast.access_for(cast.board_officer)
        return operations.plan_meeting(by=by, title=title, starts_at=starts, ends_at=starts + timedelta(hours=2))


def item_of(cast: Any, meeting: Meeting, title: str = "Filtering", **more: Any) -> AgendaItem:
    """An item of a meeting."""
    with cast.wall_of(cast.board_officer):
        return operations.add_item(
            by=cast.access_for(cast.board_officer), meeting=meeting, given={"title": title, **more}
        )


def held(cast: Any, people: dict[str, Member], *, days: int = -7, came: int = 4, title: str = "Held") -> Meeting:
    """A meeting that was held: the first so many members came."""
    meeting = planned(cast, days=days, title=title)
    there = {one.pk: Came.PRESENT if place < came else Came.AWAY for place, one in enumerate(people.values())}
    with cast.wall_of(cast.board_officer):
        operations.note_attendance(by=cast.access_for(cast.board_officer), meeting=meeting, came=there)
    meeting.refresh_from_db()
    return meeting


def pdf(pages: int = 1) -> bytes:
    """A PDF of that many empty pages."""
    made = pikepdf.new()
    for _number in range(pages):
        made.add_blank_page(page_size=(595, 842))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def at(text: str) -> datetime:
    """A time on the wall's clock."""
    return timezone.make_aware(datetime.fromisoformat(text))
