"""The web server: granian, whose processes take visitors from one queue.

    python -m safeboard.web.server --host 127.0.0.1 --port 8000

On Linux granian gives each process a queue of its own, and the kernel chooses one by the visitor's address, whether
that process is busy or not: with fifty visitors the slowest twentieth waited twice as long as the rest.
"""

from __future__ import annotations

import argparse
import socket

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketSpec
from granian.server.mp import MPServer

PROCESSES, THREADS = 2, 2
# Visitors that a process takes at a time; the others wait in the queue, where the first free process finds them.
TAKEN = 4
SILENT = 5  # seconds that a visitor may take to say what they want; until they begin, they take nobody's place


class OneQueue(MPServer):
    """Granian with the shared socket that it uses itself wherever the kernel cannot spread connections."""

    def _init_shared_socket(self) -> None:
        holder = SocketSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd = holder  # type: ignore[assignment]  # passed on to its processes
        self._sso = socket.socket(fileno=holder.get_fd())
        self._sso.set_inheritable(True)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            self._sso.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT)


def server(host: str, port: int) -> OneQueue:
    """The server, ready to be started.

    A connection is closed after its answer, so that no visitor holds one idle. It speaks the first HTTP alone: while
    granian finds out which one a visitor speaks, it waits for them without end.
    """
    return OneQueue(
        "safeboard.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        backpressure=TAKEN,
        websockets=False,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(keep_alive=False, header_read_timeout=SILENT * 1000),
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    )


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="Serve Safeboard's pages.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    server(given.host, given.port).serve()


if __name__ == "__main__":
    main()
