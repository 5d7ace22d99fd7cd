"""`dev.py lock`: choose versions that fit together and write the three locks, with hashes and no address."""

from __future__ import annotations

import tempfile
from pathlib import Path

from toolchain import setup
from toolchain.steps import ROOT, always, tool

OPTIONS = (
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "-q"),
)


def lock(*, keep: bool) -> None:
    """Write the locks; one choice of versions serves all three."""
    setup.python_environment()
    always("Choosing versions and locking them", lambda: write_locks(keep=keep))


def write_locks(*, keep: bool) -> None:
    """Choose for everything at once, then take from that what each lock needs."""
    project = ROOT / "pyproject.toml"
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder) / "all.lock"
        if keep:
            chosen.write_text(setup.DEV_LOCK.read_text())
        compile_lock = [setup.UV, "pip", "compile", *OPTIONS]
        tool([*compile_lock, project, "--group", "dev", "--group", "setup", "-o", chosen])
        for path in (setup.LOCK, setup.DEV_LOCK, setup.SETUP_LOCK):
            path.unlink(missing_ok=True)
        tool([*compile_lock, project, "-c", chosen, "-o", setup.LOCK])
        tool([*compile_lock, project, "--group", "dev", "-c", chosen, "-o", setup.DEV_LOCK])
        tool([*compile_lock, "--group", "setup", "-c", chosen, "-o", setup.SETUP_LOCK])
