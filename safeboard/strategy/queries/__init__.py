"""Reads of the strategy room, by subject; import them from here."""

from .documents_home import document_rows
from .plan import actions_of, visible_to
from .plan_counts import counts
from .plan_home import home_rows
from .plan_standing import standing

__all__ = ["actions_of", "counts", "document_rows", "home_rows", "standing", "visible_to"]
