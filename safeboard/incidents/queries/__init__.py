"""Reads of incidents, by subject; other rooms import from here. Everything begins with ``visible_to``."""

from .needs import Needed, home_rows
from .visible import (
    drafts_of,
    find,
    find_draft,
    images_for,
    is_subject,
    open_duties,
    overdue,
    owed_by,
    usual_setting,
    visible_to,
)

__all__ = [
    "Needed",
    "drafts_of",
    "find",
    "find_draft",
    "home_rows",
    "images_for",
    "is_subject",
    "open_duties",
    "overdue",
    "owed_by",
    "usual_setting",
    "visible_to",
]
