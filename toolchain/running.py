"""`dev.py run`: set up, make the database, load the demonstration, and hand over to the processes."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from argparse import Namespace
from pathlib import Path

from toolchain import setup
from toolchain.steps import (
    COUNT,
    PYTHON,
    ROOT,
    STATIC_BUILD,
    VAR,
    VENV,
    Trouble,
    beside,
    digest,
    environment,
    files_in,
    say,
    step,
    tool,
)

COMMAND = VENV / "bin" / "safeboard"
ROOMS = ROOT / "safeboard"
LOOPBACK = "127.0.0.1"
PEOPLE = """
import django; django.setup()
from safeboard.accounts import queries
for person, role in queries.people_to_try(): print(f"{person.name:<28} {role:<36} {person.email}")
"""
LOADING = ".demonstration-is-loading"


def run(given: Namespace) -> None:
    """Set up what is missing, then become the process that keeps the web server and the worker."""
    begun = time.monotonic()
    port = chosen_port()
    say("Safeboard: making ready (the first time takes about a minute; the next time, a moment)")
    setup.python(dev=False)
    pdf = setup.pango()
    home = VAR / ("live" if given.empty else "demo")
    if given.fresh and home.exists():
        set_aside(home)
    settings = settings_for(home, port, demonstration=not given.empty)
    looks_are_there = beside(setup.pages, lambda: static_files(settings))
    database(home, settings)
    if not given.empty:
        demonstration(home, settings)
    looks_are_there()
    took = time.monotonic() - begun
    say(f"  {COUNT.done} steps done, {COUNT.unchanged} as they were: {took:.1f} s")
    ready = VAR / "ready.txt"
    ready.write_text(greeting(home, port, given, pdf=pdf), encoding="utf-8")
    worker = [] if has_command("worker") else ["--no-worker"]
    words = [PYTHON, "-m", "safeboard.web.processes", "--port", port, "--ready", ready, *worker]
    os.chdir(ROOT)
    os.execve(PYTHON, [str(word) for word in words], environment(settings))


def chosen_port() -> int:
    """PORT, or 8000; Trouble where it is no port or another program has it."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(f"PORT is {text!r}: it has to be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, int(text)))
        except PermissionError:
            raise Trouble(f"Port {text} is kept for the system. Choose one above 1023: PORT=8000") from None
        except OSError:
            other = int(text) + 1 if int(text) < 65535 else 8000
            raise Trouble(
                f"Port {text} is in use by another program (perhaps Safeboard itself, in another window). "
                f"Choose another one: PORT={other} python3 dev.py run"
            ) from None
    return int(text)


def settings_for(home: Path, port: int, *, demonstration: bool) -> dict[str, str]:
    """The variables that the settings read.

    The demonstration takes nothing from the surroundings: no database, no keys and no mail server of a real one.
    """
    if demonstration:
        for name in [name for name in os.environ if name.startswith("SAFEBOARD_") or name == "DATABASE_URL"]:
            del os.environ[name]
    return {
        "DJANGO_SETTINGS_MODULE": "safeboard.web.settings",
        "SAFEBOARD_HOME": str(home),
        "SAFEBOARD_DEMO": "1" if demonstration else "",
        "SAFEBOARD_ADDRESS": os.environ.get("SAFEBOARD_ADDRESS") or f"http://{LOOPBACK}:{port}",
    }


def has_command(name: str) -> bool:
    """Whether a room has the management command."""
    return any(ROOMS.glob(f"*/management/commands/{name}.py"))


def static_files(settings: dict[str, str]) -> None:
    """Collect the static files in var/static, with the names and the small copies the server wants."""
    target = VAR / "static"
    inputs = [*ROOMS.glob("*/static"), setup.LOCK, STATIC_BUILD / ".stamp"]

    def collect() -> None:
        tool([COMMAND, "collectstatic", "--noinput", "--clear", "--verbosity", "0"], env=settings)

    step("Collecting the static files", inputs, target / ".stamp", collect)


