"""Incidents and what follows from them: people, the walk through a chart, duties, referrals, the story.

The minimum record is the Toolkit's (s5): what happened, who was involved, how it was found, what was done by whom, and
the conclusion. All case text is sealed at rest. Every row is behind the casework wall.
"""

from .duties import Duty
from .evidence import Attachment
from .incident import Draft, Incident, Involved
from .referrals import Referral
from .story import Note
from .walks import Walk, WalkStep

__all__ = [
    "Attachment",
    "Draft",
    "Duty",
    "Incident",
    "Involved",
    "Note",
    "Referral",
    "Walk",
    "WalkStep",
]
