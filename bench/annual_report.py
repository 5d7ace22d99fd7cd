#!/usr/bin/env python3
"""Measure an annual report with twelve charts and their tables as Word and as PDF: seconds, and the most memory held.

    python bench/annual_report.py

No database is needed. The exit code is 1 where it takes 15 seconds or 500 MB.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.web.settings_test")

CHARTS, ROWS = 12, 40
MOST_SECONDS, MOST_MB = 15.0, 500.0


def body() -> dict[str, Any]:
    """A report of twelve sections, each with a chart and a table of forty lines."""
    from safeboard.documents.charts import bar_chart
    from safeboard.documents.suppression import shown

    def figure(number: int) -> dict[str, Any]:
        names, counts = [f"Kind {number}.{n}" for n in range(8)], [shown(10 + n) for n in range(8)]
        svg = bar_chart(names, counts, title=f"Chart {number}", description="Made up.", across=True)
        rows = [[f"Agency {n}", n, n + 1, n + 2] for n in range(ROWS)]
        table = {"title": "Table", "heads": ["Agency", "A", "B", "C"], "rows": rows, "note": "", "source": "made up"}
        return {"name": f"f{number}", "question": "How many?", "answer": "Some.", "svg": str(svg), "table": table}

    words = ["Words about the year. " * 30] * 4
    parts = [
        {"key": f"k{n}", "title": f"Section {n}", "paragraphs": words, "figures": [figure(n)]} for n in range(CHARTS)
    ]
    return {"title": "Annual report", "year": 2026, "frozen_at": None, "parts": parts, "terms": []}


def main() -> int:
    """Draw, write and print the report; 1 where a target was missed."""
    import django

    django.setup()
    from safeboard.insight.report_files import Edition, as_pdf, as_word

    begun = time.monotonic()
    edition = Edition(body(), "Board", (), draft=False)
    drawn = time.monotonic()
    as_word(edition)
    written = time.monotonic()
    as_pdf(edition)
    printed = time.monotonic()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"draw {drawn - begun:.1f} s, Word {written - drawn:.1f} s, PDF {printed - written:.1f} s, {held:.0f} MB")
    return int(printed - begun > MOST_SECONDS or held > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
