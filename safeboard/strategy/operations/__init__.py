"""Writes of the strategy room: one function a change, atomic, with its entry in the history."""

from .plan import raise_action
from .plan_done import finish_action, when_done

__all__ = ["finish_action", "raise_action", "when_done"]
