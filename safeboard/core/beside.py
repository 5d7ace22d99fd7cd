"""Processes of Safeboard's own that run beside the one that needs them, and end with it.

:func:`started` starts any such process. :class:`Beside` asks one for one thing at a time; :func:`answer` is its other
side.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

MADE, FAILED, WANTED = range(3)  # what a message of the other side is: what was asked for, why not, a question


def started(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a command as a process of its own; gives it, and this end of the line to it.

    The line is its standard input. It is closed however this process ends, killed too: then that one sees it and ends.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.DEVNULL, start_new_session=True)
    threading.Thread(target=process.wait, daemon=True).start()  # nothing of it is left when it has ended
    return process, ours


class Beside:
    """A process that makes one thing at a time; it is started when first needed, and anew whenever it has ended.

    ``module`` is run as a program, and calls :func:`answer`. ``patience``: seconds that a thing may take. ``failed``
    makes the error of what cannot be made. ``give`` answers what the other side wants to know while it makes a thing.
    """

    def __init__(
        self,
        module: str,
        *,
        patience: float,
        failed: Callable[[str], Exception],
        give: Callable[[Any], Any] | None = None,
    ) -> None:
        self.command = [sys.executable, "-m", module]
        self.patience, self.failed, self.give = patience, failed, give
        self._none_yet()
        os.register_at_fork(after_in_child=self._none_yet)

    def _none_yet(self) -> None:
        self._lock = threading.Lock()
        self._line: Connection | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, name: str, *given: Any, **named: Any) -> Any:
        """What that process makes of a call. Raises the error that ``failed`` makes."""
        with self._lock:
            for _time in range(2):  # it may have ended just then, because nothing was asked for a while
                try:
                    kind, what = self._answer(name, given, named)
                except (OSError, EOFError):
                    self._line = None
                    continue
                if kind == FAILED:
                    raise self.failed(what)
                return what
            raise self.failed("The process beside this one ended, twice.")

    def _answer(self, *call: Any) -> tuple[int, Any]:
        if self._line is None:
            self.process, line = started(self.command)
            self._line = Connection(line.detach())
        self._line.send(call)
        while self._line.poll(self.patience):
            kind, what = self._line.recv()
            if kind != WANTED or self.give is None:
                return kind, what
            self._line.send(self.give(what))
        self.stop()
        raise self.failed("It took too long.")

    def stop(self) -> None:
        """End the process; whoever asks next starts another."""
        if self.process is not None:
            self.process.kill()
        self._line = self.process = None


def answer(line: Connection, calls: Mapping[str, Callable[..., Any]], *, idle: float) -> None:
    """Make what is asked for on the line until whoever asks is gone, or has not asked for so many seconds."""
    with suppress(OSError, EOFError):
        while line.poll(idle):
            name, given, named = line.recv()
            try:
                said = (MADE, calls[name](*given, **named))
            except Exception as why:  # noqa: BLE001 -- it is told where it was asked for
                said = (FAILED, str(why) or type(why).__name__)
            line.send(said)


def wanted(line: Connection, what: Any) -> Any:
    """What whoever asks gives for a question, in the middle of making a thing."""
    line.send((WANTED, what))
    return line.recv()
