"""Reads of incidents, by subject; other rooms import from here. Everything begins with ``visible_to``."""

from .alerts import alerts_of, find_alert
from .needs import Needed, home_rows
from .visible import (
    about,
    drafts_of,
    find,
    find_draft,
    images_for,
    open_duties,
    overdue,
    owed_by,
    usual_setting,
    visible_to,
    visible_where,
)
from .waiting import Waiting, looking_back_rows

__all__ = [
    "Needed",
    "Waiting",
    "about",
    "alerts_of",
    "drafts_of",
    "find",
    "find_alert",
    "find_draft",
    "home_rows",
    "images_for",
    "looking_back_rows",
    "open_duties",
    "overdue",
    "owed_by",
    "usual_setting",
    "visible_to",
    "visible_where",
]
