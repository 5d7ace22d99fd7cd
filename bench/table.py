"""The table that a run prints."""

from __future__ import annotations

from collections.abc import Sequence

from bench import data, machine
from bench.measuring import CONNECTIONS, USERS, Result

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
HEAD = (
    "page",
    "median ms",
    "p95 ms",
    "processor ms",
    f"p95 ms, {USERS} users",
    "errors",
    f"requests/s, {CONNECTIONS} connections",
    "queries, few and many rows",
)


def page(results: Sequence[Result], facts: str, size: data.Size) -> str:
    """Markdown: the machine, then for each database a table, what else was measured, and what missed."""
    parts = [
        f"{facts}. Commit {machine.revision(data.ROOT)}.",
        f"{size.incidents:,} incidents of {size.agencies} agencies.",
    ]
    return "\n\n".join([" ".join(parts), *(one for result in results for one in _database(result))]) + "\n"


def _database(result: Result) -> list[str]:
    rows = [
        (
            row.name,
            f"{row.alone.p50:.1f}",
            f"{row.alone.p95:.1f}",
            f"{row.processor:.1f}",
            f"{row.together.p95:.0f}",
            str(row.alone.errors + row.together.errors + row.rate.errors),
            f"{row.rate.rate:.0f}",
            "{} and {}".format(*row.queries),
        )
        for row in result.pages
    ]
    rest = [
        f"* {result.sent.returns} returns of sixty answers by the pages: p95 {result.sent.saved:.0f} ms to save ten, "
        f"{result.sent.sent:.0f} ms to send all.",
        f"* Import of a list of schools: {result.preview:.1f} s until the preview, {result.imported:.1f} s to import.",
        f"* Peak memory of a web worker: {result.web_memory_pages:.0f} MB after the pages, "
        f"{result.web_memory:.0f} MB after the import; of the queue’s worker: {result.worker_memory:.0f} MB "
        f"(it took {result.worker_seconds:.0f} s of a processor for what was due when it started).",
        f"* Load average before and after: {result.load} and {result.load_after}; a fixed loop took "
        f"{result.loop} and {result.loop_after} ms of its processor’s time.",
        f"* Missed: {'; '.join(result.missed()) or 'nothing'}.",
    ]
    return [f"### {NAMES[result.database]}", _table(HEAD, rows), "\n".join(rest)]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
