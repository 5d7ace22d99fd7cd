"""`dev.py test`: set up, then every check, one line each as it ends, and the output of those that failed."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from toolchain import programs, setup
from toolchain.running import has_command
from toolchain.steps import COUNT, PYTHON, ROOT, VENV, beside, environment, say

BIN = VENV / "bin"
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
    setup.part_of_python()  # may be of Debian, which installs one thing at a time
    debian = beside(setup.pango if given.fast else programs.install)
    setup.everything(dev=True)
    if given.tests or more:
        debian()
        command = [str(PYTHON), "-m", "pytest", *given.tests, *more]
        return subprocess.call(command, cwd=ROOT, env=environment(test_environment()))
    with tempfile.TemporaryDirectory(prefix="safeboard-checks-") as scratch:
        return everything(Path(scratch), begun, debian, fast=given.fast)


def everything(scratch: Path, begun: float, debian: Callable[[], None], *, fast: bool) -> int:
    """Every check: pytest on both cores and, beside it, the others one after the other: journeys leave them room.

    ``debian`` waits for Debian's packages, which the tests need and most of the others do not.
    """
    say("Safeboard: checking")
    checks = still_checks(scratch)
    with ThreadPoolExecutor(1) as one_by_one:
        started = [one_by_one.submit(check.run) for check in checks]
        debian()
        say(f"  {COUNT.done} steps done, {COUNT.unchanged} as they were: {time.monotonic() - begun:.1f} s")
        missing = [] if fast else programs.missing()
        for name in missing:
            say(f"  {name} is not here and may not be installed: what needs it is left out")
        if not fast and "PostgreSQL" not in missing:
            checks.append(tests_on_postgres())
            started.append(one_by_one.submit(checks[-1].run))
        tests = all_tests(journeys=not fast and "Chromium" not in missing).run()
        for check in started:
            check.result()
    failed = [check for check in (tests, *checks) if check.code]
    for check in failed:
        say(f"\n--- {check.name} ---\n{check.output.rstrip()}\n")
    if missing and os.environ.get("CI"):
        say(f"Failed: {' and '.join(missing)} must be here for continuous integration")
    bad = [check.name for check in failed]
    say(f"{'Failed: ' + ', '.join(bad) if bad else 'All is well'} ({time.monotonic() - begun:.0f} s)")
    say(closing_line(tests.output) or "no test ran")
    return 1 if bad or (missing and os.environ.get("CI")) else 0


def all_tests(*, journeys: bool) -> Check:
    """The tests, on both cores."""
    marks = "not nightly" if journeys else "not nightly and not journey"
    return Check("tests", [PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", marks], test_environment())


def tests_on_postgres() -> Check:
    """Those tests that are about the database, on the other one."""
    words = [PYTHON, "-m", "pytest", "-m", "postgres and not nightly and not journey"]
    on_postgres = test_environment() | {"SAFEBOARD_TEST_POSTGRES": "1"}
    return Check("tests on PostgreSQL", words, on_postgres, none_is_well=True)


def still_checks(scratch: Path) -> list[Check]:
    """The checks beside the tests that need nothing of Debian's, the quickest first."""
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
