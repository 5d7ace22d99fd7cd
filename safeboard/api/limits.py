"""How many requests a token may make: counted in this process, by the minute, and kept nowhere."""

from __future__ import annotations

import threading
import time

MINUTE = 60.0


class Meter:
    """Counts within the running minute. Each process of the server has its own: no request waits for a write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self._counts: dict[tuple[int, str], int] = {}
        self._minute = 0.0

    def wait(self, token: int, scope: str, most: int) -> int:
        """Count one request; 0 where it may go on, else the seconds until the next minute begins."""
        now = time.time()
        with self._lock:
            if now - self._minute >= MINUTE:
                self._minute, self._counts = now - now % MINUTE, {}
            count = self._counts[token, scope] = self._counts.get((token, scope), 0) + 1
        return 0 if count <= most else max(1, int(self._minute + MINUTE - now) + 1)


METER = Meter()
