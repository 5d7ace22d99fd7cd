"""The web server and the worker live and die together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from safeboard.web.processes import port_is_free
from safeboard.web.server import PROCESSES, SILENT, TAKEN

ROOT = Path(__file__).resolve().parents[2]
SERVER = """
from http.server import HTTPServer, SimpleHTTPRequestHandler
SimpleHTTPRequestHandler.log_message = lambda *words: None
HTTPServer(("127.0.0.1", {port}), SimpleHTTPRequestHandler).serve_forever()
"""
PROGRAM = """
import sys
from safeboard.web import processes as ours
from safeboard.web.processes import Process, run
ours.GRACE = 1.0
processes = [Process("web server", [sys.executable, "-c", {server!r}]), Process("worker", {worker!r})]
sys.exit(run(processes, "http://127.0.0.1:{port}/", "ready, the first page is there"))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(worker: str) -> subprocess.Popen[str]:
    port = free_port()
    command = [sys.executable, "-c", worker]
    program = PROGRAM.format(server=SERVER.format(port=port), worker=command, port=port)
    return subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_stops_all(number: signal.Signals):
    program = started("import time; time.sleep(60)")
    assert program.stdout is not None
    lines = iter(program.stdout)
    assert next(lines).startswith("ready")
    ours = children(program.pid)
    assert len(ours) == 2
    program.send_signal(number)
    assert "Safeboard has stopped." in "".join(lines)
    assert program.wait(15) == 0
    assert not any(alive(pid) for pid in ours)


def test_a_process_that_ends_is_named_and_takes_the_others_with_it():
    program = started("import time; time.sleep(1); raise SystemExit(4)")
    assert program.stdout is not None
    said = program.stdout.read()
    assert "The worker ended by itself (exit code 4)" in said
    assert program.wait(15) == 1


def test_a_process_that_will_not_stop_is_ended():
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    program = started(stubborn)
    assert program.stdout is not None
    next(iter(program.stdout))
    time.sleep(0.5)
    ours = children(program.pid)
    program.terminate()
    program.stdout.read()
    assert program.wait(20) == 0
    assert not any(alive(pid) for pid in ours)


def test_a_port_that_is_taken_is_seen():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert not port_is_free("127.0.0.1", other.getsockname()[1])
    assert port_is_free("127.0.0.1", free_port())


def test_a_taken_port_is_told_before_anything_is_done():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "dev.py", "run"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("port", ["eighty", "0", "99999"])
def test_a_port_that_is_none_is_told(port: str):
    done = subprocess.run(
        [sys.executable, "dev.py", "run"],
        cwd=ROOT,
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "a number from 1 to 65535" in done.stderr


QUEUES = """
import sys
from safeboard.web.server import server
ours = server("127.0.0.1", {port})
ours.target = "wsgiref.simple_server:demo_app"
ours.serve()
"""


def listeners(port: int) -> int:
    """How many sockets of this machine listen on a port of the older internet addresses."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


@pytest.fixture
def served() -> Iterator[tuple[int, int]]:
    """The web server with a small page: its port, and how many sockets listen there."""
    port = free_port()
    program = subprocess.Popen([sys.executable, "-c", QUEUES.format(port=port)], cwd=ROOT)
    try:
        until = time.monotonic() + 20
        while len(children(program.pid)) < 2 or not port_answers(port):
            assert time.monotonic() < until
            time.sleep(0.05)
        yield port, listeners(port)
    finally:
        program.terminate()
        assert program.wait(15) == 0


def port_answers(port: int) -> bool:
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) == 0


def test_visitors_wait_in_one_queue_for_whichever_process_is_free(served: tuple[int, int]):
    assert served[1] == 1


def test_visitors_who_say_nothing_keep_nobody_waiting(served: tuple[int, int]):
    with ExitStack() as silent:
        for _ in range(4 * PROCESSES * TAKEN):
            silent.enter_context(socket.create_connection(("127.0.0.1", served[0])))
        with socket.create_connection(("127.0.0.1", served[0]), timeout=SILENT / 2) as visitor:
            visitor.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert visitor.recv(15) == b"HTTP/1.1 200 OK"
