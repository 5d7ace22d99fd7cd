"""Writes of the room, by subject; import them from here."""

from .judging import accept, close_gap, moderate, raise_from_gap, send_back
from .returns import (
    add_proof,
    begin_return,
    keep_proof,
    open_proof,
    save_answers,
    submit_return,
    withdraw_proof,
)
from .reviews import (
    adopt,
    begin_review,
    change_review,
    discard_draft,
    mark_tried,
    publish_review,
    redraft_review,
    take_back,
    withdraw_review,
)
from .rounds import choose_agencies, change_round, close_round, discard_round, make_round, send_round

__all__ = [
    "accept",
    "add_proof",
    "adopt",
    "begin_return",
    "begin_review",
    "change_review",
    "change_round",
    "choose_agencies",
    "close_gap",
    "close_round",
    "discard_draft",
    "discard_round",
    "keep_proof",
    "make_round",
    "mark_tried",
    "moderate",
    "open_proof",
    "publish_review",
    "raise_from_gap",
    "redraft_review",
    "save_answers",
    "send_back",
    "send_round",
    "submit_return",
    "take_back",
    "withdraw_proof",
    "withdraw_review",
]
