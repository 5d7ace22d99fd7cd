"""Reads of the meetings room, by subject; other rooms import from here."""

from .needs import Needed, home_rows

__all__ = ["Needed", "home_rows"]
