"""Fixed choices of the incident room; scenarios, classifications and charts are pack content."""

from .care import Finding, Held, MinuteKind, RiskLevel, SupportFor, SupportState, Threshold
from .evidence import GRAVE_ALERTS, AlertCategory, Custody, EvidenceKind, Scan, Severity
from .incident import DutyKind, How, Images, Kin, NoteKind, Owner, Part, Status
from .referrals import UNFINISHED, WAITING, Alarm, Consent, Next, ReceivedState, ReferralState, Share
from .review import Asks, Effective, Every, ExportGroup, ExportKind, LessonKind, Origin, Prevented, SeriousState
from .voice import Asked, Author, ClosedWhy, Sender, Wish, WorryState

__all__ = [
    "GRAVE_ALERTS",
    "UNFINISHED",
    "WAITING",
    "Alarm",
    "AlertCategory",
    "Asked",
    "Asks",
    "Author",
    "ClosedWhy",
    "Consent",
    "Custody",
    "DutyKind",
    "Effective",
    "Every",
    "EvidenceKind",
    "ExportGroup",
    "ExportKind",
    "Finding",
    "Held",
    "How",
    "Images",
    "Kin",
    "LessonKind",
    "MinuteKind",
    "Next",
    "NoteKind",
    "Origin",
    "Owner",
    "Part",
    "Prevented",
    "ReceivedState",
    "ReferralState",
    "RiskLevel",
    "Scan",
    "Sender",
    "SeriousState",
    "Severity",
    "Share",
    "Status",
    "SupportFor",
    "SupportState",
    "Threshold",
    "Wish",
    "WorryState",
]
