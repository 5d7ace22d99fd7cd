"""Putting a pack together. The same files, facts and key give the same bytes."""

from __future__ import annotations

import hashlib
import importlib.resources
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, cast

from safeboard.core import keys

MANIFEST, SIGNATURE, PUBLIC_KEY, VERIFIER = "manifest.json", "manifest.sig", "public-key.txt", "verify.py"
FORMAT = "safeboard evidence pack 1"
DATED = (2000, 1, 1, 0, 0, 0)  # of the files within the archive: what counts is in the manifest


def signed_pack(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """A ZIP of these files by path, with the manifest, its signature, the public key, and the script that checks them.

    ``about`` goes into the manifest: values that JSON takes. Signed with the installation's checkpoint key (Ed25519).
    """
    whole = {**files, **_helps()}
    listed = [_line(path, content) for path, content in sorted(whole.items())]
    return _zipped(whole | _sealing(listed, about))


class Streamed:
    """The same pack, given out while it is made: for what is too large to be held as a whole.

    ``add`` each file, giving on what it yields; ``close`` once at the end. No path may be added twice.
    """

    def __init__(self) -> None:
        self._tray = _Tray()
        self._archive = zipfile.ZipFile(cast(BinaryIO, self._tray), "w", zipfile.ZIP_DEFLATED)
        self._paths: set[str] = set()
        self._listed: list[dict[str, Any]] = []

    def add(self, path: str, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Write a file of these parts; yields what of the archive is ready. ValueError for a path that is there."""
        if path in self._paths:
            raise ValueError(f"{path} is in the pack already")
        self._paths.add(path)
        digest, size = hashlib.sha256(), 0
        with self._archive.open(_head(path), "w", force_zip64=True) as file:
            for part in parts:
                digest.update(part)
                size += len(part)
                file.write(part)
                yield from self._tray.taken()
        self._listed.append({"path": path, "size": size, "sha256": digest.hexdigest()})
        yield from self._tray.taken()

    def close(self, about: Mapping[str, Any]) -> Iterator[bytes]:
        """Write the manifest and what belongs to it; yields the rest of the archive."""
        for path, content in _helps().items():
            yield from self.add(path, [content])
        for path, content in _sealing(sorted(self._listed, key=lambda line: line["path"]), about).items():
            self._archive.writestr(_head(path), content)
        self._archive.close()
        yield from self._tray.taken()


class _Tray:
    """What a ZIP is written to: it cannot be wound back, and is emptied as it goes on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> Iterator[bytes]:
        parts, self._parts = self._parts, []
        if parts:
            yield b"".join(parts)


def _helps() -> dict[str, bytes]:
    """What lies in each pack to check it with."""
    script = (importlib.resources.files("safeboard.documents.pack") / VERIFIER).read_bytes()
    return {PUBLIC_KEY: f"{keys.public_bytes().hex()}\n".encode(), VERIFIER: script}


def _sealing(listed: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, bytes]:
    """The manifest of these files, and its signature."""
    manifest = {"format": FORMAT, "public_key": keys.public_bytes().hex(), **about, "files": listed}
    text = (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    signature = keys.signing_key().sign(text).hex()
    return {MANIFEST: text, SIGNATURE: f"sha256 {hashlib.sha256(text).hexdigest()}\ned25519 {signature}\n".encode()}


def _line(path: str, content: bytes) -> dict[str, Any]:
    return {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(_head(path), content)
    return box.getvalue()


def _head(path: str) -> zipfile.ZipInfo:
    head = zipfile.ZipInfo(path, DATED)
    head.compress_type = zipfile.ZIP_DEFLATED
    return head
