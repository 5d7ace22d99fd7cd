#!/usr/bin/env python3
"""How long the first page takes from the first command on a fresh clone, and from the second.

    python3 bench/first_page.py [REPOSITORY]

Clones into a temporary folder, with the caches of package tools empty, and asks for the page until it is there.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600.0


def start(clone: Path, caches: Path) -> float:
    """Run `dev.py run` until the first page is there, then stop it; gives the seconds it took."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    empty = {"XDG_CACHE_HOME": str(caches), "UV_CACHE_DIR": str(caches / "uv"), "PIP_CACHE_DIR": str(caches / "pip")}
    surroundings = {**os.environ, **empty, "npm_config_cache": str(caches / "npm"), "PORT": port}
    begun = time.monotonic()
    with (caches / "said.txt").open("w") as said:
        child = subprocess.Popen(
            [sys.executable, "dev.py", "run"],
            cwd=clone,
            env=surroundings,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        while not _answers(port):
            if child.poll() is not None or time.monotonic() - begun > PATIENCE:
                raise SystemExit("It did not come up:\n" + (caches / "said.txt").read_text())
            time.sleep(0.02)
        return time.monotonic() - begun
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(30)


def _answers(port: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return opener.open(f"http://127.0.0.1:{port}/", timeout=60).status == 200
    except (urllib.error.URLError, OSError):
        return False


def main() -> None:
    """Measure both and print them with the load average."""
    source = sys.argv[1] if len(sys.argv) > 1 else str(ROOT)
    folder = Path(tempfile.mkdtemp(prefix="safeboard-first-"))
    try:
        (folder / "caches").mkdir()
        subprocess.run(["git", "clone", "--quiet", source, folder / "clone"], check=True)
        before = os.getloadavg()[0]
        first = start(folder / "clone", folder / "caches")
        again = [start(folder / "clone", folder / "caches") for _ in range(3)]
        print(f"First command: {first:.1f} s until the first page, with empty caches.")
        print(f"Second: {sorted(again)[1]:.1f} s (the middle of three).")
        print(f"Load average before and after: {before:.1f} and {os.getloadavg()[0]:.1f}.")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
