"""One run: the service is started on a copy of the large database, and its pages are asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

from bench import asking, importing, machine, serving, submitting
from bench.asking import Times
from bench.data import BIN, ROOT, Database

USERS, CONNECTIONS = 50, 16
SETTLING = 300.0
WARMING = 3

# What is to be reached, on two cores with 100,000 incidents.
MOST_ALONE, MOST_TOGETHER = 50.0, 500.0  # milliseconds, p95
MOST_QUERIES = 15
LEAST_RATE = 150.0  # requests a second, the incident list
MOST_MEMORY = 250.0  # MB
MOST_IMPORT = 15.0  # seconds
MOST_SENT = 100.0  # milliseconds, p95: ten answers saved, and a return of sixty sent
LIST = "incident list, 50 rows, filtered"
# A search reads the texts of a page's rows, each kind of row by a query, until every word is met.
SEARCH, MOST_SEARCH, MOST_SEARCH_QUERIES = "search by words", 100.0, 40


@dataclass(frozen=True)
class How:
    """How long, how often, how much."""

    seconds: float
    requests: int
    settings: int


@dataclass
class Page:
    """What was measured of a page."""

    name: str
    alone: Times
    processor: float  # milliseconds of the web workers for one request
    together: Times
    rate: Times
    queries: list[int]

    def missed(self) -> list[str]:
        """Which targets this page misses."""
        few, many = self.queries
        search = self.name == SEARCH
        most = MOST_SEARCH_QUERIES if search else MOST_QUERIES
        wrong = {
            "p95 of one user": self.alone.p95 > (MOST_SEARCH if search else MOST_ALONE),
            "p95 of fifty": self.together.p95 > MOST_TOGETHER,
            "errors": bool(self.alone.errors or self.together.errors or self.rate.errors),
            "number of queries": max(few, many) > most or (few != many and not search),
            "requests a second": self.name == LIST and self.rate.rate < LEAST_RATE,
        }
        return [f"{self.name}: {what}" for what, is_so in wrong.items() if is_so]


@dataclass
class Result:
    """What was measured of one database."""

    database: str
    load: str = ""
    load_after: str = ""
    loop: str = ""
    loop_after: str = ""
    pages: list[Page] = field(default_factory=list)
    sent: submitting.Sent = field(default_factory=lambda: submitting.Sent(0.0, 0.0, 0))
    preview: float = 0.0
    imported: float = 0.0
    web_memory: float = 0.0
    web_memory_pages: float = 0.0
    worker_memory: float = 0.0
    worker_seconds: float = 0.0

    def missed(self) -> list[str]:
        """All targets that were missed."""
        rest = {
            "memory of a web worker": self.web_memory > MOST_MEMORY,
            "memory of the queue’s worker": self.worker_memory > MOST_MEMORY,
            "a return of sixty answers": max(self.sent.saved, self.sent.sent) > MOST_SENT,
            "import": self.preview + self.imported > MOST_IMPORT,
        }
        return [line for page in self.pages for line in page.missed()] + [what for what, is_so in rest.items() if is_so]


def measure(database: Database, how: How) -> Result:
    """Measure everything of one database."""
    result = Result(database.name, load=machine.load(), loop=machine.calibration())
    plan = json.loads(_module(database, "bench.people"))
    counts = json.loads(_module(database, "bench.counting", json.dumps(plan)))
    with serving.running(database) as service:
        result.worker_seconds = service.worker_settles(SETTLING)
        for name, page in plan["pages"].items():
            _say(f"{database.name}: {name}")
            result.pages.append(_page(service, name, page["askers"], counts[name], how))
        result.web_memory_pages = service.web_memory()
        _say(f"{database.name}: returns of sixty answers")
        result.sent = submitting.run(service.port, plan["submitter"])
        _say(f"{database.name}: import of {how.settings} settings")
        result.preview, result.imported = importing.run(service.port, plan["importer"], plan["imports"], how.settings)
        result.web_memory, result.worker_memory = service.web_memory(), service.worker_memory()
    result.load_after, result.loop_after = machine.load(), machine.calibration()
    return result


def _page(service: serving.Service, name: str, askers: list[Any], queries: list[int], how: How) -> Page:
    asking.together(service.port, askers, CONNECTIONS, WARMING)  # every thread of every web worker has seen the page
    service.web_settles()
    before = service.web_seconds()
    alone = asking.alone(service.port, askers, how.requests)
    processor = (service.web_seconds() - before) * 1000 / (how.requests + asking.WARM)
    rate = asking.together(service.port, askers, CONNECTIONS, how.seconds)
    service.web_settles()
    together = asking.together(service.port, askers, USERS, how.seconds)
    service.web_settles()
    return Page(name, alone, processor, together, rate, queries)


def _module(database: Database, name: str, given: str = "") -> str:
    done = subprocess.run(
        [str(BIN / "python"), "-m", name],
        cwd=ROOT,
        env=database.environment(),
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
