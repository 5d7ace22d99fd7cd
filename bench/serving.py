"""The running service: the web server and the worker as they are started for real, and what memory they take."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.data import ROOT, Database
from safeboard.web.processes import Process, web_server, worker

PATIENCE = 60.0
QUIET = 3.0  # seconds that the worker takes no processor's time before it counts as done
TICKS = os.sysconf("SC_CLK_TCK")


class Service:
    """What runs: its port, the web server and the worker."""

    def __init__(self, port: int, web: Process, work: Process) -> None:
        self.port, self.web, self.work = port, web, work

    def web_memory(self) -> float:
        """The most that one web worker ever held, in MB (resident)."""
        return max(_peak(pid) for pid in self.web_workers())

    def worker_memory(self) -> float:
        """The most that the queue's worker ever held, in MB (resident)."""
        return _peak(_pid(self.work))

    def web_seconds(self) -> float:
        """The processor's time that the web workers have taken so far."""
        return sum(_seconds(pid) for pid in self.web_workers())

    def worker_settles(self, patience: float) -> float:
        """Wait until the worker has done what was due when it began; gives the processor's seconds it took."""
        return _settled(lambda: _seconds(_pid(self.work)), QUIET, patience)

    def web_settles(self) -> None:
        """Wait until the web workers have answered what was asked before the client went away."""
        _settled(self.web_seconds, 0.5, 60)

    def web_workers(self) -> list[int]:
        """The processes that answer, by number."""
        return _children(_pid(self.web))


@contextmanager
def running(database: Database) -> Iterator[Service]:
    """Serve a database on a free port of loopback."""
    port = free_port()
    service = Service(port, web_server("127.0.0.1", port), worker())
    try:
        start(service, database)
        yield service
    finally:
        for process in (service.web, service.work):
            process.ask_to_stop()
        until = time.monotonic() + 10
        for process in (service.web, service.work):
            process.stop(until)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(service: Service, database: Database) -> None:
    """Start both processes, and wait until the first page is there."""
    for process in (service.web, service.work):
        process.child = subprocess.Popen(
            process.command,
            cwd=ROOT,
            env=database.environment(),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    _wait(service)


def _settled(measured: Callable[[], float], quiet_for: float, patience: float) -> float:
    """Wait until a processor's time stands still for so many seconds; gives that time."""
    until, quiet, before = time.monotonic() + patience, time.monotonic(), -1.0
    while time.monotonic() < until and time.monotonic() - quiet < quiet_for:
        time.sleep(0.1)
        now = measured()
        if now - before > 0.015:
            quiet = time.monotonic()
        before = now
    return before


def _wait(service: Service) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if service.web.ended() is not None or service.work.ended() is not None:
            break
        try:
            asked = HTTPConnection("127.0.0.1", service.port, timeout=30)
            asked.request("GET", "/")
            asked.getresponse()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The service did not start; what it said is above.")


def _pid(process: Process) -> int:
    if process.child is None:
        raise RuntimeError(f"the {process.name} was not started")
    return process.child.pid


def _children(pid: int) -> list[int]:
    """The processes that one started, helpers of multiprocessing aside."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (folder / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid and b"resource_tracker" not in command:
            found.append(int(folder.name))
    return found


def _peak(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
