"""Filter logs: where lines come from, who may ask, questions and what they rest on, random reviews.

The lines themselves lie in the archive, outside the database. What is asked, and why, is casework of the agency.
"""

from .asking import Authority, Clearance, Question
from .releases import LogRelease
from .reviews import RandomReview, ReviewPlan
from .sources import LEAST_DAYS, Intake, LogDoor, LogHold, LogSetting

__all__ = [
    "LEAST_DAYS",
    "Authority",
    "Clearance",
    "Intake",
    "LogDoor",
    "LogHold",
    "LogRelease",
    "LogSetting",
    "Question",
    "RandomReview",
    "ReviewPlan",
]
