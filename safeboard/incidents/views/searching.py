"""Search by words. The words are sent by POST and kept, sealed, in the session: never in an address.

An address stands in the browser's history, in bookmarks, and in the logs of what lies between: it holds a short random
mark instead, which means nothing outside this session.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core import words
from safeboard.core.page import page
from safeboard.core.sealed import CannotOpen, seal, unseal
from safeboard.core.text import tidy

BOX, LABEL = "searches", "safeboard.incidents.search"
MOST, LONGEST = 5, 200


@page("incidents.list", methods=("POST",))
def search(request: HttpRequest) -> HttpResponse:
    """Take the words, and go on to the list with their mark in the address beside the rest of the filter."""
    text = tidy(request.POST.get("words", "").replace("\0", ""))[:LONGEST].strip()
    given = request.GET.copy()
    for name in ("search", "page"):
        given.pop(name, None)
    if text and not words.asked(text):
        messages.info(request, _("These words are too short or too common to search for. Write others."))
    elif text:
        given["search"] = keep_words(request, text)
    else:
        given["view"] = given.get("view", "all")
    return redirect(f"{reverse('incidents:list')}?{given.urlencode()}")


def keep_words(request: HttpRequest, text: str) -> str:
    """Keep words for this session, sealed, and give their mark; the same words have the same one."""
    box = request.session.get(BOX, {})
    mark = next((mark for mark in box if kept_words(request, mark) == text), None) or secrets.token_urlsafe(6)
    box = {**{name: value for name, value in box.items() if name != mark}, mark: b64encode(seal(text, LABEL)).decode()}
    request.session[BOX] = dict(list(box.items())[-MOST:])
    return mark


def kept_words(request: HttpRequest, mark: str) -> str:
    """The words of a mark; '' where it is not of this session, or was let go for newer ones."""
    sealed = request.session.get(BOX, {}).get(mark) if mark else None
    try:
        return unseal(b64decode(sealed), LABEL) if sealed else ""
    except CannotOpen:
        return ""
