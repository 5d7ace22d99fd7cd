"""Fixed choices of the room, by subject."""

from .rounds import (
    COLOURS,
    SHORT_WORDS,
    Adopted,
    AnswerState,
    AsksLabel,
    GapState,
    Origin,
    PiesLabel,
    Rag,
    RoundState,
    Stand,
    YesNo,
)

__all__ = [
    "COLOURS",
    "SHORT_WORDS",
    "Adopted",
    "AnswerState",
    "AsksLabel",
    "GapState",
    "Origin",
    "PiesLabel",
    "Rag",
    "RoundState",
    "Stand",
    "YesNo",
]