def database(home: Path, settings: dict[str, str]) -> None:
    """The tables, and the content packs published in them."""
    if (home / LOADING).exists():
        shutil.rmtree(home)  # it was stopped half-way: nobody has used it
    home.mkdir(parents=True, exist_ok=True)
    migrations = sorted(ROOMS.glob("*/migrations"))
    if settings["SAFEBOARD_DEMO"] and rewritten(home, migrations):
        say("  The tables of the demonstration were redrawn since it was made: it is made anew.")
        set_aside(home)
        home.mkdir(parents=True)

    def migrate() -> None:
        tool([COMMAND, "migrate", "--noinput", "--verbosity", "0"], env=settings)
        tool([COMMAND, "createcachetable", "--verbosity", "0"], env=settings)
        (home / ".migrations.json").write_text(json.dumps(written(migrations)))

    place = os.environ.get("DATABASE_URL", "")
    step("Making the tables of the database", [*migrations, setup.LOCK, place], home / ".stamp-tables", migrate)
    if has_command("content"):
        packs = [ROOMS / "library", place]
        publish = lambda: tool([COMMAND, "content", "publish"], env=settings)  # noqa: E731
        step("Publishing the content packs", packs, home / ".stamp-content", publish)


def written(migrations: list[Path]) -> dict[str, str]:
    """Each migration with a digest of what it says."""
    files = [path for folder in migrations for path in files_in(folder) if path.name[:1].isdigit()]
    return {str(path.relative_to(ROOT)): digest([path]) for path in files}


def rewritten(home: Path, migrations: list[Path]) -> bool:
    """Whether a migration that the database has seen says something else now, or is gone."""
    seen = home / ".migrations.json"
    if not seen.is_file():
        return False
    now = written(migrations)
    return any(now.get(name) != was for name, was in json.loads(seen.read_text()).items())


def set_aside(home: Path) -> None:
    """Keep the last one beside it, for whoever typed something into it."""
    last = home.with_name(home.name + "-before")
    shutil.rmtree(last, ignore_errors=True)
    home.rename(last)
    say(f"  What was in {home.relative_to(ROOT)} is kept in {last.relative_to(ROOT)}.")


def demonstration(home: Path, settings: dict[str, str]) -> None:
    """The fictional county, loaded once."""
    if not has_command("demonstration"):
        return
    loading = home / LOADING

    def load() -> None:
        loading.touch()
        tool([COMMAND, "demonstration", "load"], env=settings)
        loading.unlink()

    step("Loading the demonstration: a fictional county", ["loaded"], home / ".stamp-demonstration", load)

    def people() -> None:
        (home / "people.txt").write_text(tool([PYTHON, "-c", PEOPLE], env=settings), encoding="utf-8")

    inputs = [ROOMS / "accounts" / "queries.py", home / ".stamp-demonstration"]
    step("Listing who can sign in", inputs, home / ".stamp-people", people)


def greeting(home: Path, port: int, given: Namespace, *, pdf: bool) -> str:
    """What is printed once the first page is there."""
    lines = ["", f"Safeboard is at http://{LOOPBACK}:{port}/   (Ctrl-C stops it)", ""]
    people = home / "people.txt"
    if not given.empty and people.is_file():
        where = f"http://{LOOPBACK}:{port}/demonstration/"
        lines += ["This is a demonstration: everybody in it is made up.", f"At {where} you can sign in as", ""]
        lines += [f"  {line}" for line in people.read_text(encoding="utf-8").splitlines()]
    elif given.empty:
        lines += ["Nobody can sign in yet. The first officer of a board gets a one-time link from", ""]
        address = "" if port == 8000 else f"SAFEBOARD_ADDRESS=http://{LOOPBACK}:{port} "
        lines += [f"  {address}.venv/bin/safeboard createboard"]
    if not pdf:
        lines += ["", "PDF documents need Pango: sudo apt install " + " ".join(setup.PANGO)]
    return "\n".join(lines) + "\n"
