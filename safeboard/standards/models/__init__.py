"""Records of the room, by subject; import them from here."""

from .returns import Answer, DraftAnswer, Gap, Given, Proof, Return, Submission
from .reviews import Adoption, BoardReview, BoardReviewVersion
from .rounds import Moderation, Round, RoundAgency

__all__ = [
    "Adoption",
    "Answer",
    "BoardReview",
    "BoardReviewVersion",
    "DraftAnswer",
    "Gap",
    "Given",
    "Moderation",
    "Proof",
    "Return",
    "Round",
    "RoundAgency",
    "Submission",
]
