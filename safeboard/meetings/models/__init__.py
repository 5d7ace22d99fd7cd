"""Records of the meetings room, by subject."""

from .meetings import AgendaItem, Attendance, Interest, Meeting
from .members import Member, Work
from .minutes import Decision, MinuteClash
from .papers import Pack, Paper
from .reports import SubgroupReport
from .terms import Terms

__all__ = [
    "AgendaItem",
    "Attendance",
    "Decision",
    "Interest",
    "Meeting",
    "Member",
    "MinuteClash",
    "Pack",
    "Paper",
    "SubgroupReport",
    "Terms",
    "Work",
]
