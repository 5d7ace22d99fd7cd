"""How long a session lasts; whoever's session ended comes back to the same page after signing in."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from safeboard.core import kept

from .choices import Ended

OPENED, SEEN = "opened_at", "seen_at"  # in the session: seconds since 1970
STEP = 60  # seconds after which "seen" is written again: not at every request


class SessionLimits:
    """Ends a session that was idle or open for too long, or whose account was closed or changed.

    Stands after AuthenticationMiddleware. Pages marked with a permission then lead to sign-in, with a kind word;
    every other page goes on for somebody who is not signed in. What is answered in a session is kept by no browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = SESSION_KEY in request.session
        why = ended(request)
        if why:
            request.session_ended = why.value  # type: ignore[attr-defined]
            logout(request)
        response = self.get_response(request)
        if own and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Lead on to sign-in where the session ended and the page needs one."""
        why = getattr(request, "session_ended", None)
        mark = getattr(view, "page_mark", None)
        if why is None or mark is None or mark.permission is None:
            return None
        return to_sign_in(request, why)


def ended(request: HttpRequest) -> Ended | None:
    """Why the session of this request is over, or None. Notes when the person was last seen."""
    if SESSION_KEY not in request.session:
        return None
    if not request.user.is_authenticated:
        return Ended.CLOSED
    now = int(time.time())
    opened, seen = request.session.get(OPENED, 0), request.session.get(SEEN, 0)
    if now - opened >= settings.SESSION_LIMIT:
        return Ended.LIMIT
    if now - seen >= settings.SESSION_IDLE_LIMIT:
        return Ended.IDLE
    if now - seen >= STEP:
        request.session[SEEN] = now
    return None


def to_sign_in(request: HttpRequest, why: str) -> HttpResponse:
    """The way to sign in and back: to this page where it was only read, else to the page with the form."""
    place = request.get_full_path()
    asked_by_htmx = request.headers.get("HX-Request") == "true"
    if (asked_by_htmx or request.method not in {"GET", "HEAD"}) and not kept.keep(request, kept.ENDED):
        place = _page_before(request)
    query = {"ended": why} | ({"next": place} if place else {})
    address = f"{reverse(settings.LOGIN_URL)}?{urlencode(query)}"
    if asked_by_htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_before(request: HttpRequest) -> str:
    """The path of the page that this was sent from, where it is one of ours."""
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if page.netloc != request.get_host():
        return ""
    return page.path + (f"?{page.query}" if page.query else "")
