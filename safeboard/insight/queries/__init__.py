"""Reads of the room, by subject; import them from here."""

from .releases import SIGNS, Having, Released, figure, having, latest_sentence, lines, released, sentence, total

__all__ = [
    "SIGNS",
    "Having",
    "Released",
    "figure",
    "having",
    "latest_sentence",
    "lines",
    "released",
    "sentence",
    "total",
]
