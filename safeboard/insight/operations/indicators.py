"""Writes of indicators: taking a board's up, taking a snapshot, freezing a quarter, setting targets and owners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history, wall
from safeboard.core.access import Access, require
from safeboard.core.wall import Reach
from safeboard.library import queries as library
from safeboard.library.shapes.indicators import Indicator
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .. import measuring
from ..models import Baseline, BoardIndicator, Snapshot, Standing
from ..quarters import Quarter

COUNTED = ("group", "sources", "known", "review", "score", "survey", "incidents", "yearly")
SAID = ("counted", "over", "explain")


class NotPossible(ValueError):
    """Something that the rules do not allow; the message says why and what to do."""


def _open(board: Board) -> Any:
    seated = partnership.agencies_in(board.pk)
    return wall.open_for(agencies=seated, boards=[board.pk], shared=[board.pk])


def definition_of(item: Indicator) -> dict[str, Any]:
    """What an indicator of the pack counts, as a board keeps it."""
    whole = item.model_dump(mode="json")
    return {**{name: whole[name] for name in COUNTED}, **{name: str(getattr(item, name) or "") for name in SAID}}


@transaction.atomic
def take_up(*, by: Access, board: Board) -> int:
    """Take up the indicators of the board's pack that it does not have yet; gives how many. What it has stays."""
    require(by, "insight.take_snapshot", BoardIndicator(board=board))
    with _open(board):
        there = set(BoardIndicator.objects.filter(board=board).values_list("name", flat=True))
        items = [one for one in library.items(board.pack, "indicators") if isinstance(one, Indicator)]
        new = [
            BoardIndicator(
                board=board,
                name=one.id,
                version=one.version,
                title=str(one.title),
                pies=one.pies.value,
                definition=definition_of(one),
                direction=one.direction.value,
                number=number,
            )
            for number, one in enumerate(items, 1)
            if one.id not in there
        ]
        BoardIndicator.objects.bulk_create(new)
        if new:
            history.record(
                by=by, verb="insight.taken_up", facts={"board": board.pk, "names": [one.name for one in new]}
            )
    return len(new)


@transaction.atomic
def take_snapshot(*, by: Access, board: Board, monthly: bool = False) -> Snapshot:
    """Count every indicator of a board, keep it for good, and give it. A month has one monthly snapshot.

    Quarters that have ended are frozen first, from the last snapshot taken in them (S2: frozen each quarter).
    """
    require(by, "insight.take_snapshot", BoardIndicator(board=board))
    now = timezone.now()
    month = timezone.localdate(now).strftime("%Y-%m") if monthly else ""
    with _open(board):
        Board.objects.select_for_update().get(pk=board.pk)
        there = Snapshot.objects.filter(board=board, month=month).first() if monthly else None
        if there:
            return there
        freeze_quarters(by=by, board=board)
        indicators = list(BoardIndicator.objects.filter(board=board, retired_at__isnull=True))
        marks = measuring.agency_marks(board, indicators)
        agencies = list(next(iter(marks.values()), {}))
        letters = {agency: measuring.letters(indicators, marks, agency) for agency in agencies}
        counts = {
            part: dict(Counter(one[part] for one in letters.values())) for part in next(iter(letters.values()), {})
        }
        titles = {one.name: one.title for one in indicators if one.name in marks and not one.version}
        row = Snapshot(board=board, at=now, month=month, by=by.person, standing=counts)
        row.values = measuring.values(board, indicators, marks)
        row.save()
        Standing.objects.bulk_create(
            [
                Standing(
                    board=board,
                    agency_id=agency,
                    reach=Reach.BOARD,
                    snapshot=row,
                    at=now,
                    marks={name: found[agency] for name, found in marks.items()},
                    titles=titles,
                    letters=letters[agency],
                )
                for agency in agencies
            ],
            batch_size=500,
        )
        history.record(by=by, verb="insight.snapshot", obj=row, facts={"board": board.pk, "month": month})
    return row


