"""What somebody typed is kept for them when it arrives too late: signed out meanwhile, in another place, a stale page.

A form bears a signed mark (``{% form_token %}``) that says whose it is and for which place it was filled in. Where its
post cannot be taken now, the fields are sealed into the browser's own session for half an hour. They come back,
for the same account alone, when the page is opened again after signing in, as ``request.kept``; nothing is done with
them until the person sends the form again. A view takes them over with ``typed(request)``.
"""

from __future__ import annotations

import json
import time
from base64 import b64decode, b64encode
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from .access import Access
from .sealed import CannotOpen, seal, unseal
from .text import without_control, without_files

FIELD = "kept_for"  # the hidden field with the mark
BOX = "kept_form"  # in the session
SALT = "safeboard.core.kept"
SECONDS = 30 * 60
LARGEST = 1_000_000  # characters
NEVER = ("csrfmiddlewaretoken", FIELD)

ENDED, PLACE, STALE, FACTOR = "ended", "place", "stale", "factor"
_WORDS = {
    ENDED: lambda: _("You were signed out. Nothing you wrote was lost. Look it over, then send it again."),
    FACTOR: lambda: _("You are signed in now. Nothing you wrote was lost. Look it over, then send it again."),
    STALE: lambda: _(
        "This page was opened before you last signed in. Nothing you wrote was lost. Look it over, then send it again."
    ),
    PLACE: lambda: _(
        "You had changed to another place in another window. This page belongs to the place shown above, so you are "
        "back there. Nothing you wrote was lost. Look it over, then send it again."
    ),
}


def mark(access: Access | None) -> str:
    """The signed mark of a form: whose it is, and for which place. '' for nobody."""
    if access is None or access.person is None:
        return ""
    return signing.dumps([access.person.pk, access.place.key if access.place else ""], salt=SALT)


def owner_of(request: HttpRequest) -> tuple[int, str] | None:
    """Whose form was posted (id of the person, key of the place), or None where it bears no mark of ours."""
    try:
        person, place = signing.loads(request.POST.get(FIELD, ""), salt=SALT)
    except (BadSignature, ValueError, TypeError):
        return None
    return int(person), str(place)


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is to be filled with: the post, or what was kept of an earlier one; None where there is neither."""
    return request.POST if request.method == "POST" else getattr(request, "kept", None)


def keep(request: HttpRequest, why: str) -> bool:
    """Keep what was posted, where the form is ours, its page can be opened again, and it is nobody else's."""
    whose = owner_of(request) if request.method == "POST" and _opens_again(request) else None
    if whose is None or (request.user.is_authenticated and request.user.pk != whose[0]):
        return False
    named = [(name, values) for name, values in request.POST.lists() if name not in NEVER and "password" not in name]
    fields = [(name, without_control(without_files(value))) for name, values in named for value in values]
    text = json.dumps({"owner": whose[0], "place": whose[1], "fields": fields, "why": why})
    if len(text) > LARGEST:
        return False
    sealed = b64encode(seal(text, SALT)).decode()
    request.session[BOX] = {"path": request.path, "at": int(time.time()), "sealed": sealed}
    return True


def _opens_again(request: HttpRequest) -> bool:
    match = getattr(request, "resolver_match", None)
    page_mark = getattr(match.func, "page_mark", None) if match else None
    return page_mark is not None and page_mark.permission is not None and "GET" in page_mark.methods


def take(request: HttpRequest) -> HttpResponse | None:
    """Give back what was kept, as ``request.kept``, where this is the page and the person it belongs to.

    A response where the person has to be led back to the form's place first.
    """
    request.kept = None  # type: ignore[attr-defined]
    box = request.session.get(BOX)
    if box is None:
        return None
    found = _open(box)
    if found is None or found["owner"] != request.user.pk:
        del request.session[BOX]
        return None
    if request.method != "GET" or box["path"] != request.path:
        return None
    if to_place(request, found["place"]):
        return HttpResponseRedirect(request.get_full_path())
    del request.session[BOX]
    request.kept = _fields(found["fields"])  # type: ignore[attr-defined]
    messages.success(request, _WORDS[found["why"]]())
    return None


def _open(box: dict[str, Any]) -> dict[str, Any] | None:
    if time.time() - box["at"] > SECONDS:
        return None
    try:
        return json.loads(unseal(b64decode(box["sealed"]), SALT))
    except (CannotOpen, ValueError):
        return None


def _fields(pairs: list[list[str]]) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, value in pairs:
        fields.appendlist(name, value)
    fields._mutable = False
    return fields


def to_place(request: HttpRequest, key: str) -> bool:
    """Choose a place for the next request, where it is another of the person's own; whether it was."""
    access = request.access
    if access.place is None or key == access.place.key or key not in {place.key for place in access.places}:
        return False
    request.session["place"] = key
    return True


def astray(request: HttpRequest) -> HttpResponse | None:
    """The answer to a post whose form belongs to another account, or to another place of the person; else None."""
    whose = owner_of(request)
    if whose is None:
        return None
    if whose[0] != request.user.pk:
        messages.error(
            request,
            _("That page was opened by another account on this device. Nothing was changed. Open the page again."),
        )
        return HttpResponseRedirect("/")
    if to_place(request, whose[1]):
        keep(request, PLACE)
        return HttpResponseRedirect(request.get_full_path())
    return None


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a post with a stale token against forged posts: what was typed is kept where the form is ours."""
    signed_in = request.user.is_authenticated
    if not keep(request, STALE if signed_in else ENDED):
        return csrf_failure(request, reason=reason)
    return HttpResponseRedirect(request.get_full_path()) if signed_in else redirect_to_login(request.get_full_path())
