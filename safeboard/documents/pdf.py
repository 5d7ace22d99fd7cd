"""HTML as PDF for print: posters and reports, readable by screen readers (PDF/UA-1).

:mod:`printing` makes them, in a process beside the one that wants them; docs/adr/0015 says why.
"""

import importlib.resources
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.utils.html import escape

from safeboard.core.beside import Beside

HERE = "packaged:///"
PATIENCE = 600.0  # seconds that a document may take
STATIC_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")


class Refused(ValueError):
    """A document asked for something that is not part of the product."""


class NotPrinted(RuntimeError):
    """A document cannot be printed; or the process that prints ended, or took too long."""


def packaged(url: str) -> tuple[str, bytes]:
    """Type and content of a static file of the product: `packaged:///fonts/name.woff2`. Refused for all else.

    No address is ever asked and no other file is read, whatever the document says.
    """
    if not url.startswith(HERE) or len(url) > 300:
        raise Refused("A document may use nothing but the product's own static files.")
    name = unquote(urlsplit(url).path).lstrip("/")
    kind = STATIC_TYPES.get(Path(name).suffix.lower())
    parts = name.split("/")
    if not kind or ".." in parts or "\\" in name or "\x00" in name:
        raise Refused("A document may use nothing but the product's own static files.")
    found = finders.find(name)
    if not found:
        raise Refused(f"There is no static file called {name}.")
    return kind, Path(found).read_bytes()


def stylesheet() -> str:
    return (importlib.resources.files("safeboard.documents") / "print.css").read_text("utf-8")


def render_pdf(html: str, *, title: str, lang: str = "en") -> bytes:
    """A PDF/UA-1 document of HTML body content (or a whole page, whose head is kept and completed).

    `title` is shown by readers as the name of the document; `lang` is its language. Nothing is fetched: pictures
    are inline SVG, or static files as `packaged:///...`. What a document asks for beyond that is left out.
    It is printed in a process beside this one, one at a time; the first takes a few seconds, so long reports belong in
    the queue. Raises NotPrinted.
    """
    if not LANGUAGE.match(lang):
        raise ValueError(f"{lang!r} is no language tag.")
    made: bytes = printer.ask("pdf", whole_page(html, title=title, lang=lang), stylesheet())
    return made


def pages_of(html: str) -> int:
    """How many sheets a whole page takes. Raises NotPrinted."""
    return int(printer.ask("pages", html, stylesheet()))


def _given(url: str) -> tuple[str, bytes | str]:
    """The type and content of what a document wants; no type, and why, where it may not have it."""
    try:
        return packaged(url)
    except Refused as why:
        return "", str(why)


printer = Beside("safeboard.documents.printing", patience=PATIENCE, failed=NotPrinted, give=_given)


def whole_page(html: str, *, title: str, lang: str) -> str:
    """Body content in a page with its language and name; a whole page gets what it lacks of the two."""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    if not re.search(r"<html\b", html, re.IGNORECASE):
        return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{html}</body></html>'
    if not re.search(r"<html\b[^>]*\blang=", html, re.IGNORECASE):
        html = re.sub(r"<html\b", f'<html lang="{lang}"', html, count=1, flags=re.IGNORECASE)
    if not re.search(r"<title\b", html, re.IGNORECASE):
        html = re.sub(
            r"(<html\b[^>]*>\s*(<head\b[^>]*>)?)",
            lambda m: m.group(1) + (head if m.group(2) else f"<head>{head}</head>"),
            html,
            count=1,
            flags=re.IGNORECASE,
        )
    return html