@transaction.atomic
def freeze_quarters(*, by: Access, board: Board) -> int:
    """Keep the last snapshot of each quarter that has ended as that quarter's baseline; gives how many are new."""
    require(by, "insight.take_snapshot", BoardIndicator(board=board))
    with _open(board):
        done = {(row.year, row.quarter) for row in Baseline.objects.filter(board=board)}
        last: dict[Quarter, Snapshot] = {}
        for row in Snapshot.objects.filter(board=board).order_by("at", "pk"):
            last[Quarter.of(timezone.localdate(row.at))] = row
        new = 0
        for quarter, row in sorted(last.items()):
            if quarter.has_ended and (quarter.year, quarter.number) not in done:
                made = Baseline(board=board, year=quarter.year, quarter=quarter.number, values=row.values)
                made.save()
                history.record(
                    by=by, verb="insight.frozen", obj=made, facts={"board": board.pk, "quarter": str(quarter)}
                )
                new += 1
    return new


def snapshot_all(*, by: Access) -> int:
    """What the clock does for every board, once a month: take up what is new in the pack, and count; gives how many."""
    month, count = timezone.localdate().strftime("%Y-%m"), 0
    for board in Board.objects.order_by("pk"):
        with wall.open_for(boards=[board.pk]):
            done = Snapshot.objects.filter(board=board, month=month).exists()
        if not done:
            take_up(by=by, board=board)
            take_snapshot(by=by, board=board, monthly=True)
            count += 1
    return count


@transaction.atomic
def set_indicator(*, by: Access, indicator: BoardIndicator, given: Mapping[str, Any]) -> BoardIndicator:
    """Set target and the day it is to be reached by, baseline, owner, and which way is better.

    given: any of target, target_on, baseline, baseline_figure, baseline_said, owner, direction. NotPossible where the
    owner holds no role in the board, or the baseline is another board's.
    """
    require(by, "insight.set_indicators", indicator)
    row = BoardIndicator.objects.select_for_update().get(pk=indicator.pk)
    owner, baseline = given.get("owner"), given.get("baseline")
    if (
        owner is not None
        and by.place
        and owner.pk not in {one.person.pk for one in partnership.members_of_place(by.place)}
    ):
        raise NotPossible(_("The owner must hold a role in this board. Nothing was changed."))
    if baseline is not None and baseline.board_id != row.board_id:
        raise NotPossible(_("That baseline is another board’s. Nothing was changed."))
    if row.is_share and (given.get("target") or 0) > measuring.WHOLE:
        raise NotPossible(_("A target of so many of a hundred is a hundred at most. Nothing was changed."))
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    row.save()
    history.record(by=by, verb="insight.indicator_set", obj=row, facts={"fields": changed})
    return row


@transaction.atomic
def add_indicator(
    *,
    by: Access,
    board: Board,
    title: str,
    pies: str,
    source: str,
    item: str,
    question: str,
    counts: list[str],
    counted: str = "",
    direction: str = "up",
    form_key: UUID | None = None,
) -> BoardIndicator:
    """Add an indicator of the board's own, from a question of a review or of a survey; the same form twice is one."""
    require(by, "insight.set_indicators", BoardIndicator(board=board))
    if source not in ("review", "survey") or not counts:
        raise NotPossible(_("Choose a question, and the answers that count. Nothing was added."))
    asked = {"item": item, "question": question, "counts": counts, "partly": []}
    definition: dict[str, Any] = {"group": "local", "sources": [source], "known": None, "incidents": None}
    definition |= {"review": None, "survey": None, "yearly": False, source: asked}
    over = _("of a hundred who answered") if source == "survey" else _("of the agencies of the board")
    definition |= {"counted": counted or title, "over": over, "explain": ""}
    last = BoardIndicator.objects.filter(board=board).aggregate(last=Max("number"))["last"] or 0
    name = f"own-{form_key.hex[:24]}" if form_key else None
    fields = {"title": title, "pies": pies, "definition": definition, "direction": direction, "number": last + 1}
    if name is None:
        row, made = BoardIndicator.objects.create(board=board, **fields), True
    else:
        row, made = BoardIndicator.objects.get_or_create(board=board, name=name, defaults=fields)
    if made:
        history.record(by=by, verb="insight.indicator_added", obj=row, facts={"source": source, "item": item})
    return row


@transaction.atomic
def retire_indicator(*, by: Access, indicator: BoardIndicator) -> BoardIndicator:
    """Count it no more. What was counted stays. Twice is once."""
    require(by, "insight.set_indicators", indicator)
    row = BoardIndicator.objects.select_for_update().get(pk=indicator.pk)
    if row.retired_at is None:
        row.retired_at = timezone.now()
        row.save(update_fields=["retired_at"])
        history.record(by=by, verb="insight.indicator_retired", obj=row)
    return row
