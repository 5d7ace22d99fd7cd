"""Writes of the API room: tokens, and calls to other programs."""

from .calls import clear_calls, make_call, make_calls, note_events
from .tokens import make_token, note_use, revoke_token

__all__ = ["clear_calls", "make_call", "make_calls", "make_token", "note_events", "note_use", "revoke_token"]
