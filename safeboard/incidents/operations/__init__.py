"""Writes of the incident room: one function a change, atomic, with its entry in the history."""

from .attachments import attach, read_attachment, seal_off
from .casework import add_note, change, conclude, reopen
from .duties import complete, drop, raise_duty, told_of_report
from .people import add_involved, connect_account
from .referrals import acknowledge, answer_referral, draft_referral, send_referral, withdraw_referral
from .reports import discard_draft, report, save_draft
from .walks import answer, start_walk, take_back

__all__ = [
    "acknowledge",
    "add_involved",
    "add_note",
    "answer",
    "answer_referral",
    "attach",
    "change",
    "complete",
    "conclude",
    "connect_account",
    "discard_draft",
    "draft_referral",
    "drop",
    "raise_duty",
    "read_attachment",
    "reopen",
    "report",
    "save_draft",
    "seal_off",
    "send_referral",
    "start_walk",
    "take_back",
    "told_of_report",
    "withdraw_referral",
]
