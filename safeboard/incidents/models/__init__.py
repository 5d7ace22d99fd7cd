"""Incidents and what follows from them: people, the walk through a chart, duties, referrals, the story.

The minimum record is the Toolkit's (s5): what happened, who was involved, how it was found, what was done by whom, and
the conclusion. All case text is sealed at rest. Every row is behind the casework wall.
"""

from .alerts import Alert, AlertNumber
from .allegation import OnlineAllegation, RiskAssessment, ThresholdDecision
from .discussion import Attendee, Discussion, Minute
from .duties import Duty
from .evidence import EvidenceFile, EvidenceItem, EvidencePack, FileOpening, Handover
from .incident import Draft, Incident, Involved
from .lessons import BoardLesson, Lesson, NearMiss
from .log_review import AgencyReview
from .received import Received, ReceivedSubject
from .referrals import Referral
from .review import BoardFinding, BoardReview, Debrief, SeriousReview
from .searching import Export, IncidentWord, SavedView
from .sharing import SharingDecision
from .story import Note
from .support import Support
from .voice import Worry, WorryMessage
from .walks import Walk, WalkStep

__all__ = [
    "AgencyReview",
    "Alert",
    "AlertNumber",
    "Attendee",
    "BoardFinding",
    "BoardLesson",
    "BoardReview",
    "Debrief",
    "Discussion",
    "Draft",
    "Duty",
    "EvidenceFile",
    "EvidenceItem",
    "EvidencePack",
    "Export",
    "FileOpening",
    "Handover",
    "Incident",
    "IncidentWord",
    "Involved",
    "Lesson",
    "Minute",
    "NearMiss",
    "Note",
    "OnlineAllegation",
    "Received",
    "ReceivedSubject",
    "Referral",
    "RiskAssessment",
    "SavedView",
    "SeriousReview",
    "SharingDecision",
    "Support",
    "ThresholdDecision",
    "Walk",
    "WalkStep",
    "Worry",
    "WorryMessage",
]
