"""Asking for pages: one user by themselves, or many at once."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

COOKIE = "sessionid"
WARM = 8  # requests that are not counted: both web workers have seen the page then
Asker = Sequence[str]  # the value of the session's cookie, the address

# wrk asks in C, so that the client leaves the cores to the service. What is not 200 counts as an error.
SCRIPT = """
local askers = {ASKERS}
local next_one, threads = 0, {}
wrong = 0
function setup(thread) table.insert(threads, thread) end
function init() next_one = math.random(#askers) math.randomseed(os.time()) end
function request()
  next_one = next_one % #askers + 1
  return wrk.format("GET", askers[next_one][2], {["Cookie"] = "COOKIE=" .. askers[next_one][1]})
end
function response(status) if status ~= 200 then wrong = wrong + 1 end end
function done(summary, latency)
  local all = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do all = all + thread:get("wrong") end
  io.write(string.format('\\nJSON {"p50": %f, "p95": %f, "requests": %d, "seconds": %f, "errors": %d}\\n',
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, summary.requests, summary.duration / 1e6, all))
end
"""


@dataclass(frozen=True)
class Times:
    """What many requests took: milliseconds, how many there were, how many were not answered with the page."""

    p50: float
    p95: float
    requests: int
    seconds: float
    errors: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def part(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def ask(connection: HTTPConnection, asker: Asker) -> tuple[int, float]:
    """One request on a connection that stays open; gives the status and the milliseconds until all had come."""
    cookie, address = asker
    begun = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": f"{COOKIE}={cookie}"})
    answer = connection.getresponse()
    answer.read()
    return answer.status, (time.perf_counter() - begun) * 1000


def alone(port: int, askers: Sequence[Asker], count: int) -> Times:
    """One user at a time, ``count`` requests one after another, the askers by turns."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for number in range(WARM):
        ask(connection, askers[number % len(askers)])
    begun = time.perf_counter()
    found = [ask(connection, askers[number % len(askers)]) for number in range(count)]
    took = [milliseconds for _status, milliseconds in found]
    errors = sum(status != 200 for status, _milliseconds in found)
    return Times(part(took, 0.5), part(took, 0.95), count, time.perf_counter() - begun, errors)


def together(port: int, askers: Sequence[Asker], users: int, seconds: float) -> Times:
    """So many users at once, each asking again as soon as the answer is there."""
    program = shutil.which("wrk")
    return _wrk(program, port, askers, users, seconds) if program else _threads(port, askers, users, seconds)


def _wrk(program: str, port: int, askers: Sequence[Asker], users: int, seconds: float) -> Times:
    rows = ", ".join(f'{{"{cookie}", "{address}"}}' for cookie, address in askers)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "ask.lua"
        script.write_text(SCRIPT.replace("{ASKERS}", f"{{{rows}}}").replace("COOKIE=", f"{COOKIE}="))
        words = [program, "-t1", f"-c{users}", f"-d{seconds:.0f}s", "--timeout", "30s", "-s", str(script)]
        said = subprocess.run([*words, f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True).stdout
    line = next(line for line in said.splitlines() if line.startswith("JSON "))
    return Times(**json.loads(line.removeprefix("JSON ")))


def _threads(port: int, askers: Sequence[Asker], users: int, seconds: float) -> Times:
    took: list[float] = []
    errors: list[str] = []
    begun = time.perf_counter()

    def user(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() - begun < seconds:
            try:
                status, milliseconds = ask(connection, askers[number % len(askers)])
            except (OSError, HTTPException) as error:
                errors.append(str(error))
                connection.close()
                continue
            took.append(milliseconds)
            if status != 200:
                errors.append(str(status))
            number += users

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begun
    return Times(part(took, 0.5), part(took, 0.95), len(took), spent, len(errors))
