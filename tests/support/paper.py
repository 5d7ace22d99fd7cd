"""A PDF as it is read: its words, by the tables with which it says what its letters are, and its tags."""

from __future__ import annotations

import io
import re
from typing import Any

from pikepdf import Array, Dictionary, Pdf, String, parse_content_stream

LETTERS = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")


def words_of(content: bytes) -> str:
    """All words of a PDF, without the spaces between them: lines break where they will."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return "".join("".join(_said(page).split()) for page in pdf.pages)


def tags_of(content: bytes) -> set[str]:
    """The kinds of its structure elements, where it is marked as tagged."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        elements = (one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == "/StructElem")
        return {str(one.S) for one in elements}


def _said(page: Any) -> str:
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    said, letters = [], {}
    for operands, operator in parse_content_stream(page, "Tf Tj TJ"):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
            continue
        texts = operands[0] if isinstance(operands[0], Array) else [operands[0]]
        codes = b"".join(bytes(text) for text in texts if isinstance(text, String))
        said += [letters.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)]
    return "".join(said)


def _letters(font: Any) -> dict[bytes, str]:
    """What each of a font's codes stands for."""
    found = LETTERS.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}
