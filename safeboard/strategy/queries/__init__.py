"""Reads of the strategy room, by subject; import them from here."""

from .plan import actions_of, visible_to

__all__ = ["actions_of", "visible_to"]
