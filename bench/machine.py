"""What was measured on: cores, memory, versions. Never the name of the machine."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path


def facts() -> str:
    """One line about the machine and the versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    named = [f"{name} {version(name.lower())}" for name in ("Django", "granian", "psycopg")]
    parts = [
        date.today().isoformat(),
        f"{os.cpu_count()} cores ({_processor()})",
        f"{memory:.0f} GB of memory",
        f"Python {platform.python_version()}",
        *named,
        f"asked by {'wrk' if shutil.which('wrk') else 'threads'}",
    ]
    return ", ".join(parts)


def load() -> str:
    """The load average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def calibration() -> str:
    """Processor's milliseconds of a fixed loop: longer than usual means that the cores are shared or slowed."""
    found = []
    for _ in range(5):
        begun, seen = time.process_time(), {}
        for number in range(300_000):
            seen[str(number)] = len(str(number))
        found.append((time.process_time() - begun) * 1000)
    return f"{min(found):.0f} to {max(found):.0f}"


def revision(root: Path) -> str:
    """The commit that was measured, marked where files were changed since."""
    words = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()
