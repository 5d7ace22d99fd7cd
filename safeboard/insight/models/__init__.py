"""Records of the room, by subject; import them from here."""

from .indicators import Baseline, BoardIndicator, Snapshot, Standing
from .releases import Frozen, Release

__all__ = ["Baseline", "BoardIndicator", "Frozen", "Release", "Snapshot", "Standing"]
