"""Word's .docx, looked at from outside: nothing that runs, nothing that is fetched, nothing else packed within it.

ECMA-376 part 2: a package is a ZIP of parts; relationships say what each part reaches for.
"""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext as _

from ..damaged import DAMAGED
from .unfit import Unfit

MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MOST_PARTS = 2_000
MOST_BYTES = 60_000_000  # of all parts unpacked
PARTS = re.compile(r"\.(?:xml|rels|png|jpe?g|gif|emf|wmf|tiff?|odttf|ttf|fntdata)\Z", re.IGNORECASE)
RUNS = re.compile(r"vbaproject|vbadata|activex|/embeddings/|afchunk|macros", re.IGNORECASE)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']")
LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_docx(content: bytes) -> None:
    """Raise Unfit where it is broken, too large unpacked, runs something, or reaches for something outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            parts = {one.filename: one for one in box.infolist() if not one.is_dir()}
            _check_parts(parts)
            types = box.read("[Content_Types].xml")
            if MAIN not in types or "word/document.xml" not in parts:
                raise _broken()
            for name in parts:
                if name.lower().endswith((".xml", ".rels")):
                    _check_xml(name, box.read(name))
    except Unfit:
        raise
    except DAMAGED as why:
        raise _broken() from why


def _check_parts(parts: dict[str, zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts.values()) > MOST_BYTES:
        raise Unfit("unclear", _("The Word file is too large once it is unpacked. Save it as PDF and add that."))
    for name, one in parts.items():
        if one.flag_bits & 1 or ".." in name.split("/") or name.startswith("/"):
            raise _broken()
        if RUNS.search(name) or not PARTS.search(name):
            raise Unfit("active", _("There is a program or another file within it. Save it as PDF and add that."))


def _check_xml(name: str, text: bytes) -> None:
    if DECLARES.search(text):
        raise _broken()
    if not name.lower().endswith(".rels"):
        return
    for relation in RELATION.findall(text):
        if OUTSIDE.search(relation) and not LINK.search(relation):
            raise Unfit("active", _("The Word file fetches something from elsewhere. Save it as PDF and add that."))


def _broken() -> Unfit:
    return Unfit("broken", _("The Word file is broken or locked. Save it again, or save it as PDF and add that."))
