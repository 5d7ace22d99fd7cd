"""Vega, in a process of its own, which also makes a drawing fit for a page.

It holds 80 MB for good once it has drawn, hangs in a process that was forked after its first use, and ends the whole
process at some inputs. None of that shall happen to one that answers people. What it draws is taken apart and put
together again (:mod:`shapes`) on that side too: of a drawing of many dots, one that answers people only gets the text.
"""

from multiprocessing.connection import Connection
from typing import Any

from safeboard.core.beside import Beside, answer

IDLE = 60.0  # seconds without a drawing after which the process ends
PATIENCE = 60.0  # seconds that a drawing may take


class NotDrawn(ValueError):
    """Vega cannot draw this, or ended while it drew, or took too long."""


class Vega(Beside):
    """Draws one picture at a time."""

    def __init__(self) -> None:
        super().__init__(__name__, patience=PATIENCE, failed=NotDrawn)

    def svg(self, spec: dict[str, Any], **named: str) -> str:
        """The drawing of a Vega-Lite specification, with nothing in it but what `shapes.tidy` keeps.

        ``named``: the title, description and prefix that it gives to the drawing. Raises NotDrawn.
        """
        drawn: str = self.ask("svg", spec, **named)
        return drawn

    def png(self, svg: str, scale: float) -> bytes:
        """A drawing as a PNG file; ``scale``: pixels for one of the drawing's. Raises NotDrawn."""
        drawn: bytes = self.ask("png", svg, scale=scale)
        return drawn


def main() -> None:
    """Draw until nothing is asked for any more."""
    import vl_convert

    from .shapes import tidy

    def svg(spec: dict[str, Any], **named: str) -> str:
        return tidy(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), **named)

    answer(Connection(0), {"svg": svg, "png": vl_convert.svg_to_png}, idle=IDLE)


if __name__ == "__main__":
    main()
