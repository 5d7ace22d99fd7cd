"""A line of an incident's story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """A line of the story. ``steps`` are questions with their answers, and whether they were taken back."""

    at: datetime
    title: str
    by: str = ""
    text: str = ""
    href: str = ""
    tag: tuple[str, str] | None = None
    steps: tuple[tuple[str, str, bool], ...] = ()
