"""One action with all that belongs to it, as a page shows it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from safeboard.core.access import Access
from safeboard.core.built import built_once
from safeboard.core.roles import PlaceKind

from ..choices import UNFINISHED
from ..models import Action, ActionFile, ActionNote, Milestone, Redating, WaitsFor
from .plan import visible_to
from .plan_list import SEALED


def parts_of(access: Access, action: Action) -> dict[str, Any]:
    """Milestones, notes, dates, files, what it waits for and what waits for it, and what it came from."""
    waits = _waits(access, action.pk)
    shown = set(visible_to(access).filter(pk__in=[0, *(one.first_id for one in waits)]).values_list("pk", flat=True))
    return {
        "milestones": _milestones(access, action.pk),
        "notes": _notes(access, action.pk),
        "redatings": _redatings(access, action.pk),
        "files": _files(access, action.pk),
        "waits": [(one, one.first if one.first_id in shown else None) for one in waits],
        "followers": _followers(access, action.pk),
        "blocked": any(one.first.state in UNFINISHED for one in waits),
        **source_of(access, action),
    }


@built_once
def _milestones(_access: Access, action: int) -> QuerySet[Milestone]:
    return Milestone.objects.filter(action_id=action)


@built_once
def _notes(_access: Access, action: int) -> QuerySet[ActionNote]:
    return ActionNote.objects.filter(action_id=action).select_related("by")


@built_once
def _redatings(_access: Access, action: int) -> QuerySet[Redating]:
    return Redating.objects.filter(action_id=action).select_related("by")


@built_once
def _files(_access: Access, action: int) -> QuerySet[ActionFile]:
    return ActionFile.objects.filter(action_id=action).defer("content")


@built_once
def _waits(_access: Access, action: int) -> QuerySet[WaitsFor]:
    return WaitsFor.objects.filter(action_id=action).select_related("first")


@built_once
def _followers(access: Access, action: int) -> QuerySet[Action]:
    return visible_to(access).filter(waits__first=action).defer(*SEALED)


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
