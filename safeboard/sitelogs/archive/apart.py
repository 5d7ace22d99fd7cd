"""The archive in a process of its own, so that the one that asks stays small; docs/adr/0014 says why and how.

Each call goes over a connection of its own, one end of which is handed to that process. Whoever closes it withdraws
the call. :mod:`holder` is the other side.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from safeboard.core.beside import started

from .question import Question, Row

CALLS = frozenset(
    ("around", "came_in", "compact", "dispose", "due", "enrol", "held", "ingest", "look_over", "manifest_lines",
     "newest", "raw", "settings", "unreadable", "verify")
)  # fmt: skip
GIVEN, MORE, RAISED = range(3)  # what a message of an answer is: the last, one of many, an error


class Gone(ConnectionError):
    """The process that holds the archive ended in the middle of a call, or cannot be started."""


class Apart:
    """The archive as another process holds it: what :data:`CALLS` names is called there, questions are asked there.

    The process is started when it is first needed, and anew whenever it has ended. It ends by itself with the process
    that started it, and when nobody asked for a while. Safe to use from several threads. ``gone`` makes the error that
    is raised when it ends in the middle of a call; every other error comes as the archive raises it.
    """

    def __init__(self, folder: Path, keys: Path, *, gone: Callable[[], Exception] = Gone) -> None:
        self.command = [sys.executable, "-m", f"{__package__}.holder", str(folder.absolute()), str(keys.absolute())]
        self.gone = gone
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def __getattr__(self, name: str) -> Any:
        if name not in CALLS:
            raise AttributeError(f"the archive has no {name!r} to call from another process")
        return partial(self.call, name)

    @property
    def newest(self) -> str:
        """As in Archive."""
        return str(self.call("newest"))

    def prepare(self) -> None:
        """Start the process if there is none, and wait for nothing: somebody is about to ask."""
        with self._lock:
            if self.process is None or self.process.poll() is not None:
                self._line = self._started()

    def ask(self, question: Question) -> Answer:
        """The answer to a question. What is wrong with it is told when rows or counts are asked for."""
        return Answer(self, question)

    def call(self, name: str, *given: Any, **named: Any) -> Any:
        """What the archive gives for a call."""
        with self.begun(name, *given, **named) as line:
            return self.received(line)[1]

    def begun(self, name: str, *given: Any, **named: Any) -> Connection:
        """The connection on which a call is answered: the other side has read it."""
        for _time in range(2):  # that process may have ended just then, because nobody had asked for a while
            ours, theirs = Pipe()
            with suppress(OSError, EOFError):
                with theirs:
                    self._hand_over(theirs)
                ours.send((name, given, named))
                ours.recv()
                return ours
            ours.close()
        raise self.gone()

    def received(self, line: Connection) -> tuple[int, Any]:
        """The next message of an answer."""
        try:
            kind, what = line.recv()
        except (OSError, EOFError):
            raise self.gone() from None
        if kind == RAISED:
            raise what
        return kind, what

    def _hand_over(self, end: Connection) -> None:
        with self._lock:
            if self._line is None or not _handed_over(self._line, end):
                self._line = self._started()
                _handed_over(self._line, end)

    def _started(self) -> socket.socket:
        self.process, line = started(self.command)
        return line


def _handed_over(line: socket.socket, end: Connection) -> bool:
    """Hand a connection over the line; whether anybody was there to take it."""
    try:
        socket.send_fds(line, [b"."], [end.fileno()])
    except OSError:
        return False
    return True


class Answer:
    """An answer that is searched for in the other process: the part of archive.Answer that pages use."""

    def __init__(self, archive: Apart, question: Question) -> None:
        self.archive, self.question = archive, question
        self.progress = 0.0
        self._cancelled = threading.Event()

    def rows(self) -> Iterator[Row]:
        """The rows, newest first, as they are found."""
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[Row]]:
        """The same, many at a time. The search ends when nobody reads on."""
        with self.archive.begun("batches", self.question) as line:
            while not self._cancelled.is_set():
                kind, what = self.archive.received(line)
                if kind == GIVEN:
                    self.progress = 1.0
                    return
                batch, self.progress = what
                yield batch

    def count(self) -> int:
        """How many lines answer, whatever the limit."""
        return int(self.archive.call("count", self.question))

    def counts(self, by: str) -> list[tuple[Any, int]]:
        """How many lines answer: by hour, day, host, setting, category."""
        found: list[tuple[Any, int]] = self.archive.call("counts", self.question, by)
        return found

    def cancel(self) -> None:
        """Give no more than was given; the search ends as soon as the rows are let go."""
        self._cancelled.set()
