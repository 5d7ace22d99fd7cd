"""One action with all that belongs to it, as a page shows it."""

from __future__ import annotations

from typing import Any

from safeboard.core.access import Access
from safeboard.core.roles import PlaceKind

from ..choices import UNFINISHED
from ..models import Action
from .plan import visible_to


def parts_of(access: Access, action: Action) -> dict[str, Any]:
    """Milestones, notes, dates, files, what it waits for and what waits for it, and what it came from."""
    known = visible_to(access)
    waits = list(action.waits.select_related("first"))
    shown = set(known.filter(pk__in=[one.first_id for one in waits]).values_list("pk", flat=True))
    return {
        "milestones": list(action.milestones.all()),
        "notes": list(action.actionnotes.select_related("by")),
        "redatings": list(action.redatings.select_related("by")),
        "files": list(action.actionfiles.defer("content")),
        "waits": [(one, one.first if one.first_id in shown else None) for one in waits],
        "followers": list(known.filter(waits__first=action)),
        "blocked": any(one.first.state in UNFINISHED for one in waits),
        **source_of(access, action),
    }


def source_of(access: Access, action: Action) -> dict[str, str]:
    """What an action came from: its name for the place that raised it and the agency asked, its link for the former."""
    raised_here = access.place is not None and (access.place.kind, access.place.id) == (
        action.raised_in_kind,
        action.raised_in_id,
    )
    asked = access.agency_id is not None and access.agency_id == action.agency_id
    named = raised_here or (asked and action.raised_in_kind == PlaceKind.BOARD)
    return {
        "source_title": action.source_title if named else "",
        "source_url": action.source_url if raised_here else "",
    }
