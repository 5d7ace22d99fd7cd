"""Within a process one visitor is answered after the other, as long as nobody takes long (ADR 16).

Python lets one thread of a process go on at a time in any case. Two pages made at once in it hand that right to and fro
at every row that is read, and each finds its data gone from the processor's reach when it is back.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST = 0.1  # seconds that a visitor waits for the one before, who then waits for something slow themselves


class Turns:
    """A web application that takes its visitors in turn, in the order in which they came.

    Nobody waits for longer than LONGEST: then they go on beside the one before, without a turn of their own. What is
    sent piece by piece (a download) is begun in turn and sent out of it.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._changing = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        mine = self._take()
        try:
            return self._application(environ, start_response)
        finally:
            if mine:
                self._give()

    def _take(self) -> bool:
        """Wait for a turn; False when it did not come in time."""
        with self._changing:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Lock()
            called.acquire()
            self._waiting.append(called)
        if called.acquire(timeout=LONGEST):
            return True
        with self._changing:
            if called in self._waiting:
                self._waiting.remove(called)
                return False
        return True  # called in the last moment

    def _give(self) -> None:
        """The turn goes to who waits longest. A plain lock would often be taken again by who has just let go of it."""
        with self._changing:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
