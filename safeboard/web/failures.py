"""A full disk or a busy database: a page that keeps what was typed, and a line in the log that does not."""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

log = logging.getLogger(__name__)
SECRET = re.compile(r"pass|secret|token|csrf|otp|code", re.IGNORECASE)
FULL = {errno.ENOSPC, errno.EDQUOT}


class FailuresMiddleware:
    """Turns a failure that may pass by itself into the page that offers to send the same again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a passing failure; nothing for any other."""
        return try_again(request, exception) if is_passing(exception) else None


def is_passing(error: BaseException | None) -> bool:
    """Whether a failure comes from a full disk, or from a database or process that is locked, full or away."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if isinstance(error, ConnectionError):
            return True
        if isinstance(error, OperationalError | InterfaceError):
            return not re.search(r"no such|does not exist|syntax error", str(error))
        error = error.__cause__ or error.__context__
    return False


def try_again(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503 with the fields that were posted, to be sent again; passwords and codes are left out."""
    log.error("Could not save or read: %s at %s", _kind(error), request.path)
    kept = _posted(request)
    context = {
        "kept": kept,
        "posted": request.method == "POST",
        "files": bool(kept) and bool(request.FILES),
        "action": request.get_full_path(),
        "token": get_token(request) if kept else "",
    }
    response = HttpResponse(render_to_string("web/errors/503.html", context), status=503)
    response["Retry-After"] = "30"
    add_never_cache_headers(response)
    return response


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, where it is known that it came from a page of ours (its token was right)."""
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() if not SECRET.search(name) for value in values]
    except (RawPostDataException, UnreadablePostError):
        return []


def _kind(error: BaseException) -> str:
    """What failed, without its message: a message may quote what was being saved."""
    text = str(error).lower()
    known = next((words for words in ("locked", "full", "disk i/o", "connection", "read-only") if words in text), "")
    return f"{type(error).__name__}{f' ({known})' if known else ''}"
