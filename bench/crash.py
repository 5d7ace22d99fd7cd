#!/usr/bin/env python3
"""Kill the server again and again while programs and people write, and look each time whether anything was lost.

    python bench/crash.py [--database sqlite|postgres] [--kills 20]

Six writers go on all the time: reports, notes and alerts by the API, referrals by a form, files of evidence and
spreadsheets by upload. At a random moment SIGKILL ends the web server (or one of its processes first), in every second
round the worker too. Then everything that was acknowledged must be there and whole, each row with its entry in the
history and each entry with its row, the chain valid, and what was sent again under its key there once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import crash_writers, serving  # noqa: E402
from bench.data import Database  # noqa: E402
from safeboard.web.processes import Process, web_server, worker  # noqa: E402

LEAST, MOST = 0.5, 4.0  # seconds of writing before a kill


@dataclass
class Result:
    """What came of all kills."""

    kills: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


def main() -> int:
    """Read the command line, kill, check, print the table; 1 where anything was lost, half, twice or broken."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    reader.add_argument("--kills", type=int, default=20)
    reader.add_argument("--seed", type=int, default=2026)
    given = reader.parse_args()
    with fresh(given.database) as database:
        os.environ.update(database.environment())
        import django

        django.setup()
        ledger, result = crash_writers.Ledger(), Result()
        rounds(database, ledger, result, given.kills, random.Random(given.seed))
        print(table(given.database, ledger, result))
    return 1 if result.faults else 0


@contextmanager
def fresh(name: str) -> Iterator[Database]:
    """A new, small database in a folder of its own, removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="safeboard-crash-"))
    variables = {"SAFEBOARD_HOME": str(home), "SAFEBOARD_STATIC": str(home / "static")}
    if name == "postgres":
        from tests.support.postgres import start_postgres

        variables["DATABASE_URL"] = start_postgres()
    database = Database(name, variables)
    try:
        database.call("safeboard", "migrate", "-v", "0")
        database.call("safeboard", "createcachetable")
        database.call("safeboard", "collectstatic", "--no-input", "-v", "0")
        yield database
    finally:
        shutil.rmtree(home, ignore_errors=True)


def rounds(database: Database, ledger: crash_writers.Ledger, result: Result, kills: int, chance: random.Random) -> None:
    """Start, write, kill, check, as often as asked for."""
    from bench.crash_checks import faults

    plan = json.loads(database.call("python", "-m", "bench.crash_people"))
    port = serving.free_port()
    writers = [kind(port, plan, ledger) for kind in crash_writers.WRITERS]
    for number in range(kills):
        service = serving.Service(port, web_server("127.0.0.1", port), worker())
        try:
            begun = time.monotonic()
            serving.start(service, database)
            result.slowest = max(result.slowest, time.monotonic() - begun)
            for writer in writers:
                if not writer.is_alive():
                    writer.start()
            time.sleep(chance.uniform(LEAST, MOST))
            result.kills[kill(service, chance, with_worker=number % 2 == 1)] += 1
        finally:
            for process in (service.web, service.work):
                _kill(process)
        with ledger.lock:
            kept = list(ledger.kept)
        found = faults(kept)
        result.faults += [f"after kill {number + 1}: {one}" for one in found]
        print("\n".join([f"{number + 1}: {len(kept)} acknowledged, {len(found)} faults", *found]), file=sys.stderr)
    for writer in writers:
        writer.stopped.set()


def kill(service: serving.Service, chance: random.Random, *, with_worker: bool) -> str:
    """End it with SIGKILL, at once or one of its processes first; gives what was done. Nothing runs afterwards."""
    first = chance.random() < 0.3 and service.web_workers()
    if first:
        os.kill(chance.choice(first), signal.SIGKILL)
        time.sleep(chance.uniform(0.05, 0.5))
    _kill(service.web)
    if with_worker:
        _kill(service.work)
    else:
        service.work.ask_to_stop()
        service.work.stop(time.monotonic() + 10)
    how = "one process, then the server" if first else "the server"
    return f"{how}{' and the worker' if with_worker else ''}"


def _kill(process: Process) -> None:
    if process.child and process.child.poll() is None:
        os.killpg(process.child.pid, signal.SIGKILL)
        process.child.wait()


def table(name: str, ledger: crash_writers.Ledger, result: Result) -> str:
    """What came of it, as Markdown."""
    kept = Counter(one.kind for one in ledger.kept)
    lines = [f"| {name} | count |", "|---|---|"]
    lines += [f"| killed: {how} | {count} |" for how, count in sorted(result.kills.items())]
    lines += [f"| acknowledged: {kind} | {count:,} |" for kind, count in sorted(kept.items())]
    lines.append(f"| sent again, because no answer came | {ledger.again:,} |")
    lines.append(f"| answers that should not have come | {len(ledger.refused)} |")
    lines.append(f"| slowest start | {result.slowest:.1f} s |")
    lines.append(f"| lost, half, twice, or a broken chain | {len(result.faults)} |")
    return "\n".join([*lines, "", *result.faults[:20], *sorted(set(ledger.refused))[:10]])


if __name__ == "__main__":
    sys.exit(main())
