"""What the writes of this room share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..choices import MeetingState
from ..errors import Refused
from ..models import Meeting


def own_board_id(by: Access) -> int:
    """The board acted for. Raises PermissionDenied elsewhere."""
    if by.board_id is None:
        raise PermissionDenied("no board is acted for")
    return by.board_id


def set_values(row: models.Model, values: Mapping[str, Any]) -> list[str]:
    """Set the values on the record and give the names of those that changed. Nothing is saved."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def open_meeting(meeting: Meeting) -> Meeting:
    """The meeting, held until the transaction ends. Raises Refused where nothing of it may change any more."""
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.approved_on is not None:
        raise Refused(_("The minutes of this meeting are approved, so nothing of it can be changed any more."))
    if held.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled. Plan another one."))
    return held
