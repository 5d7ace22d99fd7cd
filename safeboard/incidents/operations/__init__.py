"""Writes of the incident room: one function a change, atomic, with its entry in the history."""

from .alerts import alerts_seen, dismiss_alerts, take_alerts
from .casework import add_note, change, conclude, reopen
from .duties import complete, drop, raise_duty, told_of_report
from .evidence import custody_printed, hand_over, take_in
from .evidence_files import add_file, remove_file, seal_off, take_out
from .evidence_packs import ask_for_pack, clear_packs, make_pack, take_pack
from .handing_on import prepare_hand_on
from .intake import MOST as MOST_ALERTS
from .intake import Noticed, receive_alerts
from .people import add_involved, connect_account
from .received import (
    accept_received,
    acknowledge_received,
    answer_received,
    refuse_received,
    take_call,
    writing_arrived,
)
from .referrals import (
    accept_referral,
    acknowledge,
    answer_referral,
    close_referral,
    decide_refused,
    draft_referral,
    refuse_referral,
    send_referral,
    withdraw_referral,
)
from .reports import discard_draft, report, save_draft
from .sharing import decide_sharing
from .voice import (
    answer_worry,
    begin_told,
    close_worry,
    pass_worry,
    read_worry,
    send_worry,
    worry_to_incident,
    write_more,
)
from .walks import answer, start_walk, take_back

__all__ = [
    "MOST_ALERTS",
    "Noticed",
    "accept_received",
    "accept_referral",
    "acknowledge",
    "acknowledge_received",
    "add_file",
    "add_involved",
    "add_note",
    "alerts_seen",
    "answer",
    "answer_received",
    "answer_referral",
    "answer_worry",
    "ask_for_pack",
    "begin_told",
    "change",
    "clear_packs",
    "close_referral",
    "close_worry",
    "complete",
    "conclude",
    "connect_account",
    "custody_printed",
    "decide_refused",
    "decide_sharing",
    "discard_draft",
    "dismiss_alerts",
    "draft_referral",
    "drop",
    "hand_over",
    "make_pack",
    "pass_worry",
    "prepare_hand_on",
    "raise_duty",
    "read_worry",
    "receive_alerts",
    "refuse_received",
    "refuse_referral",
    "remove_file",
    "reopen",
    "report",
    "save_draft",
    "seal_off",
    "send_referral",
    "send_worry",
    "start_walk",
    "take_alerts",
    "take_back",
    "take_call",
    "take_in",
    "take_out",
    "take_pack",
    "told_of_report",
    "withdraw_referral",
    "worry_to_incident",
    "write_more",
    "writing_arrived",
]
