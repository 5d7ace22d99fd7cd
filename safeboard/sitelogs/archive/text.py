"""The bytes of a log as text."""

from __future__ import annotations

import codecs


def _percent(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(f"%{byte:02X}" for byte in error.object[error.start : error.end]), error.end


codecs.register_error("safeboard-percent", _percent)


def text_of(plain: bytes) -> str:
    """Bytes as text; bytes that are no UTF-8 as %XX, so that each line stays one line and nothing is lost."""
    return plain.decode("utf-8", errors="safeboard-percent")
