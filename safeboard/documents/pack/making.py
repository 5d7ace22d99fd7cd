"""Putting a pack together. The same files, facts and key give the same bytes."""

from __future__ import annotations

import hashlib
import importlib.resources
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from safeboard.core import keys

MANIFEST, SIGNATURE, PUBLIC_KEY, VERIFIER = "manifest.json", "manifest.sig", "public-key.txt", "verify.py"
FORMAT = "safeboard evidence pack 1"
DATED = (2000, 1, 1, 0, 0, 0)  # of the files within the archive: what counts is in the manifest


def signed_pack(files: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """A ZIP of these files by path, with the manifest, its signature, the public key, and the script that checks them.

    ``about`` goes into the manifest: values that JSON takes. Signed with the installation's checkpoint key (Ed25519).
    """
    public = keys.public_bytes().hex()
    script = (importlib.resources.files("safeboard.documents.pack") / VERIFIER).read_bytes()
    whole = {**files, PUBLIC_KEY: f"{public}\n".encode(), VERIFIER: script}
    listed = [_line(path, content) for path, content in sorted(whole.items())]
    manifest = {"format": FORMAT, "public_key": public, **about, "files": listed}
    text = (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    signature = keys.signing_key().sign(text).hex()
    whole[MANIFEST] = text
    whole[SIGNATURE] = f"sha256 {hashlib.sha256(text).hexdigest()}\ned25519 {signature}\n".encode()
    return _zipped(whole)


def _line(path: str, content: bytes) -> dict[str, Any]:
    return {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, DATED), content, zipfile.ZIP_DEFLATED)
    return box.getvalue()
