"""HTML as PDF for print: posters and reports, readable by screen readers (PDF/UA-1)."""

import importlib.resources
import io
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.utils.html import escape

HERE = "packaged:///"
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


@cache
def unpacked(font: bytes) -> bytes:
    """A packed font (WOFF2) as TrueType, unpacked once in a process: each document would spend half its time on it."""
    from fontTools.ttLib.woff2 import decompress

    plain = io.BytesIO()
    decompress(io.BytesIO(font), plain)
    return plain.getvalue()


def stylesheet() -> str:
    return (importlib.resources.files("safeboard.documents") / "print.css").read_text("utf-8")


def render_pdf(html: str, *, title: str, lang: str = "en") -> bytes:
    """A PDF/UA-1 document of HTML body content (or a whole page, whose head is kept and completed).

    `title` is shown by readers as the name of the document; `lang` is its language. Nothing is fetched: pictures
    are inline SVG, or static files as `packaged:///...`. What a document asks for beyond that is left out.
    The first document takes a few seconds, so long reports belong in the queue.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    if not LANGUAGE.match(lang):
        raise ValueError(f"{lang!r} is no language tag.")
    fetcher = make_fetcher()
    page = whole_page(html, title=title, lang=lang)
    faces = FontConfiguration()
    sheet = CSS(string=stylesheet(), url_fetcher=fetcher, font_config=faces)
    return HTML(string=page, url_fetcher=fetcher, base_url=HERE).write_pdf(
        stylesheets=[sheet], font_config=faces, pdf_variant="pdf/ua-1", pdf_forms=False
    )


def make_fetcher() -> object:
    """A fetcher that opens no connection: it knows `packaged` alone."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Packaged(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> object:
            kind, content = packaged(url)
            if kind == "font/woff2":
                kind, content = "font/ttf", unpacked(content)
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return Packaged()


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
