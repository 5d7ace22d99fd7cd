"""Records of the strategy room, by subject; import them from here."""

from .chronology import Event
from .documents import Comment, Document, Part, Receipt, Version
from .money import Resource
from .plan import (
    Action,
    ActionNote,
    Milestone,
    Objective,
    Priority,
    Redating,
    WaitsFor,
    action_address,
    numbered,
)
from .plan_parts import ActionFile, CalendarLink, PlanImport

__all__ = [
    "Action",
    "ActionFile",
    "ActionNote",
    "CalendarLink",
    "Comment",
    "Document",
    "Event",
    "Milestone",
    "Objective",
    "Part",
    "PlanImport",
    "Priority",
    "Receipt",
    "Redating",
    "Resource",
    "Version",
    "WaitsFor",
    "action_address",
    "numbered",
]
