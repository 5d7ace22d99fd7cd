"""Records of the room, by subject; import them from here."""

from .releases import Frozen, Release

__all__ = ["Frozen", "Release"]
