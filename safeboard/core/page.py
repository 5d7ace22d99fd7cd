"""The page decorator: signs in, finds the place, checks the role, marks the view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from . import kept
from .uploads import UploadTest, refused

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class PageMark:
    """What a view declares about who may reach it; the guards read it."""

    permission: str | None
    methods: tuple[str, ...]
    reason: str = ""
    uploads: UploadTest | None = None


def page(
    permission: str, *, methods: Sequence[str] = ("GET",), uploads: UploadTest | None = None
) -> Callable[[View], View]:
    """Mark a view as a page for signed-in people who carry ``permission`` in the place they act in.

    Anonymous: to sign in. No second factor where the role needs one: to set it up. No place: to choose one.
    No permission: 403. Another agency's record is the view's own look-up behind the wall: 404. ``uploads`` is asked
    whether files may be received (see core.uploads); without it none are. What was posted by somebody who is signed
    out, or is in another place by now, is kept for them (see core.kept).
    """

    def decorate(view: View) -> View:
        mark = PageMark(permission=permission, methods=_with_head(methods), uploads=uploads)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in mark.methods:
                return _not_allowed(request, mark.methods)
            if not request.user.is_authenticated:
                kept.keep(request, kept.ENDED)
                return redirect_to_login(request.get_full_path())
            access = request.access
            if access.needs_second_factor and not access.extras.get("second_factor"):
                kept.keep(request, kept.FACTOR)
                return redirect_to_login(request.get_full_path(), login_url=reverse("accounts:second-factor-needed"))
            if access.place is None:
                return redirect("accounts:no-place")
            elsewhere = kept.take(request) or (kept.astray(request) if request.method == "POST" else None)
            if elsewhere:
                return elsewhere
            if not access.can(permission):
                raise PermissionDenied(permission)
            if request.method == "POST" and mark.uploads is None and refused(request):
                messages.warning(request, _("A file came with what you sent. It was refused unread; no copy was kept."))
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        guarded.page_mark = mark  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_page(*, reason: str, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Mark a view as open to anyone, signed in or not, with the reason why that is right."""

    def decorate(view: View) -> View:
        mark = PageMark(permission=None, methods=_with_head(methods), reason=reason)

        @wraps(view)
        def unguarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in mark.methods:
                return _not_allowed(request, mark.methods)
            return view(request, *args, **kwargs)

        unguarded.page_mark = mark  # type: ignore[attr-defined]
        return unguarded

    return decorate


def _not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """405, with a page for somebody who opened or reloaded an address that only takes what a form sends."""
    if request.method != "GET":
        return HttpResponseNotAllowed(methods)
    response = render(request, "405.html", status=405)
    response["Allow"] = ", ".join(methods)
    return response


def _with_head(methods: Sequence[str]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods else tuple(methods)
