"""Vega, in a process of its own, which also makes a drawing fit for a page.

It holds 80 MB for good once it has drawn, hangs in a process that was forked after its first use, and ends the whole
process at some inputs. None of that shall happen to one that answers people. What it draws is taken apart and put
together again (:mod:`shapes`) on that side too: of a drawing of many dots, one that answers people only gets the text.
"""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from safeboard.core.beside import started

IDLE = 60.0  # seconds without a drawing after which the process ends
PATIENCE = 60.0  # seconds that a drawing may take


class NotDrawn(ValueError):
    """Vega cannot draw this, or ended while it drew."""


class Vega:
    """Draws one picture at a time; the process is started when it is first needed, and anew whenever it has ended."""

    def __init__(self) -> None:
        self.command = [sys.executable, "-m", __name__]
        self._none_yet()
        os.register_at_fork(after_in_child=self._none_yet)

    def _none_yet(self) -> None:
        self._lock = threading.Lock()
        self._line: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def svg(self, spec: dict[str, Any], **named: str) -> str:
        """The drawing of a Vega-Lite specification, with nothing in it but what `shapes.tidy` keeps.

        ``named``: the title, description and prefix that it gives to the drawing. Raises NotDrawn.
        """
        drawn: str = self._drawn("svg", spec, **named)
        return drawn

    def png(self, svg: str, scale: float) -> bytes:
        """A drawing as a PNG file; ``scale``: pixels for one of the drawing's. Raises NotDrawn."""
        drawn: bytes = self._drawn("png", svg, scale=scale)
        return drawn

    def _drawn(self, name: str, *given: Any, **named: Any) -> Any:
        with self._lock:
            for _time in range(2):  # it may have ended just then, because nothing was drawn for a while
                try:
                    why, drawn = self._answer(name, given, named)
                except (OSError, EOFError):
                    self._line = None
                    continue
                if why:
                    raise NotDrawn(why)
                return drawn
            raise NotDrawn("The process that draws ended, twice.")

    def _answer(self, *call: Any) -> tuple[str, Any]:
        if self._line is None:
            self._process, line = started(self.command)
            self._line = Connection(line.detach())
        self._line.send(call)
        if not self._line.poll(PATIENCE):
            self.stop()
            raise NotDrawn("It took too long to draw.")
        answer: tuple[str, Any] = self._line.recv()
        return answer

    def stop(self) -> None:
        """End the process; the next drawing starts another."""
        if self._process is not None:
            self._process.kill()
        self._line = self._process = None


def main() -> None:
    """Draw until nothing is asked for any more."""
    from xml.etree.ElementTree import ParseError

    import vl_convert

    from .shapes import tidy

    def svg(spec: dict[str, Any], **named: str) -> str:
        return tidy(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), **named)

    calls = {"svg": svg, "png": vl_convert.svg_to_png}
    line = Connection(0)
    with suppress(OSError, EOFError):  # whoever asked is gone
        while line.poll(IDLE):
            name, given, named = line.recv()
            try:
                answer = ("", calls[name](*given, **named))
            except (ValueError, ParseError) as why:
                answer = (str(why), None)
            line.send(answer)


if __name__ == "__main__":
    main()
