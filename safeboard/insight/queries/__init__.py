"""Reads of the room, by subject; import them from here."""

from .releases import (
    SIGNS,
    Having,
    Released,
    figure,
    having,
    having_here,
    latest_sentence,
    lines,
    released,
    released_here,
    sentence,
    total,
)

__all__ = [
    "SIGNS",
    "Having",
    "Released",
    "figure",
    "having",
    "having_here",
    "latest_sentence",
    "lines",
    "released",
    "released_here",
    "sentence",
    "total",
]
