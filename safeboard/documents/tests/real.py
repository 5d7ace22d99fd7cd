"""Real files, used where they are at hand: SAFEBOARD_REAL_DATA names their folder."""

import os
from pathlib import Path

import pytest


def real_path(name):
    folder = os.environ.get("SAFEBOARD_REAL_DATA")
    path = Path(folder or Path(__file__).resolve().parents[4] / "shared" / "real") / name
    if not path.exists():
        pytest.skip("The real file is not at hand.")
    return path


def real_lines(name):
    return real_path(name).read_text(encoding="utf-8", errors="replace").splitlines()
