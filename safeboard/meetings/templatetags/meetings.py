"""Words and states of meetings for templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..choices import MeetingState
from ..models import Attendance, Meeting
from ..paper import said_of as in_words
from ..paper import said_of_action

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours, with as many figures as it needs: 1.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


@register.filter
def said_of(row: Attendance) -> str:
    """Somebody at a meeting in words."""
    return in_words(row)


@register.filter
def action_cells(action: Any) -> list[str]:
    """An action as the cells of a row."""
    return said_of_action(action)


@register.simple_tag
def meeting_tag(meeting: Meeting) -> SafeString:
    """Where a meeting stands, with its minutes."""
    word, colour = _state(meeting)
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, word)


def _state(meeting: Meeting) -> tuple[str, str]:
    if meeting.approved_on:
        return _("Minutes approved"), "green"
    if meeting.state == MeetingState.CANCELLED:
        return str(MeetingState.CANCELLED.label), "grey"
    if meeting.state == MeetingState.HELD:
        return _("Minutes in draft"), "yellow"
    if meeting.is_over:
        return _("No minutes yet"), "red"
    return str(meeting.get_state_display()), "blue" if meeting.state == MeetingState.CALLED else "grey"
