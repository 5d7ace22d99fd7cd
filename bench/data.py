"""The large database: made once, kept, and copied for each run, so that every run begins with the same rows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MADE = ".made"


@dataclass(frozen=True)
class Size:
    """How much the large database holds."""

    agencies: int
    incidents: int

    def __str__(self) -> str:
        return f"{self.agencies}-{self.incidents}"


@dataclass(frozen=True)
class Database:
    """A copy that may be written to: its name, and the variables that lead the settings to it."""

    name: str
    variables: dict[str, str]

    def environment(self) -> dict[str, str]:
        """The environment of a process that works with it."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SAFEBOARD_")}
        kept.pop("DATABASE_URL", None)
        return {
            **kept,
            **self.variables,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "safeboard.web.settings",
        }

    def call(self, *words: str) -> str:
        """Run a program of the virtual environment and give back what it printed."""
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]], cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, text=True
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(words)} failed")
        return done.stdout


@contextmanager
def copy_of(name: str, size: Size, keep: Path) -> Iterator[Database]:
    """A copy of the large database of that name, made first where it is missing, and removed at the end."""
    keep.mkdir(parents=True, exist_ok=True)
    static = {"SAFEBOARD_STATIC": str(keep / "static")}
    if name == "sqlite":
        whole, copy = keep / f"sqlite-{size}", keep / "sqlite-copy"
        make(Database(name, {"SAFEBOARD_HOME": str(whole), **static}), whole, size)
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(whole, copy)
        yield Database(name, {"SAFEBOARD_HOME": str(copy), **static})
        shutil.rmtree(copy, ignore_errors=True)
    else:
        yield from _postgres(size, keep, static)


def _postgres(size: Size, keep: Path, static: dict[str, str]) -> Iterator[Database]:
    from tests.support.postgres import start_postgres

    server = start_postgres(keep=keep / "postgres").rsplit("/", 1)[0]
    home, whole = keep / f"postgres-{size}", f"large_{size}".replace("-", "_")
    variables = {"SAFEBOARD_HOME": str(home), **static}
    if not (home / MADE).exists():
        _ask(server, f"DROP DATABASE IF EXISTS {whole}", f"CREATE DATABASE {whole}")
    make(Database("postgres", {**variables, "DATABASE_URL": f"{server}/{whole}"}), home, size)
    _ask(server, "DROP DATABASE IF EXISTS copy", f"CREATE DATABASE copy TEMPLATE {whole}")
    yield Database("postgres", {**variables, "DATABASE_URL": f"{server}/copy"})
    _ask(server, "DROP DATABASE copy WITH (FORCE)")


def _ask(server: str, *statements: str) -> None:
    import psycopg

    address = server.replace("postgres://", "postgresql://", 1)
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def make(database: Database, home: Path, size: Size) -> None:
    """Fill a database: tables, packs, the county, the released figures. Done once."""
    database.call("safeboard", "collectstatic", "--noinput", "--verbosity", "0")
    if (home / MADE).exists():
        database.call("safeboard", "migrate", "--check")
        return
    if database.name == "sqlite":
        shutil.rmtree(home, ignore_errors=True)
    begun = time.monotonic()
    print(f"{database.name}: making {size.incidents} incidents; this is done once", file=sys.stderr)
    for words in (
        ("migrate", "--verbosity", "0"),
        ("createcachetable",),
        ("content", "publish"),
        ("generate", "--agencies", str(size.agencies), "--incidents", str(size.incidents)),
        ("release",),
    ):
        database.call("safeboard", *words)
    database.call("python", "-m", "bench.settle")
    (home / MADE).write_text(f"{time.monotonic() - begun:.0f} s\n")
