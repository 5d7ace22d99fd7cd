"""The processes of a running Safeboard: the web server and the worker, started, watched and stopped together.

    python -m safeboard.web.processes --port 8000

Each keeps to a process group of its own, so that Ctrl-C reaches this one alone and they are stopped in order.
Where one ends by itself, the others are stopped and it is named: half a service would look like a whole one.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

BIN = Path(sys.executable).parent
GRACE = 10.0  # seconds that a process has to end by itself
PATIENCE = 60.0  # seconds until the first page has to be there


@dataclass
class Process:
    """A child with the name that a person reads."""

    name: str
    command: list[str]
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a process group of its own."""
        self.child = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)

    def ended(self) -> int | None:
        """Its exit code where it has ended, else None."""
        return self.child.poll() if self.child else None

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and end."""
        if self.child and self.child.poll() is None:
            self.child.terminate()

    def stop(self, until: float) -> None:
        """Wait until a time (of the monotonic clock, in seconds), then end it and all it started."""
        if not self.child:
            return
        try:
            self.child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.child.wait()


class StopAsked(Exception):
    """Somebody asked this program to stop."""


def web_server(host: str, port: int) -> Process:
    """The processes that answer visitors (``safeboard.web.server``)."""
    words = [sys.executable, "-m", "safeboard.web.server", "--host", host, "--port", str(port)]
    return Process("web server", words)


def worker() -> Process:
    """The queue's worker, which also keeps the clocks."""
    return Process("worker", [str(BIN / "safeboard"), "worker"])


def port_is_free(host: str, port: int) -> bool:
    """Whether a server may listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run(processes: list[Process], address: str, ready: str) -> int:
    """Start the processes, say ``ready`` once the first page is there, and watch until they are stopped.

    Gives back the exit code: 0 where a person stopped them, 1 where one ended by itself.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_asked)
    try:
        for process in processes:
            process.start()
        return _watch(processes, address, ready)
    except StopAsked:
        _say("\nStopping Safeboard ...")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for process in processes:
            process.ask_to_stop()
        until = time.monotonic() + GRACE
        for process in processes:
            process.stop(until)
        _say("Safeboard has stopped.")


def _watch(processes: list[Process], address: str, ready: str) -> int:
    told, begun = False, time.monotonic()
    while True:
        for process in processes:
            code = process.ended()
            if code is not None:
                _say(f"\nThe {process.name} ended by itself ({_how(code)}); what it said is above.")
                return 1
        if not told and _answers(address):
            told = True
            _say(ready)
        if not told and time.monotonic() - begun > PATIENCE:
            _say(f"\nThe web server did not answer within {PATIENCE:.0f} seconds.")
            return 1
        time.sleep(0.5 if told else 0.05)


def _answers(address: str) -> bool:
    """Whether the address gives a page, be it a refusal or the way to sign in."""

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *args: object, **kwargs: object) -> None:
            return None

    try:
        build_opener(ProxyHandler({}), Stay()).open(address, timeout=10).close()
    except HTTPError as answer:
        return answer.code < 500
    except (URLError, OSError):
        return False
    return True


def _how(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _stop_asked(number: int, frame: FrameType | None) -> None:
    raise StopAsked


def main() -> int:
    """Read the command line and run."""
    reader = argparse.ArgumentParser(prog="python -m safeboard.web.processes", description="Serve Safeboard.")
    reader.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: loopback only)")
    reader.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    reader.add_argument("--ready", type=Path, help="a file with the text to print once the first page is there")
    reader.add_argument("--no-worker", action="store_true", help="the web server alone")
    given = reader.parse_args()
    if not port_is_free(given.host, given.port):
        _say(f"Port {given.port} is in use by another program. Choose another one: PORT={given.port + 1}")
        return 1
    address = f"http://{given.host}:{given.port}/"
    processes = [web_server(given.host, given.port)] + ([] if given.no_worker else [worker()])
    ready = given.ready.read_text(encoding="utf-8") if given.ready else f"Safeboard is at {address}"
    return run(processes, address, ready)


if __name__ == "__main__":
    sys.exit(main())
