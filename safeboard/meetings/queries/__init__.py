"""Reads of the meetings room, by subject; other rooms import from here."""
