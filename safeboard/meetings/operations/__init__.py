"""Writes of the meetings room: one function a change, atomic, with its entry in the history."""

from .agenda import add_item, assemble, change_item, move_item, remove_item
from .meetings import (
    answer_invitation,
    call_meeting,
    cancel_meeting,
    change_meeting,
    declare_interest,
    note_attendance,
    plan_meeting,
)
from .members import add_member, change_member, end_member, log_work, strike_work
from .minutes import approve_minutes, is_as_approved, settle_clash, take_action, take_decision, write_minute
from .papers import add_paper, ask_for_pack, clear_packs, make_pack, remove_paper, take_pack, take_paper
from .reports import change_report, give_report, receive_report
from .terms import agree_terms, begin_terms, write_terms

__all__ = [
    "add_item",
    "add_member",
    "add_paper",
    "agree_terms",
    "answer_invitation",
    "approve_minutes",
    "ask_for_pack",
    "assemble",
    "begin_terms",
    "call_meeting",
    "cancel_meeting",
    "change_item",
    "change_meeting",
    "change_member",
    "change_report",
    "clear_packs",
    "declare_interest",
    "end_member",
    "give_report",
    "is_as_approved",
    "log_work",
    "make_pack",
    "move_item",
    "note_attendance",
    "plan_meeting",
    "receive_report",
    "remove_item",
    "remove_paper",
    "settle_clash",
    "strike_work",
    "take_action",
    "take_decision",
    "take_pack",
    "take_paper",
    "write_minute",
    "write_terms",
]
