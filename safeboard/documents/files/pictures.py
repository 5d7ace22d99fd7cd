"""Pictures, looked at from outside: their parts are counted, their size is read, nothing is decoded.

PNG: ISO/IEC 15948. JPEG: ITU-T T.81, annex B.
"""

from __future__ import annotations

import struct
import zlib

from django.utils.translation import gettext as _

from .plain import has_markup
from .unfit import Unfit

MOST_PIXELS = 64_000_000
LONGEST_SIDE = 20_000
PADDING = b"\0\r\n"
MOST_PADDING = 4096

DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # of PNG, by colour type
MOVING = (b"acTL", b"fcTL", b"fdAT")
ONCE = (b"IHDR", b"PLTE", b"IEND")

SOI, EOI, SOS, TEM = 0xD8, 0xD9, 0xDA, 0x01
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
RESTARTS = range(0xD0, 0xD8)


def check_png(content: bytes) -> None:
    """Raise Unfit where it is broken, moves, would be too large once drawn, or has something behind its end."""
    at, names = 8, []
    while at < len(content):
        if at + 12 > len(content):
            raise _broken()
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content) or not name.isalpha():
            raise _broken()
        if zlib.crc32(content[at + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            raise _broken()
        if not names:
            _check_head(name, content[at + 8 : end - 4])
        names.append(name)
        at = end
        if name == b"IEND":
            break
    if names[-1:] != [b"IEND"] or b"IDAT" not in names or any(names.count(name) > 1 for name in ONCE):
        raise _broken()
    if any(name in MOVING for name in names):
        raise Unfit("kind", _("Moving pictures are not taken. Save a still of it."))
    _check_rest(content, at)


def _check_head(name: bytes, head: bytes) -> None:
    if name != b"IHDR" or len(head) != 13:
        raise _broken()
    width, height, depth, colour, packing, filters, interlace = struct.unpack(">IIBBBBB", head)
    if depth not in DEPTHS.get(colour, ()) or packing or filters or interlace > 1:
        raise _broken()
    _check_size(width, height)


def check_jpeg(content: bytes) -> None:
    """Raise Unfit where it is broken, would be too large once drawn, or has something behind its end."""
    at, frames, scans = 2, 0, 0
    while True:
        marker, at = _marker(content, at)
        if marker == EOI:
            break
        if marker in RESTARTS or marker in (SOI, TEM):
            raise _broken()
        length = struct.unpack_from(">H", content, at)[0] if at + 2 <= len(content) else 0
        if length < 2 or at + length > len(content):
            raise _broken()
        body, at = content[at + 2 : at + length], at + length
        _check_part(marker, body)
        if marker in FRAMES:
            frames += 1
        if marker == SOS:
            scans += 1
            at = _end_of_scan(content, at)
    if frames != 1 or not scans:
        raise _broken()
    _check_rest(content, at)


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker at a place, and what comes after it; fill bytes are passed over."""
    if content[at : at + 1] != b"\xff":
        raise _broken()
    while content[at : at + 1] == b"\xff":
        at += 1
    if at >= len(content) or content[at] == 0:
        raise _broken()
    return content[at], at + 1


def _check_part(marker: int, body: bytes) -> None:
    if marker in FRAMES:
        if len(body) < 6 or len(body) != 6 + 3 * body[5]:
            raise _broken()
        height, width = struct.unpack_from(">HH", body, 1)
        _check_size(width, height)
    if marker == 0xE0 and body.startswith(b"JFIF\0") and (len(body) < 14 or len(body) != 14 + 3 * body[12] * body[13]):
        raise _broken()


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the pixels of a scan end: at the first marker that is neither a restart nor a stuffed byte."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _broken()
        if content[at + 1] == 0xFF:
            at += 1
        elif content[at + 1] == 0 or content[at + 1] in RESTARTS:
            at += 2
        else:
            return at


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise _broken()
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        words = _("The picture says that it is %(width)s by %(height)s points: that is more than any page shows.")
        raise Unfit("pixels", words % {"width": f"{width:,}", "height": f"{height:,}"})


def _check_rest(content: bytes, at: int) -> None:
    rest = content[at:]
    if len(rest) > MOST_PADDING or rest.strip(PADDING):
        words = _(
            "There is more behind the end of the picture, such as a film or an archive. Save it as a plain picture."
        )
        raise Unfit("two_files", words)
    if has_markup(content):
        raise Unfit("active", _("There is a script or a page within the picture."))


def _broken() -> Unfit:
    return Unfit("broken", _("The picture is broken or cut off. Save it again, or send it from the device again."))
