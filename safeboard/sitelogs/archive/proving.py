"""Proof that the evidence is what was taken in: the manifest's chain, each segment's hash, the index's files."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from .index import Index
from .manifest import BrokenManifest, Manifest, Segment
from .sealing import Altered, Keys, Sealed
from .store import Store
from .values import Fault


def verify(store: Store, keys: Keys, only: Collection[int] | None = None) -> Iterator[Fault]:
    """Every fault, the first segment's first."""
    try:
        manifest = Manifest(store.manifest)
    except BrokenManifest as error:
        yield Fault("", str(error))
        return
    for number, segment in sorted(manifest.segments.items()):
        if number in manifest.disposed or (only is not None and number not in only):
            continue
        if why := wrong(store, keys, segment):
            yield Fault(segment.name, why)
    if only is not None:
        for number in sorted(set(only) - set(manifest.segments)):
            yield Fault(f"{number:08d}", "The manifest does not know this segment.")
        return
    if missing := Index(store).missing():
        yield Fault("", f"{len(missing)} parts of the index lack a file; they are made again from the evidence.")


def wrong(store: Store, keys: Keys, segment: Segment) -> str:
    """Why a segment does not hold; "" where it does."""
    path = store.segment(segment.number)
    if not path.exists():
        return "Its file is gone."
    found, size = hashlib.sha256(), 0
    try:
        for piece in Sealed(path, segment.name, keys).plain():
            found.update(piece)
            size += len(piece)
    except Altered as error:
        return f"It was altered: {error}."
    if size != segment.bytes or found.hexdigest() != segment.sha256:
        return "Its lines are not those that were taken in: their hash is another."
    return ""
