"""The agenda: assembled in one click with the standing items filled, then changed item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.standing import Line, standing_items
from safeboard.library import queries as library
from safeboard.library.shapes.meetings import AgendaTemplate

from ..choices import ItemKind, MeetingState, Purpose
from ..errors import Refused
from ..models import AgendaItem, Decision, Meeting
from ..queries.meetings import before, since
from .common import open_meeting, set_values

FIELDS = ("title", "about", "purpose", "minutes", "led_by", "confidential")
CLOSING = (ItemKind.OTHER, ItemKind.NEXT)
STEP = 10
LAST = 900  # where the closing items stand: whatever is added comes before them


@transaction.atomic
def assemble(*, by: Access, meeting: Meeting) -> int:
    """Put the agenda together: what the pack begins with, and the standing items filled by the rooms they are of.

    Done again, what is missing is added and the standing items are filled anew; what was written stays. Gives how many
    items there are. Raises Refused where the meeting was held.
    """
    require(by, "meetings.keep", meeting)
    row = open_meeting(meeting)
    if row.state == MeetingState.HELD:
        raise Refused(_("The meeting was held: its agenda is what was talked about."))
    there = list(AgendaItem.objects.filter(meeting=row))
    _begin(row, there)
    _fill(by, row, there)
    count = AgendaItem.objects.filter(meeting=row).count()
    history.record(by=by, verb="meetings.assembled", obj=row, facts={"items": count})
    return count


def _begin(row: Meeting, there: list[AgendaItem]) -> None:
    known = {one.kind for one in there}
    for place, one in enumerate(library.items(row.board.pack, "agenda-items"), 1):
        if not isinstance(one, AgendaTemplate) or one.slot in known:
            continue
        kind = ItemKind(one.slot)
        AgendaItem.objects.create(
            board_id=row.board_id,
            meeting=row,
            kind=kind,
            order=(LAST if kind in CLOSING else 0) + place * STEP,
            title=str(one.title),
            about=str(one.about or ""),
            purpose=Purpose(one.purpose),
            minutes=one.minutes,
            lines=_last(row) if kind == ItemKind.LAST else [],
        )


def _last(row: Meeting) -> list[dict[str, str]]:
    """The last meeting, and how many of its decisions wait for a quorum to confirm them."""
    last = before(row)
    if last is None:
        return []
    url = reverse("meetings:meeting", args=[last.pk])
    words = _("%(title)s, %(day)s") % {"title": last.title, "day": date_format(last.day, "j F Y")}
    waiting = Decision.objects.filter(meeting=last, quorate=False).count()
    lines = [Line(words, url)]
    if waiting:
        lines.append(Line(_("Decisions without a quorum, to be confirmed"), url, str(waiting)))
    return [asdict(line) for line in lines]


def _fill(by: Access, row: Meeting, there: list[AgendaItem]) -> None:
    known, day = {one.standing: one for one in there if one.standing}, since(row)
    for one in standing_items():
        lines = [asdict(line) for line in one.lines(by, day)]
        item = known.get(one.name)
        if item is not None:
            item.lines = lines
            item.save(update_fields=["lines"])
            continue
        AgendaItem.objects.create(
            board_id=row.board_id,
            meeting=row,
            kind=ItemKind.STANDING,
            standing=one.name,
            order=100 + one.order,
            title=str(one.title),
            purpose=Purpose.DISCUSS,
            minutes=10,
            lines=lines,
        )


@transaction.atomic
def add_item(*, by: Access, meeting: Meeting, given: Mapping[str, Any], kind: ItemKind = ItemKind.ITEM) -> AgendaItem:
    """Add an item before the closing ones, also during the meeting."""
    require(by, "meetings.keep", meeting)
    row = open_meeting(meeting)
    last = AgendaItem.objects.filter(meeting=row).exclude(kind__in=CLOSING).aggregate(last=Max("order"))["last"] or 0
    order = max(last, 200) + STEP
    values = {name: given[name] for name in FIELDS if name in given}
    item = AgendaItem.objects.create(board_id=row.board_id, meeting=row, order=order, kind=kind, **values)
    AgendaItem.objects.filter(meeting=row, kind__in=CLOSING, order__lte=order).update(order=order + STEP)
    history.record(by=by, verb="meetings.item_added", obj=row, facts={"item": item.pk})
    return item


@transaction.atomic
def change_item(*, by: Access, item: AgendaItem, given: Mapping[str, Any]) -> AgendaItem:
    """Change an item's title, what it is about, who leads it, how long, whether it is confidential."""
    require(by, "meetings.keep", item)
    open_meeting(item.meeting)
    row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    changed = set_values(row, {name: given[name] for name in FIELDS if name in given})
    if changed:
        row.save(update_fields=changed)
        history.record(by=by, verb="meetings.item_changed", obj=row, facts={"fields": changed})
    return row


@transaction.atomic
def move_item(*, by: Access, item: AgendaItem, up: bool) -> None:
    """Let an item change places with the one above it, or below it."""
    require(by, "meetings.keep", item)
    open_meeting(item.meeting)
    rows = list(AgendaItem.objects.filter(meeting=item.meeting))
    at = next(place for place, one in enumerate(rows) if one.pk == item.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for place, one in enumerate(rows, 1):
            one.order = place * STEP
        AgendaItem.objects.bulk_update(rows, ["order"])
        history.record(by=by, verb="meetings.item_moved", obj=item.meeting, facts={"item": item.pk})


@transaction.atomic
def remove_item(*, by: Access, item: AgendaItem) -> None:
    """Take an item off. Raises Refused where papers, a minute, decisions or interests hang on it."""
    require(by, "meetings.keep", item)
    open_meeting(item.meeting)
    hangs = item.minute or item.papers.exists() or item.decisions.exists() or item.interests.exists()
    if hangs:
        raise Refused(_("Papers, a minute, a decision or an interest belong to this item, so it stays."))
    history.record(by=by, verb="meetings.item_removed", obj=item.meeting, facts={"item": item.pk})
    item.delete()
