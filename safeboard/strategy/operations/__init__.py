"""Writes of the strategy room: one function a change, atomic, with its entry in the history."""

from ..errors import Refused
from .chronology import chronicle
from .plan import raise_action
from .plan_answer import accept_action, decline_action, drop_action
from .plan_calendar import make_calendar_link, revoke_calendar_link
from .plan_chain import add_chain, stop_waiting, wait_for
from .plan_done import finish_action, when_done
from .plan_files import add_proof, take_proof
from .plan_leaving import pass_on
from .plan_objectives import add_objective, add_priority, change_heading, end_objective
from .plan_reminders import remind
from .plan_work import add_milestone, add_note, change_action, change_milestone, reach_milestone, redate_action

__all__ = [
    "Refused",
    "accept_action",
    "add_chain",
    "add_milestone",
    "add_note",
    "add_objective",
    "add_priority",
    "add_proof",
    "change_action",
    "change_heading",
    "change_milestone",
    "chronicle",
    "decline_action",
    "drop_action",
    "end_objective",
    "finish_action",
    "make_calendar_link",
    "pass_on",
    "raise_action",
    "reach_milestone",
    "redate_action",
    "remind",
    "revoke_calendar_link",
    "stop_waiting",
    "take_proof",
    "wait_for",
    "when_done",
]
