"""Tables that commercial filters hand over: which column is which is said once and kept with the setting."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from .base import Clock, Form, WrongColumns

WANTED = ("time", "address", "user", "url", "host", "method", "status", "category", "what", "reason", "bytes")
# What the titles of columns are often called, to offer a first guess.
TITLES = {
    "time": ("time", "date", "datetime", "timestamp", "date/time", "date time", "when", "logged"),
    "address": ("ip", "ip address", "client ip", "source ip", "clientip", "src", "src_ip", "device ip", "address"),
    "user": ("user", "username", "user name", "account", "login"),
    "url": ("url", "uri", "web address", "request", "site url", "full url"),
    "host": ("host", "domain", "site", "hostname"),
    "method": ("method", "http method", "verb"),
    "status": ("status", "status code", "http status", "response"),
    "category": ("category", "categories", "web category", "theme"),
    "what": ("action", "verdict", "result", "blocked", "decision", "policy action"),
    "reason": ("reason", "rule", "policy", "matched"),
    "bytes": ("bytes", "size", "bytes received", "length"),
}
DENIED = ("denied", "blocked", "block", "deny", "true", "yes")


@dataclass(frozen=True)
class Columns:
    """Which column (from 0) holds which part, and how the table is written.

    ``time_format`` is strptime's, or "epoch" (seconds) or "epoch-ms". ``denied`` are the words, in small letters, by
    which the column ``what`` says that a request was blocked. Raises WrongColumns.
    """

    parts: dict[str, int]
    time_format: str
    delimiter: str = ","
    header: int = 1
    denied: tuple[str, ...] = DENIED
    has_offset: bool = field(default=False)

    def __post_init__(self) -> None:
        if unknown := set(self.parts) - set(WANTED):
            raise WrongColumns(f"“{min(unknown)}” is not a part of a log line.")
        if "time" not in self.parts or "address" not in self.parts or not {"url", "host"} & set(self.parts):
            raise WrongColumns("Say which columns hold the time, the device’s address and the web address (or host).")
        if len(set(self.parts.values())) != len(self.parts) or min(self.parts.values()) < 0:
            raise WrongColumns("Each column can hold one part only.")
        if len(self.delimiter) != 1:
            raise WrongColumns("Cells are parted by one sign, such as a comma.")
        if self.time_format not in ("epoch", "epoch-ms") and "%" not in self.time_format:
            raise WrongColumns("Say how the time is written, such as %d/%m/%Y %H:%M:%S.")
        object.__setattr__(self, "denied", tuple(self.denied))

    def as_json(self) -> dict[str, object]:
        """What is kept of it; ``Columns(**kept)`` makes it again."""
        return {**asdict(self), "denied": list(self.denied)}

    def form(self) -> Form:
        """The form of a table with these columns."""
        mark = re.escape(self.delimiter)
        by_column = {column: part for part, column in self.parts.items()}
        cells = []
        for column in range(max(by_column) + 1):
            part = by_column.get(column)
            plain = f'[^"{mark}]*'
            cells.append(f'(?:"(?P<{part}>[^"]*)"|(?P<{part}_bare>{plain}))' if part else f'(?:"[^"]*"|{plain})')
        epoch = self.time_format in ("epoch", "epoch-ms")
        offset = "%z" in self.time_format
        return Form(
            "csv",
            "a table with columns that were named",
            "^" + mark.join(cells) + f"(?:{mark}.*)?$",
            Clock.EPOCH if epoch else Clock.OFFSET if offset else Clock.LOCAL,
            time_format="" if epoch else self.time_format,
            denied=self.denied,
            header=self.header,
            options={"columns": self.as_json(), "milliseconds": self.time_format == "epoch-ms"},
        )


def guessed_columns(title_line: str, delimiter: str = ",") -> dict[str, int]:
    """What the titles of a table seem to mean, to be shown and corrected by a person."""
    titles = [title.strip().lower().lstrip("\ufeff") for title in next(csv.reader([title_line], delimiter=delimiter))]
    found: dict[str, int] = {}
    for part, called in TITLES.items():
        for at, title in enumerate(titles):
            if title in called and at not in found.values():
                found[part] = at
                break
    return found


def cells_of(lines: Sequence[str], delimiter: str = ",", most: int = 20) -> list[list[str]]:
    """The first lines as cells, for the preview."""
    return list(csv.reader(lines[:most], delimiter=delimiter))
