"""Pages that hold nothing confidential come compressed: on a slow telephone a chart is whole in half the time.

How long a compressed page is tells a little of what stands in it, to somebody who can put words of their own into it
again and again and watch the line (BREACH, 2013). Cookies that other sites cannot send along and random bytes in each
answer make that very slow; for case text, and for secrets such as recovery codes, that is not enough. So a room has
to be named here: one in which no model has a confidential field. Of other rooms those pages are, on which figures
stand and nothing that somebody wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

ROOMS = frozenset({"charts", "partnership"})
PAGES = frozenset(
    {"accessibility", "help", "home", "privacy"}
    | {"insight:agencies", "insight:dashboard", "insight:ours", "insight:picture"}
)


class CompressedMiddleware(GZipMiddleware):
    """Compresses those pages for browsers that take it; nothing else, least of all files."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where it may be; see above."""
        match = request.resolver_match
        may_be = match is not None and (match.namespace in ROOMS or match.view_name in PAGES)
        if may_be and isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        return response
