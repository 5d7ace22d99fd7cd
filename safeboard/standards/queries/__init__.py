"""Queries of the room, by subject."""
