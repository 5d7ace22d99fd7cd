"""Disposing of lines whose time has come: whole segments, never one that a live case holds; each on record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from safeboard.core import history
from safeboard.core.access import Access, require

from .. import engine
from ..models import LogHold, LogSetting

WHY = "kept for as long as the setting keeps lines"


def due(today: date | None = None) -> list[Any]:
    """The archive's segments whose time has come and that no hold keeps. The wall must be open for their holds."""
    archive = engine.archive()
    found = archive.due(today or timezone.localdate())
    held = _held_days()
    return [one for one in found if not any(_touches(one, days) for days in held.get(one.setting, ()))]


def _held_days() -> dict[str, list[tuple[date, date]]]:
    keys = {log.pk: log.key for log in LogSetting._base_manager.all()}
    held: dict[str, list[tuple[date, date]]] = {}
    for hold in LogHold._base_manager.filter(released_at=None):
        held.setdefault(keys[hold.log_id], []).append((hold.since, hold.until))
    return held


def _touches(segment: Any, days: tuple[date, date]) -> bool:
    """Whether a segment may have lines of these days; one in which no line could be read may have any."""
    if segment.first is None:
        return True
    first, last = (datetime.fromtimestamp(end / 1000, UTC).date() for end in (segment.first, segment.last))
    return first <= days[1] and last >= days[0]


def dispose_due(*, by: Access, today: date | None = None) -> int:
    """Dispose of what is due; gives how many segments. Written down before it is done, so that none goes unseen."""
    require(by, "sitelogs.dispose")
    segments = due(today)
    if segments:
        with transaction.atomic():
            for segment in segments:
                facts = {"segment": segment.number, "setting": segment.setting, "lines": segment.lines}
                history.record(by=by, verb="sitelogs.disposed", facts=facts)
        engine.archive().dispose(segments, WHY)
    return len(segments)
