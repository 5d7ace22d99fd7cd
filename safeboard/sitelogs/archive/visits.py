"""Which lines are likely visits of a page, told from what pages load by themselves. A hint, never proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from .question import Row

if TYPE_CHECKING:
    from .archive import Archive

QUIET = timedelta(seconds=2)
RULE = (
    "A line is marked as a likely visit when it asked for a page (GET, or a tunnel to a secure site), was answered or "
    "blocked, does not end like a picture, script, style, font or piece of film, and the same device had asked for "
    "nothing on another host in the two seconds before. Pages load adverts, counters and widgets by themselves within "
    "seconds: these are not marked. It is a hint: two pages opened quickly look like one."
)
LOADED = re.compile(
    r"\.(?:js|mjs|css|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|map|json|xml|mp[34]|m4s|ts|webm|m3u8)(?:[?#]|$)",
    re.I,
)
PAGES = ("GET", "CONNECT", "")


def likely_visits(rows: Sequence[Row], archive: Archive) -> set[tuple[str, int]]:
    """The (segment, line) of those of the rows that are likely visits, by :data:`RULE`."""
    found = set()
    for row in rows:
        if may_be_page(row) and not any(
            other.host != row.host for other in archive.before(row, QUIET) if other.host and may_load(other)
        ):
            found.add((row.segment, row.line))
    return found


def may_be_page(row: Row) -> bool:
    """Whether a line could be a page that somebody asked for."""
    answered = row.blocked or row.status is None or row.status < 400 or row.status == 0
    return row.method in PAGES and answered and not LOADED.search(row.url)


def may_load(row: Row) -> bool:
    """Whether a line could be the page that loads others."""
    return row.method in PAGES
