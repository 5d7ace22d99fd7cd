"""Debian's programs that the tests need: which are here, and how the others are installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from toolchain import setup
from toolchain.steps import Trouble, from_debian, say

LEAN = "/usr/lib/chromium/chromium-headless-shell"  # without windows: a third less of a processor
WHOLE = ("/usr/bin/chromium", "/usr/bin/chromium-browser")


@dataclass(frozen=True)
class Program:
    """Something of Debian's: whether it is here, and the packages that bring it."""

    name: str
    here: Callable[[], bool]
    packages: tuple[str, ...]


def named_chromium() -> str:
    """A Chromium that lies elsewhere, by the environment; empty where none is named."""
    return os.environ.get("SAFEBOARD_CHROMIUM", "")


def chromium() -> bool:
    """Whether any Chromium is here."""
    return any(Path(path).exists() for path in ([named_chromium()] if named_chromium() else (LEAN, *WHOLE)))


def lean_chromium() -> bool:
    """Whether the Chromium for the journeys is here: one that is named, or the one without windows."""
    return bool(named_chromium()) or Path(LEAN).exists()


def postgresql() -> bool:
    """Whether PostgreSQL's own programs are here: Debian keeps them off the path."""
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))


def libreoffice() -> bool:
    """Whether LibreOffice is here, with which tests open what the product hands out."""
    return shutil.which("soffice") is not None


CHROMIUM = Program("Chromium", chromium, ("chromium",))
LEAN_CHROMIUM = Program("Chromium without windows", lean_chromium, ("chromium-headless-shell",))
OTHERS = (
    Program("Pango", setup.has_pango, setup.PANGO),
    Program("PostgreSQL", postgresql, ("postgresql",)),
    Program("LibreOffice", libreoffice, ("libreoffice-writer-nogui", "libreoffice-calc-nogui")),
)


def missing() -> list[str]:
    """What the tests need and is not here, by name."""
    return [one.name for one in (CHROMIUM, *OTHERS) if not one.here()]


def install() -> None:
    """Install what is missing, where that may be done: all at once, as each time takes a while of its own.

    Where that fails each is tried alone, so that one which is not to be had does not keep away the rest; in place of
    a Chromium without windows, which not every Debian has, the whole one does, and takes longer.
    """
    wanted = [one for one in (LEAN_CHROMIUM, *OTHERS) if not one.here()]
    if len(wanted) > 1 and installed(*wanted):
        return
    for one in wanted:
        if not one.here():
            installed(one)
    if not chromium():
        installed(CHROMIUM)


def installed(*wanted: Program) -> bool:
    """Whether Debian's packages of these could be installed; why not is said."""
    names = [one.name for one in wanted]
    words = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    try:
        return from_debian(f"Installing {words} from Debian", [name for one in wanted for name in one.packages])
    except Trouble as trouble:
        say(f"  {trouble}")
        return False
