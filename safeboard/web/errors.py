"""Pages for what went wrong: what happened, whether anything was lost, what to do.

A form that comes without its token is answered by core.kept, with the template 403_csrf.html.
"""

from __future__ import annotations

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404

from . import failures
from .trimmed import leads_to

log = logging.getLogger(__name__)
BARE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Something went wrong - Safeboard</title></head>'
    "<body><main><h1>Something went wrong here</h1><p>It is our fault, not yours. What was saved before is safe. "
    "Go back and try again. If a child is in danger now, ring 999.</p></main></body></html>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be understood; 413 where it was larger than is read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "web/errors/413.html", status=413)
    return render(request, "web/errors/400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person's role in this place does not open that page."""
    return render(request, "web/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or one that is another agency's; the two look the same. On from an address cut short."""
    if isinstance(exception, Resolver404) and request.method in ("GET", "HEAD") and (to := leads_to(request)):
        return redirect(to)
    return render(request, "web/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, and 503 where the disk or the database is the cause. Works without either, and says nothing of why."""
    error = sys.exc_info()[1]
    if error is not None and failures.is_passing(error):
        return failures.try_again(request, error)
    try:
        return HttpResponse(render_to_string("web/errors/500.html"), status=500)
    except Exception:  # whatever broke the page may break its templates too
        log.error("The page for errors could not be made", exc_info=True)
        return HttpResponse(BARE, status=500)
