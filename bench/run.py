#!/usr/bin/env python3
"""Measure Safeboard over HTTP with a large made-up county, and print a table.

    python bench/run.py [--database sqlite|postgres|both] [--incidents 100000] [--keep FOLDER]

The large database is made once and kept; each run measures a copy of it. The virtual environment of development has
to be there (python3 dev.py setup). ``wrk`` is used where it is installed (sudo apt install wrk), else threads.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import data, machine, measuring, table  # noqa: E402


def main() -> int:
    """Read the command line, measure each database, print and keep the table; 1 where a target was missed."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    reader.add_argument("--incidents", type=int, default=100_000)
    reader.add_argument("--agencies", type=int, default=500)
    reader.add_argument("--keep", type=Path, default=ROOT / "var" / "bench", help="where the large database stays")
    reader.add_argument("--seconds", type=float, default=8.0, help="how long each load with many users lasts")
    reader.add_argument("--requests", type=int, default=200, help="how often one user asks for each page")
    reader.add_argument("--settings-to-import", type=int, default=5000)
    given = reader.parse_args()
    size = data.Size(given.agencies, given.incidents)
    how = measuring.How(given.seconds, given.requests, given.settings_to_import)
    chosen = ("sqlite", "postgres") if given.database == "both" else (given.database,)
    results = []
    for name in chosen:
        with data.copy_of(name, size, given.keep.resolve()) as database:
            results.append(measuring.measure(database, how))
    words = table.page(results, machine.facts(), size)
    (given.keep / "last.md").write_text(words, encoding="utf-8")
    print(words)
    return 1 if any(result.missed() for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
