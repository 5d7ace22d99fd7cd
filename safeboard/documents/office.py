"""Word files as PDF, by LibreOffice where it is there: in a folder of its own that is gone afterwards."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

SECONDS = 60
PROGRAMS = ("soffice", "libreoffice")
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'  # as screen readers need it


def program() -> str | None:
    """Where LibreOffice is, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def as_pdf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Word files as PDF by their key; those that could not be made are left out. All of them in one call of it.

    The keys are short words of ours (such as ``12``): they become names of files.
    """
    found = program()
    if found is None or not files:
        return {}
    with tempfile.TemporaryDirectory(prefix="safeboard-office-") as folder:
        here = Path(folder)
        names = [here / f"{key}.docx" for key in files]
        for path, content in zip(names, files.values(), strict=True):
            path.write_bytes(content)
        command = [found, f"-env:UserInstallation=file://{here}/profile", "--headless", "--norestore"]
        command += ["--convert-to", TAGGED, "--outdir", str(here / "out"), *map(str, names)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=here)
        except subprocess.TimeoutExpired:
            return {}
        made = {key: here / "out" / f"{key}.pdf" for key in files}
        return {key: path.read_bytes() for key, path in made.items() if path.exists()}
