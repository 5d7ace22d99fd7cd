"""What a form of log is: an expression with named parts, how its times are written, what counts as blocked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

# The parts that an expression may name. A part that it does not name is empty in every row.
PARTS = ("time", "address", "user", "url", "host", "path", "query", "method", "status", "code", "category", "what",
         "reason", "bytes")  # fmt: skip


class UnknownForm(ValueError):
    """The lines are in no form that is known, or the name is not one of a form."""


class WrongColumns(ValueError):
    """The columns of a table are not said well enough to read it."""


class Clock(Enum):
    """How a log's times are to be understood."""

    EPOCH = "seconds since 1970: no zone needed"
    OFFSET = "the line says how far from UTC it is"
    UTC = "UTC, as the form has it"
    LOCAL = "the clock of the place: the zone must be said"


@dataclass(frozen=True)
class Form:
    """One form of log.

    ``pattern`` works in both Python's and Rust's expressions. ``time_format`` is strptime's; "" means epoch seconds.
    ``denied`` are words in small letters: a line is blocked where its ``what`` (or ``code``) holds one of them.
    ``remark`` starts lines that say something about the file and are no requests.
    """

    name: str
    title: str
    pattern: str
    clock: Clock
    time_format: str = ""
    denied: tuple[str, ...] = ()
    remark: str = ""
    header: int = 0  # how many lines at the top are titles
    options: dict[str, object] = field(default_factory=dict, compare=False)  # what it takes to make the form again

    @property
    def needs_zone(self) -> bool:
        """Whether somebody has to say by which clock the times were written."""
        return self.clock is Clock.LOCAL
