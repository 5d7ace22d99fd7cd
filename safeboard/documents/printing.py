"""The process that prints: HTML becomes PDF in it. It loads WeasyPrint, and nothing of Django's.

It opens no connection and no file: whatever a document wants it asks from the process that wants the document printed.
"""

from __future__ import annotations

import io
import logging
from functools import cache
from multiprocessing.connection import Connection

from fontTools.ttLib.woff2 import decompress
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from safeboard.core.beside import answer, wanted

HERE = "packaged:///"
IDLE = 300.0  # seconds without a document after which the process ends


class NotGiven(ValueError):
    """A document asked for something that it may not have."""


@cache
def unpacked(font: bytes) -> bytes:
    """A packed font (WOFF2) as TrueType, unpacked once in a process: each document would spend half its time on it."""
    plain = io.BytesIO()
    decompress(io.BytesIO(font), plain)
    return plain.getvalue()


class Packaged(URLFetcher):
    """A fetcher that opens no connection: it asks the other side, which knows the product's own files alone."""

    def __init__(self, line: Connection) -> None:
        super().__init__()
        self.line = line

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The type and content of a file of the product. Raises NotGiven for all else."""
        kind, content = wanted(self.line, url)
        if not kind:
            raise NotGiven(content)
        if kind == "font/woff2":
            kind, content = "font/ttf", unpacked(content)
        return URLFetcherResponse(url, content, {"Content-Type": kind})


class Printer:
    """Prints whole pages of HTML with a style sheet."""

    def __init__(self, line: Connection) -> None:
        self.fetcher = Packaged(line)

    def pdf(self, page: str, style: str) -> bytes:
        """The document, PDF/UA-1."""
        faces, sheet = self._style(style)
        made: bytes = self._html(page).write_pdf(
            stylesheets=[sheet], font_config=faces, pdf_variant="pdf/ua-1", pdf_forms=False
        )
        return made

    def pages(self, page: str, style: str) -> int:
        """How many sheets it takes."""
        faces, sheet = self._style(style)
        laid_out: Document = self._html(page).render(stylesheets=[sheet], font_config=faces)
        return len(laid_out.pages)

    def _html(self, page: str) -> HTML:
        return HTML(string=page, url_fetcher=self.fetcher, base_url=HERE)

    def _style(self, style: str) -> tuple[FontConfiguration, CSS]:
        faces = FontConfiguration()
        return faces, CSS(string=style, url_fetcher=self.fetcher, font_config=faces)


def main() -> None:
    """Print until nothing is asked for any more."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    line = Connection(0)
    printer = Printer(line)
    answer(line, {"pdf": printer.pdf, "pages": printer.pages}, idle=IDLE)


if __name__ == "__main__":
    main()
