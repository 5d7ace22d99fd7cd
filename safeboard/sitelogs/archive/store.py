"""Where the archive lies, who may write to it, and how a file is written whole or not at all."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SPARE = 200_000_000  # bytes that stay free on the disk
ENCODED = 0.55  # of the plain bytes: what evidence, index and the work on them take at most, measured


class Busy(Exception):
    """Another process takes lines in or disposes of them just now."""


class DiskFull(Exception):
    """There is not enough room; nothing was begun."""


class Store:
    """The archive's folders. The index is made from the evidence: losing it loses nothing but time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.evidence = folder / "evidence"
        self.index = folder / "index"
        self.spool = folder / "index" / "_spool"
        self.manifest = self.evidence / "manifest.jsonl"
        self.state = self.index / "_state.json"
        self.settings = folder / "settings.json"
        for path in (self.evidence, self.index):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def segment(self, number: int) -> Path:
        """The file of a segment, a thousand to a folder."""
        return self.evidence / f"{number // 1000:05d}" / f"{number:08d}.sblogs"

    @contextmanager
    def lock(self, wait: float = 600.0) -> Iterator[None]:
        """Hold the archive for writing; another process waits its turn. Raises Busy after ``wait`` seconds."""
        with (self.folder / ".lock").open("w") as file:
            end = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError as error:
                    if time.monotonic() >= end:
                        raise Busy("Another process is writing to the archive. Try again when it is done.") from error
                    time.sleep(0.05)
            yield

    def sweep(self) -> None:
        """Remove what an interrupted writer left half-written. Only under the lock."""
        for path in (*self.evidence.glob("**/.new-*"), *self.index.glob("**/.new-*")):
            path.unlink()
        shutil.rmtree(self.spool, ignore_errors=True)

    def room_for(self, plain_bytes: int) -> None:
        """Raises DiskFull where lines of that many bytes will not fit."""
        free = shutil.disk_usage(self.folder).free
        needed = int(plain_bytes * ENCODED) + SPARE
        if free < needed:
            raise DiskFull(
                f"Taking these lines in needs about {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free. "
                "Nothing was taken; make room and try again."
            )


def new_name(path: Path) -> Path:
    """Where a file is written before it gets its name."""
    return path.with_name(f".new-{path.name}")


def sync_folder(path: Path) -> None:
    """Make the names in a folder last."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, through to the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = new_name(path)
    with scratch.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    scratch.rename(path)
    sync_folder(path.parent)


def put_json(path: Path, what: Any) -> None:
    """The same for JSON."""
    put(path, json.dumps(what, ensure_ascii=False, sort_keys=True).encode())


def get_json(path: Path, otherwise: Any) -> Any:
    """What a JSON file holds; ``otherwise`` where there is none."""
    return json.loads(path.read_bytes()) if path.exists() else otherwise
