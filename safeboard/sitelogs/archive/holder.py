"""The process that holds the archive for another: ``python -m safeboard.sitelogs.archive.holder FOLDER KEYS``.

Its standard input is the line to the process that started it: the connections of its calls come over it (see
:mod:`apart`), and when it is closed, whatever ended the other side, this process ends at once. It ends too when nobody
asked for a while, so that its memory is given back.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from django.conf import settings

from . import current
from .apart import CALLS, GIVEN, MORE, RAISED
from .question import Question

if TYPE_CHECKING:
    from .archive import Archive

IDLE = 600.0  # seconds without a call after which the process ends


class Left(Exception):
    """Whoever asked does not wait for the answer any more."""


class Call(threading.Thread):
    """One call, answered over its connection."""

    def __init__(self, archive: Archive, line: Connection) -> None:
        super().__init__(daemon=True)
        self.archive, self.line = archive, line
        self.watch: threading.Thread | None = None

    def run(self) -> None:
        with self.line:
            try:
                name, given, named = self.line.recv()
                self._send(None)  # it is begun: from now on it is not asked a second time
                self._send(self._result(name, given, named))
            except (EOFError, OSError, Left):
                pass
            if self.watch is not None:
                self.watch.join()

    def _send(self, what: object) -> None:
        try:
            self.line.send(what)
        except OSError as error:
            raise Left from error

    def _result(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> tuple[int, Any]:
        try:
            return GIVEN, self._given(name, given, named)
        except Left:
            raise
        except Exception as error:  # noqa: BLE001 -- it is raised where it was asked
            return RAISED, _told(error)

    def _given(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if name in ("batches", "count", "counts"):
            return getattr(self, name)(*given)
        if name not in CALLS:
            raise AttributeError(name)
        found = getattr(self.archive, name)
        found = found(*given, **named) if callable(found) else found
        return list(found) if isinstance(found, Iterator) else found

    # Questions ----------------------------------------------------------------------------------------------------

    def batches(self, question: Question) -> None:
        """Send the rows as they are found, and how far the search is."""
        answer = self._answer(question)
        for batch in answer.batches():
            self._send((MORE, (batch, answer.progress)))

    def count(self, question: Question) -> int:
        """How many lines answer."""
        return int(self._answer(question).count())

    def counts(self, question: Question, by: str) -> list[tuple[Any, int]]:
        """How many lines answer, by something."""
        found: list[tuple[Any, int]] = self._answer(question).counts(by)
        return found

    def _answer(self, question: Question) -> Any:
        """The answer, which is cancelled when whoever asked closes the connection."""
        answer = self.archive.ask(question)

        def watch() -> None:
            try:
                self.line.poll(None)  # nothing more is sent to us: this returns when the other end is closed
            finally:
                answer.cancel()

        self.watch = threading.Thread(target=watch, daemon=True)
        self.watch.start()
        return answer


def _told(error: Exception) -> Exception:
    """An error as it can be raised in a process that has not loaded what searches. What nobody foresaw says where."""
    module = type(error).__module__
    if module.startswith("safeboard."):
        return error
    told = error if module == "builtins" else RuntimeError(f"{type(error).__name__}: {error}")
    told.add_note("".join(traceback.format_exception(error)))
    return told


def lines(line: socket.socket) -> Iterator[Connection]:
    """The connections of calls as they come, up to the end of whoever asks, or of their interest."""
    line.settimeout(IDLE)
    while True:
        try:
            said, ends, _flags, _address = socket.recv_fds(line, 1, 1)
        except TimeoutError:
            if any(isinstance(one, Call) for one in threading.enumerate()):
                continue
            return
        if not said:
            return
        yield Connection(ends[0])


def main() -> None:
    """Answer until nobody asks."""
    folder, keys = sys.argv[1:]
    settings.configure(SAFEBOARD_SITELOGS_DIR=folder, SAFEBOARD_KEYS=keys, SAFEBOARD_SITELOGS_ENGINE="duckdb")
    archive = current()
    try:
        for line in lines(socket.socket(fileno=sys.stdin.fileno())):
            Call(archive, line).start()
    finally:
        os._exit(0)  # also out of the middle of a search: nobody waits for it


if __name__ == "__main__":
    main()
