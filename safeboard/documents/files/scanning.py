"""The virus scanner: ClamAV's daemon, asked over its socket (its INSTREAM command), where one is set up."""

from __future__ import annotations

import enum
import socket
import struct

from django.conf import settings

CHUNK = 1 << 16
SECONDS = 8.0
LONGEST_ANSWER = 4096


class CannotScan(OSError):
    """A scanner is set up and does not answer as one: what was to be scanned is not taken."""


class Found(enum.Enum):
    """What the scanner says."""

    NOTHING = "nothing"
    MALWARE = "malware"
    NO_SCANNER = "no scanner"


def scan(content: bytes) -> Found:
    """What ClamAV says of these bytes; NO_SCANNER where ``settings.SAFEBOARD_CLAMD`` names none.

    The setting is ``unix:/run/clamav/clamd.ctl`` or ``host:3310``. Raises CannotScan where it does not answer.
    """
    where = settings.SAFEBOARD_CLAMD
    if not where:
        return Found.NO_SCANNER
    try:
        answer = _ask(where, content)
    except (OSError, ValueError) as error:
        raise CannotScan("the virus scanner does not answer") from error
    if answer.endswith(b" FOUND"):
        return Found.MALWARE
    if answer == b"stream: OK":
        return Found.NOTHING
    raise CannotScan("the virus scanner answered something else")


def _ask(where: str, content: bytes) -> bytes:
    with _connected(where) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            line.sendall(struct.pack(">I", len(part)) + part)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            more = line.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0\n")


def _connected(where: str) -> socket.socket:
    if where.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(where.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
