"""Files as LibreOffice opens them: what somebody would meet who opens what the product hands out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from safeboard.documents.office import program

needs_office = pytest.mark.skipif(program() is None, reason="LibreOffice is not here and could not be installed")


def opened(content: bytes, ending: str, kind: str, folder: Path) -> str:
    """The file opened by LibreOffice and saved as another kind ('fods', 'txt:Text'); gives that text."""
    given = folder / f"given.{ending}"
    given.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        str(program()),
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, str(given)], capture_output=True, timeout=120, check=True, cwd=folder)
    return (folder / "out" / f"given.{kind.partition(':')[0]}").read_text(encoding="utf-8-sig")
