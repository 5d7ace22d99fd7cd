"""Steps that say what they do, remember what they were done for, and explain in plain English when they fail."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATIC_BUILD = ROOT / "safeboard" / "web" / "static" / "build"
VAR = ROOT / "var"

# What a tool's output says when something outside this folder is missing, and what to tell the person.
CAUSES = (
    (
        ("no space left on device", "enospc", "database or disk is full"),
        "The disk is full. Nothing is lost: make some room and run the same command again.",
    ),
    (
        (
            "temporary failure in name resolution",
            "failed to lookup address",
            "dns error",
            "could not resolve",
            "enotfound",
            "eai_again",
            "econnrefused",
            "network is unreachable",
            "failed to fetch",
            "error sending request",
            "failed to establish a new connection",
            "no matching distribution found",
            "operation timed out",
        ),
        "The package registry cannot be reached. Check the network (and the proxy, if there is one), then run the "
        "same command again: what is already there is kept.",
    ),
    (
        ("permission denied", "eacces", "read-only file system"),
        "A file or folder may not be written. Check who owns this folder, then run the same command again.",
    ),
)


class Trouble(Exception):
    """Something that stops the work, in words for the person at the keyboard."""


@dataclass
class Count:
    """How many steps were done and how many were still good."""

    done: int = 0
    unchanged: int = 0


COUNT = Count()
_beside = threading.local()  # ``lines``: what the steps of this thread say, to be printed when they are waited for


def say(line: str = "") -> None:
    """Print a line at once."""
    _print(line + "\n")


def _print(words: str) -> None:
    lines = getattr(_beside, "lines", None)
    if lines is None:
        print(words, end="", flush=True)
    else:
        lines.append(words)


def beside(*steps: Callable[[], object]) -> Callable[[], None]:
    """Begin some steps beside those that follow. What is given back waits for them, and raises what they raised."""
    lines: list[str] = []

    def all_of_them() -> None:
        _beside.lines = lines
        for act in steps:
            act()

    pool = ThreadPoolExecutor(1)
    done = pool.submit(all_of_them)

    def wait() -> None:
        pool.shutdown()
        _print("".join(lines))
        done.result()

    return wait


def digest(inputs: Iterable[Path | str]) -> str:
    """One SHA-256 over texts, files and folders (every file in them, by path and content)."""
    total = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            total.update(b"text\0" + item.encode())
            continue
        for path in sorted(files_in(item)):
            total.update(b"file\0" + str(path.relative_to(ROOT)).encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def files_in(item: Path) -> list[Path]:
    """The file itself, or every file below a folder; nothing where there is none. Compiled Python is left out."""
    if item.is_file():
        return [item]
    return [path for path in item.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def step(title: str, inputs: Iterable[Path | str], stamp: Path, act: Callable[[], object]) -> bool:
    """Do ``act`` unless ``stamp`` shows that it was done for the same inputs. Gives back whether it was done.

    The stamp lies inside what the step makes, so that deleting that makes the step run again.
    """
    inputs = list(inputs)
    if unchanged(inputs, stamp):
        COUNT.unchanged += 1
        return False
    always(title, act)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest(inputs) + "\n")
    return True


def unchanged(inputs: Iterable[Path | str], stamp: Path) -> bool:
    """Whether the stamp shows that its step was done for the same inputs."""
    return stamp.is_file() and stamp.read_text().strip() == digest(inputs)


def always(title: str, act: Callable[[], object]) -> None:
    """Do ``act`` and print one line: what it does, and when it is done how long it took."""
    _print(f"  {title} ...")
    begun = time.monotonic()
    try:
        act()
    except OSError as error:
        say(" stopped")
        raise Trouble(reason_of(error)) from error
    except BaseException:
        say(" stopped")
        raise
    say(f" {time.monotonic() - begun:.1f} s")
    COUNT.done += 1


def reason_of(error: OSError) -> str:
    """The words for an error of the operating system."""
    if error.errno == errno.ENOSPC:
        return CAUSES[0][1]
    return f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")


def tool(command: Sequence[str | Path], *, env: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run a tool quietly and give its output; Trouble with the cause and its last lines where it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except FileNotFoundError as error:
        raise Trouble(f"The program {words[0]} is not here.") from error
    if done.returncode:
        raise Trouble(explained(words, done.stdout))
    return done.stdout


def explained(words: Sequence[str], output: str) -> str:
    """Why a tool failed: a cause that is known, and the last lines it printed."""
    last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-25:])
    for signs, cause in CAUSES:
        if any(sign in output.lower() for sign in signs):
            return f"{cause}\n\n  {' '.join(words[:4])} said:\n{last}"
    return f"This did not work: {' '.join(words)}\n{last}"


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """The environment for what is started: ours, with compiled Python kept, so that the next start is quick."""
    given = dict(os.environ)
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    given.pop("PYTHONHOME", None)
    given.pop("PYTHONPATH", None)
    return given | {"VIRTUAL_ENV": str(VENV), "PYTHONUTF8": "1"} | (more or {})


def may_install() -> list[str] | None:
    """How to become root without a question: nothing needed, ``sudo -n``, or None where it is not allowed."""
    if os.geteuid() == 0:
        return []
    try:
        allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        return None
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def from_debian(title: str, packages: Sequence[str]) -> bool:
    """Install Debian's packages where that may be done; gives back whether it was done."""
    become = may_install()
    if become is None or not Path("/usr/bin/apt-get").exists():
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    patient = ["-o", "DPkg::Lock::Timeout=120"]  # seconds: a new machine may be installing something by itself
    apt = [*become, "env", *(f"{key}={value}" for key, value in quiet.items()), "apt-get", "-qq", *patient]

    def install() -> None:
        tool([*apt, "update"])
        tool([*apt, "install", "-y", "--no-install-recommends", *packages])

    always(title, install)
    return True


def fail(trouble: Trouble) -> None:
    """Print what stopped the work, for a person."""
    sys.stdout.flush()
    print(f"\nSafeboard stopped. {trouble}", file=sys.stderr, flush=True)
