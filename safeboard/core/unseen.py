"""Pages on which nobody is seen: what could tell who sent something is taken away before anything can write it down.

This stands before every other middleware. For the paths in ``UNSEEN`` it takes the sender's address, the name of
the browser, cookies, the page before, and every other header but a few harmless ones, out of the request. What is
not there can be neither stored, logged, reported with an error, nor mailed. The answer sets no cookie and is kept
by no browser. Below ``/survey/`` one cookie may pass, and no other: the mark that a device has answered a survey,
which says the same on every device.

Limits need to know whether many requests come from one place. All that is left for them is a bucket: an HMAC of the
address under random bytes that live in this process alone and are thrown away each hour (``Counter``).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.utils.cache import add_never_cache_headers

UNSEEN = ("/worry/", "/survey/")
# The one cookie that may pass, by the beginning of the path.
MARKS = {"/survey/": "answered"}
# All that is left of what the browser sent: how to answer, in which language, and where the service is.
LEFT = frozenset(
    {"HTTP_HOST", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING"}
    | {"HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT"}
)
TAKEN = ("REMOTE_ADDR", "REMOTE_HOST", "REMOTE_PORT", "REMOTE_USER", "REMOTE_IDENT")
SIGNED = re.compile(r"[\w:.-]{1,300}")
HOUR = 60 * 60


class Counter:
    """How often something was done from one place within an hour, without knowing the place. Lives in one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._hour, self._key = -1, b""
        self._counts: dict[tuple[str, str], int] = {}

    def bucket(self, address: str) -> str:
        """A name for the place that holds for this hour, in this process, and says nothing of the address."""
        with self._lock:
            self._turn()
            return hmac.new(self._key, address.encode(), hashlib.sha256).hexdigest()

    def take(self, what: str, bucket: str, *, each: int, in_all: int) -> bool:
        """Count one more, and whether it is within the limits of this place and of all places together."""
        with self._lock:
            self._turn()
            mine, every = self._counts.get((what, bucket), 0), self._counts.get((what, ""), 0)
            if mine >= each or every >= in_all:
                return False
            self._counts[what, bucket], self._counts[what, ""] = mine + 1, every + 1
            return True

    def forget(self) -> None:
        """Begin anew: for tests."""
        with self._lock:
            self._hour = -1

    def _turn(self) -> None:
        hour = int(self._clock() // HOUR)
        if hour != self._hour:
            self._hour, self._key, self._counts = hour, secrets.token_bytes(32), {}


COUNTER = Counter()


class UnseenMiddleware:
    """Takes away what could tell who asks, on the paths in UNSEEN."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(UNSEEN):
            return self.get_response(request)
        request.bucket = bucket_of(request)  # type: ignore[attr-defined]
        mark = next((name for start, name in MARKS.items() if request.path_info.startswith(start)), "")
        kept = _cookie(request, mark)
        _take_away(request)
        if kept:
            request.META["HTTP_COOKIE"] = f"{mark}={kept}"
        response = self.get_response(request)
        for name in set(response.cookies) - {mark}:
            del response.cookies[name]
        response["Referrer-Policy"] = "no-referrer"
        add_never_cache_headers(response)
        return response


def bucket_of(request: HttpRequest) -> str:
    """The bucket of where a request comes from, for the limits of a page that anybody may ask for."""
    return COUNTER.bucket(_address(request))


def _address(request: HttpRequest) -> str:
    """Where the request comes from; behind proxies of ours, what the outermost of them saw."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _cookie(request: HttpRequest, name: str) -> str:
    """The value of that cookie; '' without one, or where it is none that we sign."""
    found = parse_cookie(request.META.get("HTTP_COOKIE", "")).get(name, "") if name else ""
    return found if SIGNED.fullmatch(found) else ""


def _take_away(request: HttpRequest) -> None:
    for name in [name for name in request.META if name.startswith("HTTP_") and name not in LEFT]:
        del request.META[name]
    for name in TAKEN:
        request.META.pop(name, None)
