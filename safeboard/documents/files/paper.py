"""PDF, looked at from outside: what runs, opens or carries other files is refused, and what cannot be looked into.

ISO 32000-1: names may be written with #xx (7.3.5), objects may lie compressed in object streams (7.5.7).
"""

from __future__ import annotations

import re
import zlib

from django.utils.translation import gettext as _

from .plain import has_markup
from .unfit import Unfit

VERSION = re.compile(rb"%PDF-[12]\.\d")
END = re.compile(rb"%%EOF[\s\x00]*\Z")
SNIFFED = 1024  # bytes that programs look at to guess what a file is

NAME_END = rb"(?![A-Za-z0-9_.#-])"
RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|XFA|RichMedia|Rendition|Movie|GoToE)" + NAME_END)
CARRIES = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment|Collection)" + NAME_END)
LOCKED = re.compile(rb"/Encrypt" + NAME_END)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")

STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
OBJECTS = re.compile(rb"/ObjStm" + NAME_END)
TYPE_ELSEWHERE = re.compile(rb"/(?:Type|Filter)\s+\d+\s+\d+\s+R\b")
FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/[A-Za-z0-9]+))")
PACKED = ([b"/FlateDecode"], [b"/Fl"])
LONGEST_HEAD = 4096  # bytes before a stream in which its dictionary stands
MOST_OF_ONE, MOST_OF_ALL = 20_000_000, 60_000_000  # bytes unpacked
MOST_STREAMS = 20_000


def check_pdf(content: bytes) -> None:
    """Raise Unfit where it is cut off, locked, runs something, carries files, or hides what is in it."""
    if not VERSION.match(content) or not END.search(content[-SNIFFED:]):
        raise Unfit("broken", _("The PDF is broken or cut off. Save it again, or print it to a new PDF."))
    if has_markup(content[:SNIFFED]):
        raise Unfit("active", _("There is a script or a page within the PDF."))
    _check_names(content)
    _check_objects(content)


def _check_names(text: bytes) -> None:
    """The names in a stretch of a PDF, in their plain form."""
    plain = ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text)
    if LOCKED.search(plain):
        raise Unfit("locked", _("The PDF is locked with a password. Print it to a new PDF and add that."))
    if CARRIES.search(plain):
        raise Unfit("carries", _("There are other files within the PDF. Print it to a new PDF and add that."))
    if RUNS.search(plain):
        raise Unfit("active", _("There is a program within the PDF. Print it to a new PDF and add that."))


def _check_objects(content: bytes) -> None:
    """The objects that lie compressed."""
    unpacked, last = 0, 0
    for number, found in enumerate(STREAM.finditer(content)):
        if number > MOST_STREAMS:
            raise _unclear()
        head = content[max(last, found.start() - LONGEST_HEAD) : found.start()]
        last = found.end()
        head = head[max(head.rfind(b" obj"), head.rfind(b"\nobj"), 0) :]
        head = ESCAPE.sub(lambda one: bytes([int(one[1], 16)]), head)
        if TYPE_ELSEWHERE.search(head):
            raise _unclear()
        if OBJECTS.search(head):
            text = _unpacked(content, found.end(), head)
            unpacked += len(text)
            if unpacked > MOST_OF_ALL:
                raise _unclear()
            _check_names(text)


def _unpacked(content: bytes, at: int, head: bytes) -> bytes:
    """An object stream in the clear. Raises Unfit where it is packed in a way that nobody needs."""
    filters = FILTERS.search(head)
    names = (filters[1] or filters[2] or b"").split() if filters else []
    if not names:
        end = content.find(b"endstream", at)
        return content[at : end if end >= 0 else len(content)]
    if names not in PACKED or b"/Predictor" in head:
        raise _unclear()
    box = zlib.decompressobj()
    try:
        text = box.decompress(content[at:], MOST_OF_ONE)
    except zlib.error:
        raise _unclear() from None
    if box.unconsumed_tail and not box.eof:
        raise _unclear()
    return text


def _unclear() -> Unfit:
    return Unfit("unclear", _("It cannot be told what is in this PDF. Print it to a new PDF and add that."))
