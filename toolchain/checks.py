"""`dev.py test`: set up, then every check, one line each as it ends, and the output of those that failed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from toolchain import setup
from toolchain.running import has_command
from toolchain.steps import COUNT, PYTHON, ROOT, VENV, Trouble, environment, from_debian, may_install, say

BIN = VENV / "bin"
LEAN_CHROMIUM = "/usr/lib/chromium/chromium-headless-shell"  # without windows: a third less of a processor
CHROMIUM = (LEAN_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser")
NO_TESTS = 5  # pytest's exit code where nothing was chosen


@dataclass
class Check:
    """One check, with what came of it."""

    name: str
    command: Sequence[str | Path]
    env: dict[str, str] = field(default_factory=dict)
    none_is_well: bool = False
    code: int = 0
    seconds: float = 0.0
    output: str = ""

    def run(self) -> Check:
        """Run it, keep what it prints, and print its line."""
        begun = time.monotonic()
        done = subprocess.run(
            [str(word) for word in self.command],
            cwd=ROOT,
            env=environment(self.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self.code = 0 if self.none_is_well and done.returncode == NO_TESTS else done.returncode
        self.output, self.seconds = done.stdout, time.monotonic() - begun
        self.tell()
        return self

    def tell(self) -> None:
        """One line: the check, what came of it, and the time."""
        closing = closing_line(self.output) if "pytest" in map(str, self.command) else ""
        say(f"  {self.name:<44} {'well' if not self.code else 'FAILED':<7} {self.seconds:6.1f} s  {closing}".rstrip())


def test(given: Namespace, more: Sequence[str]) -> int:
    """Run all checks, or pytest alone on the paths that are named. The exit code is 1 where any failed."""
    begun = time.monotonic()
    say("Safeboard: making ready for the checks")
    setup.everything(dev=True)
    setup.pango()
    missing = [] if given.fast else programs()
    say(f"  {COUNT.done} steps done, {COUNT.unchanged} as they were: {time.monotonic() - begun:.1f} s")
    if given.tests or more:
        command = [str(PYTHON), "-m", "pytest", *given.tests, *more]
        return subprocess.call(command, cwd=ROOT, env=environment(test_environment()))
    with tempfile.TemporaryDirectory(prefix="safeboard-checks-") as scratch:
        return everything(Path(scratch), begun, fast=given.fast, missing=missing)


def everything(scratch: Path, begun: float, *, fast: bool, missing: list[str]) -> int:
    """Every check: pytest on both cores and, beside it, the others one after the other: journeys leave them room."""
    say("Safeboard: checking, the tests all the while on both cores")
    for name in missing:
        say(f"  {name} is not here and may not be installed: what needs it is left out")
    marks = "not nightly" + (" and not journey" if fast or "Chromium" in missing else "")
    tests = Check("tests", [PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", marks], test_environment())
    others = still_checks(scratch, postgres=not fast and "PostgreSQL" not in missing)
    with ThreadPoolExecutor(max_workers=2) as pool:
        done = list(pool.map(Check.run, [tests, *others]))
    failed = [check for check in done if check.code]
    for check in failed:
        say(f"\n--- {check.name} ---\n{check.output.rstrip()}\n")
    if missing and os.environ.get("CI"):
        say(f"Failed: {' and '.join(missing)} must be here for continuous integration")
    bad = [check.name for check in failed]
    say(f"{'Failed: ' + ', '.join(bad) if bad else 'All is well'} ({time.monotonic() - begun:.0f} s)")
    say(closing_line(tests.output) or "no test ran")
    return 1 if bad or (missing and os.environ.get("CI")) else 0


def still_checks(scratch: Path, *, postgres: bool) -> list[Check]:
    """The checks beside the tests, the quickest first."""
    env = test_environment() | {"SAFEBOARD_HOME": str(scratch)}
    manage = [BIN / "safeboard"]
    anew = env | {"SAFEBOARD_HOME": str(scratch / "new")}
    checks = [
        Check("style (ruff check)", [BIN / "ruff", "check", "."]),
        Check("format (ruff format)", [BIN / "ruff", "format", "--check", "."]),
        Check("imports between rooms (import-linter)", [BIN / "lint-imports", "--no-logo"]),
        Check("templates (djlint)", [BIN / "djlint", "safeboard", "--lint", "--quiet"]),
        Check("migrations are made", [*manage, "makemigrations", "--check", "--dry-run"], env),
        Check("migrations run", [*manage, "migrate", "--verbosity", "0"], anew),
        Check("types (mypy)", [BIN / "mypy", "--no-error-summary"], env),
    ]
    if has_command("content"):
        checks.append(Check("content packs", [*manage, "content", "check"], env))
    if postgres:
        words = [PYTHON, "-m", "pytest", "-m", "postgres and not nightly and not journey"]
        on_postgres = test_environment() | {"SAFEBOARD_TEST_POSTGRES": "1"}
        checks.append(Check("tests on PostgreSQL", words, on_postgres, none_is_well=True))
    return checks


def test_environment() -> dict[str, str]:
    """The variables of a test run: nothing of the surroundings' own service."""
    chosen = ("SAFEBOARD_CHROMIUM", "SAFEBOARD_SCREENSHOTS")
    emptied = {name: "" for name in os.environ if name.startswith("SAFEBOARD_") and name not in chosen}
    return emptied | {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "safeboard.web.settings_test"}


def closing_line(output: str) -> str:
    """The line with which pytest closes: how many passed and failed, and how long it took."""
    for line in reversed(output.splitlines()):
        plain = line.strip("= ").strip()
        if re.search(r"\b\d+ (passed|failed|error|errors|skipped|deselected)\b.* in [\d.]+s", plain):
            return plain
    return ""


def programs() -> list[str]:
    """What the tests need of Debian's packages, installed where it is missing; gives back what is not to be had."""
    needed = (
        ("Chromium", chromium, ("chromium",)),
        ("PostgreSQL", postgresql, ("postgresql",)),
        ("LibreOffice", libreoffice, ("libreoffice-writer-nogui", "libreoffice-calc-nogui")),
    )
    lean_chromium()
    wanted = {name: packages for name, here, packages in needed if not here()}
    if wanted and may_install() is not None:
        try:
            from_debian(
                f"Installing {' and '.join(wanted)} from Debian", [one for few in wanted.values() for one in few]
            )
        except Trouble as trouble:
            print(f"  {trouble}", file=sys.stderr)
    return [name for name, here, _packages in needed if not here()]


def lean_chromium() -> None:
    """Debian's Chromium without windows, where it may be installed; where not, the whole one does as well."""
    debian = Path("/etc/os-release").exists() and "\nID=debian" in f"\n{Path('/etc/os-release').read_text()}"
    if os.environ.get("SAFEBOARD_CHROMIUM") or Path(LEAN_CHROMIUM).exists() or not debian or may_install() is None:
        return
    try:
        from_debian("Installing Chromium without windows from Debian", ["chromium-headless-shell"])
    except Trouble:
        say("  Chromium without windows is not to be had: the journeys take the whole one, and longer")


def chromium() -> bool:
    """Whether a Chromium is here (SAFEBOARD_CHROMIUM names one elsewhere)."""
    named = os.environ.get("SAFEBOARD_CHROMIUM")
    return any(Path(path).exists() for path in ([named] if named else CHROMIUM))


def postgresql() -> bool:
    """Whether PostgreSQL's own programs are here: Debian keeps them off the path."""
    return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))


def libreoffice() -> bool:
    """Whether LibreOffice is here, with which tests open what the product hands out."""
    return shutil.which("soffice") is not None
