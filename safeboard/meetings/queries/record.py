"""The minutes of a meeting as one document: what was said, decided, and who was there."""

from __future__ import annotations

from typing import Any

from ..models import AgendaItem
from .sheet import Sheet


def record_of(sheet: Sheet) -> dict[str, Any]:
    """Everything that approved minutes say, in plain values: the same minutes give the same record."""
    meeting = sheet.meeting
    return {
        "meeting": [meeting.pk, meeting.title, meeting.starts_at.isoformat(), meeting.chaired_by_id],
        "corrections": meeting.corrections,
        "people": [[one.member_id, one.guest, one.answer, one.came, one.deputy] for one in sheet.attendances],
        "items": [[one.pk, one.title, one.confidential, one.minute, *reported(one)] for one in sheet.items],
        "decisions": [[one.number, one.item_id, one.text, one.quorate] for one in sheet.decisions],
        "interests": [[one.member_id, one.item_id, one.what, one.done] for one in sheet.interests],
    }


def reported(item: AgendaItem) -> list[str]:
    """What another subgroup reported under an item; nothing under any other."""
    told = item.told
    return [told.subgroup, told.given_by, f"{told.since} {told.until}", told.text, told.asked] if told else []
