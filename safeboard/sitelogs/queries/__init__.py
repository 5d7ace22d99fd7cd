"""Reads of the filter logs, by subject; import them from here."""

from .home import Owed, home_rows
from .records import (
    as_it_is_now,
    authorities_of,
    clearance_of,
    clearances_of,
    doors_of,
    find_door,
    find_log,
    find_question,
    holds_of,
    logs_of,
    saved_of,
    visible_to,
    waiting_for,
)

__all__ = [
    "Owed",
    "as_it_is_now",
    "authorities_of",
    "clearance_of",
    "clearances_of",
    "doors_of",
    "find_door",
    "find_log",
    "find_question",
    "holds_of",
    "home_rows",
    "logs_of",
    "saved_of",
    "visible_to",
    "waiting_for",
]
