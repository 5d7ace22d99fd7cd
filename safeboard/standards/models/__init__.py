"""Records of the room, by subject; import them from here."""

from .returns import Answer, DraftAnswer, Gap, Given, Proof, Return, Submission
from .reviews import Adoption, BoardReview, BoardReviewVersion
from .rounds import Moderation, Round, RoundAgency
from .surveys import Heard, StaffView, Survey, SurveyLink, SurveyReply, SurveyResult, SurveyWords

__all__ = [
    "Adoption",
    "Answer",
    "BoardReview",
    "BoardReviewVersion",
    "DraftAnswer",
    "Gap",
    "Given",
    "Heard",
    "Moderation",
    "Proof",
    "Return",
    "Round",
    "RoundAgency",
    "StaffView",
    "Submission",
    "Survey",
    "SurveyLink",
    "SurveyReply",
    "SurveyResult",
    "SurveyWords",
]
