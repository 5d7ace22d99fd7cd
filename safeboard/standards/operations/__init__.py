"""Writes of the room, by subject; import them from here."""

from ..asking import Told
from ..errors import Refused
from .judging import accept, close_gap, moderate, raise_from_gap, send_back
from .returns import begin_return, save_answers, submit_return
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
from .rounds import change_round, choose_agencies, close_round, discard_round, make_round, send_round
from .shelf import add_proof, keep_proof, open_proof, withdraw_proof

__all__ = [
    "Refused",
    "Told",
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
