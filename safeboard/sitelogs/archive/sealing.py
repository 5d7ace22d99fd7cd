"""Evidence at rest: lines in zstd, in chunks of about a megabyte, each sealed with AES-256-GCM.

A segment's file is ``SBLOGS1\\n``, the length and text of a small heading (the segment, the number of the key), the
chunks, and at the end their list, sealed too. A chunk is bound to its segment and place: none can be left out,
exchanged or repeated unseen. The keys are Safeboard's sealing keys and lie outside the archive.
"""

from __future__ import annotations

import json
import secrets
import struct
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"SBLOGS1\n"
CHUNK = 1_000_000
LEVEL = 3
NONCE = 12
TAIL = struct.Struct(">QI")
LENGTH = struct.Struct(">I")

Keys = Callable[[int], bytes]


class Altered(Exception):
    """The file of a segment is not what was sealed: altered, cut off, or its key is missing."""


@dataclass(frozen=True)
class Chunk:
    """Where a chunk lies in the file and which lines (from 1) it holds."""

    offset: int
    length: int
    first_line: int
    lines: int


def chunks_of(plain: bytes) -> Iterator[bytes]:
    """Whole lines, about a megabyte at a time."""
    start = 0
    while start < len(plain):
        end = start + CHUNK
        if end < len(plain):
            end = plain.find(b"\n", end) + 1 or len(plain)
        yield plain[start:end]
        start = end


def seal(file: BinaryIO, segment: str, plain: bytes, number: int, key: bytes) -> None:
    """Write a segment's file."""
    cipher, packer = AESGCM(key), zstandard.ZstdCompressor(level=LEVEL)
    heading = json.dumps({"segment": segment, "key": number}).encode()
    file.write(MAGIC + LENGTH.pack(len(heading)) + heading)
    offset = len(MAGIC) + LENGTH.size + len(heading)
    listed: list[Chunk] = []
    line = 1
    for at, piece in enumerate(chunks_of(plain)):
        body = _sealed(cipher, packer.compress(piece), f"{segment}:{at}")
        file.write(body)
        lines = piece.count(b"\n") + (not piece.endswith(b"\n"))
        listed.append(Chunk(offset, len(body), line, lines))
        offset, line = offset + len(body), line + lines
    body = _sealed(cipher, json.dumps([asdict(chunk) for chunk in listed]).encode(), f"{segment}:list")
    file.write(body + TAIL.pack(offset, len(body)))


def _sealed(cipher: AESGCM, plain: bytes, label: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + cipher.encrypt(nonce, plain, label.encode())


class Sealed:
    """A segment's file, opened. Every way of reading raises Altered where the file is not what was sealed."""

    def __init__(self, path: Path, segment: str, keys: Keys) -> None:
        self.path, self.segment = path, segment
        try:
            with path.open("rb") as file:
                self.key_number = self._heading(file)
                file.seek(-TAIL.size, 2)
                offset, length = TAIL.unpack(file.read())
                self._cipher = AESGCM(keys(self.key_number))
                file.seek(offset)
                self.chunks = [Chunk(**one) for one in json.loads(self._open(file.read(length), "list"))]
        except (OSError, ValueError, TypeError, KeyError, struct.error) as error:
            raise Altered(f"segment {segment} cannot be opened: {error}") from error

    def _heading(self, file: BinaryIO) -> int:
        if file.read(len(MAGIC)) != MAGIC:
            raise Altered(f"segment {self.segment} does not begin as a segment does")
        heading = json.loads(file.read(LENGTH.unpack(file.read(LENGTH.size))[0]))
        if heading["segment"] != self.segment:
            raise Altered(f"this file says that it is segment {heading['segment']}, not {self.segment}")
        return int(heading["key"])

    def _open(self, body: bytes, label: str) -> bytes:
        try:
            return self._cipher.decrypt(body[:NONCE], body[NONCE:], f"{self.segment}:{label}".encode())
        except InvalidTag as error:
            raise Altered(f"segment {self.segment} was altered ({label})") from error

    def _chunk(self, file: BinaryIO, at: int) -> bytes:
        chunk = self.chunks[at]
        file.seek(chunk.offset)
        packed = self._open(file.read(chunk.length), str(at))
        return zstandard.ZstdDecompressor().decompress(packed)

    def plain(self) -> Iterator[bytes]:
        """All lines as they came, a chunk at a time."""
        with self.path.open("rb") as file:
            for at in range(len(self.chunks)):
                yield self._chunk(file, at)

    def line(self, number: int) -> bytes:
        """One line (from 1) as it came, without its end. Raises LookupError where there is none."""
        for at, chunk in enumerate(self.chunks):
            if chunk.first_line <= number < chunk.first_line + chunk.lines:
                with self.path.open("rb") as file:
                    lines = self._chunk(file, at).split(b"\n")
                return lines[number - chunk.first_line]
        raise LookupError(f"segment {self.segment} has no line {number}")

    def some(self, numbers: list[int]) -> dict[int, bytes]:
        """Several lines, their numbers in order, each chunk opened once."""
        found: dict[int, bytes] = {}
        at = 0
        with self.path.open("rb") as file:
            for place, chunk in enumerate(self.chunks):
                end = chunk.first_line + chunk.lines
                if at == len(numbers) or numbers[at] >= end:
                    continue
                lines = self._chunk(file, place).split(b"\n")
                while at < len(numbers) and numbers[at] < end:
                    found[numbers[at]] = lines[numbers[at] - chunk.first_line]
                    at += 1
        return found
