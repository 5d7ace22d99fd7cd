"""Records of the strategy room, by subject; import them from here."""

from .chronology import Event
from .documents import Comment, Document, Part, Receipt, Version
from .plan import Action, ActionNote, Milestone, Objective, Priority, Redating, WaitsFor

__all__ = [
    "Action",
    "ActionNote",
    "Comment",
    "Document",
    "Event",
    "Milestone",
    "Objective",
    "Part",
    "Priority",
    "Receipt",
    "Redating",
    "Version",
    "WaitsFor",
]
