"""The minutes of a meeting as one document: what was said, decided, and who was there."""

from __future__ import annotations

from typing import Any

from ..models import AgendaItem, Attendance, Decision, Interest, Meeting


def record_of(meeting: Meeting) -> dict[str, Any]:
    """Everything that approved minutes say, in plain values: the same minutes give the same record."""
    people = Attendance.objects.filter(meeting=meeting).order_by("pk")
    items = AgendaItem.objects.filter(meeting=meeting).order_by("order", "pk")
    decisions = Decision.objects.filter(meeting=meeting).order_by("number")
    interests = Interest.objects.filter(meeting=meeting).order_by("pk")
    return {
        "meeting": [meeting.pk, meeting.title, meeting.starts_at.isoformat(), meeting.chaired_by_id],
        "corrections": meeting.corrections,
        "people": [[one.member_id, one.guest, one.answer, one.came, one.deputy] for one in people],
        "items": [[one.pk, one.title, one.confidential, one.minute] for one in items],
        "decisions": [[one.number, one.item_id, one.text, one.quorate] for one in decisions],
        "interests": [[one.member_id, one.item_id, one.what, one.done] for one in interests],
    }
