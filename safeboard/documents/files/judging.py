"""What a file is, and whether it is taken."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .paper import check_pdf
from .pictures import check_jpeg, check_png
from .plain import check_text
from .unfit import Unfit
from .word import check_docx

LARGEST = 5_000_000  # bytes of one file


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: how it begins, how its name ends, and what makes sure that it is nothing else."""

    media_type: str
    called: str
    starts: bytes
    endings: tuple[str, ...]
    check: Callable[[bytes], None]


@dataclass(frozen=True)
class Judged:
    """What a file was found to be; ``name`` is safe to show."""

    name: str
    media_type: str
    ending: str


PDF = Kind("application/pdf", "PDF", b"%PDF-", (".pdf",), check_pdf)
PNG = Kind("image/png", "PNG", b"\x89PNG\r\n\x1a\n", (".png",), check_png)
JPEG = Kind("image/jpeg", "JPEG", b"\xff\xd8\xff", (".jpg", ".jpeg"), check_jpeg)
TEXT = Kind("text/plain", "TXT", b"", (".txt", ".csv", ".log"), check_text)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD = Kind(DOCX, "DOCX", b"PK\x03\x04", (".docx",), check_docx)
TAKEN = (PDF, PNG, JPEG, TEXT)
ENDINGS = {ending: kind for kind in TAKEN for ending in kind.endings}

# How files begin that are not taken, and what their sender is told.
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
)
OFFICE_NAMES = re.compile(
    r"\.(?:do[ct][xm]?|xl[stab][xmb]?|pp[ts][xm]?|od[tspg]|rtf|pages|numbers|key)$", re.IGNORECASE
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"GIF8", b"RIFF", b"BM", b"II*\x00", b"MM\x00*")
# The file with which scanners are tried out; put together, so that no scanner takes this module for it.
TEST_VIRUS = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
LONGEST_NAME = 120


def judge(name: str, content: bytes, *, word: bool = False) -> Judged:
    """What a file is, by its content. Raises Unfit where it is not taken; nothing of it is kept here.

    With ``word`` a Word file without anything that runs or is fetched is taken too; it is never evidence.
    """
    if not content:
        raise Unfit("empty", _("The file is empty: it has 0 bytes."))
    if len(content) > LARGEST:
        raise Unfit("large", _("The file is larger than 5 MB."))
    if TEST_VIRUS in content.replace(b"\0", b""):
        raise Unfit("malware", _("The file is one that virus scanners are tested with. It was refused."))
    if word and content.startswith(WORD.starts) and name.lower().endswith(WORD.endings):
        WORD.check(content)
        return Judged(shortened(name, WORD.endings[0]), WORD.media_type, WORD.endings[0])
    kind = _kind(name, content)
    ending = next((one for one in ENDINGS if name.lower().endswith(one)), "")
    if ending not in kind.endings:
        words = _("The name of the file does not fit its content, which is %(kind)s. Rename it to end in %(ending)s.")
        raise Unfit("name", words % {"kind": kind.called, "ending": kind.endings[0]})
    kind.check(content)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit("two_files", _("There is an archive within the file, behind what it shows."))
    return Judged(shortened(name, ending), kind.media_type, ending)


def shortened(name: str, ending: str) -> str:
    """The name without the signs that no system allows in one, at most LONGEST_NAME long, its ending kept."""
    stem = re.sub(r'[\x00-\x1f/\\:*?"<>|]+', "_", name[: -len(ending)]).strip(" .") or "file"
    return stem[: LONGEST_NAME - len(ending)] + ending


def _kind(name: str, content: bytes) -> Kind:
    for kind in (PDF, PNG, JPEG):
        if content.startswith(kind.starts):
            return kind
    if content.startswith(OLE) or OFFICE_NAMES.search(name):
        raise Unfit("office", _("Office files are not taken: they can carry programs. Save it as PDF and add that."))
    if content.startswith(ARCHIVES):
        words = _("Archives are not taken: what lies in them cannot be checked. Add the files one by one.")
        raise Unfit("archive", words)
    if content.startswith(PICTURES) or content[4:8] == b"ftyp":
        raise Unfit("kind", _("This kind of picture or film is not taken. Save a picture as PNG or JPEG and add that."))
    if b"\0" in content or not any(name.lower().endswith(ending) for ending in TEXT.endings):
        raise Unfit("kind", _("Only PDF, PNG, JPEG and plain text files (.txt, .csv, .log) are taken."))
    return TEXT
