"""Records of the room, by subject; import them from here."""

from .indicators import Baseline, BoardIndicator, Snapshot, Standing
from .neighbours import Neighbour, NeighbourFigures
from .releases import Frozen, Release
from .reports import Report, ReportComment, ReportIssue, ReportPart, ReturnClock, ReturnMonth
from .reviewers import ReviewerPack

__all__ = [
    "Baseline",
    "BoardIndicator",
    "Frozen",
    "Neighbour",
    "NeighbourFigures",
    "Release",
    "Report",
    "ReportComment",
    "ReportIssue",
    "ReportPart",
    "ReturnClock",
    "ReturnMonth",
    "ReviewerPack",
    "Snapshot",
    "Standing",
]
