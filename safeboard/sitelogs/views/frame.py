"""What the pages of this room share: their parts, finding records, saying what the rules refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Access, require

from .. import queries
from ..errors import Refused, Stopped
from ..models import LogSetting, Question

BOTH = ("GET", "POST")
PARTS = (
    ("home", "sitelogs.see", lambda: _("Questions")),
    ("reviews", "sitelogs.see", lambda: _("Random reviews")),
    ("state", "sitelogs.see", lambda: _("The archive")),
    ("clearances", "sitelogs.see", lambda: _("Who may ask")),
)


def frame(request: HttpRequest, current: str, **more: Any) -> dict[str, Any]:
    """The context that every page of the room needs."""
    parts = [
        {"text": words(), "href": reverse(f"sitelogs:{name}"), "current": name == current}
        for name, permission, words in PARTS
        if request.access.can(permission)
    ]
    return {"parts": parts, **more}


def find_question(access: Access, pk: int) -> Question:
    """A question that this person may open; 404 for every other."""
    try:
        return queries.find_question(access, pk)
    except Question.DoesNotExist:
        raise Http404("no such question") from None


def find_log(access: Access, key: str, permission: str = "") -> LogSetting:
    """A filter of the own agency; 404 for every other, 403 where they may not do this with it."""
    try:
        log = queries.find_log(access, key)
    except LogSetting.DoesNotExist:
        raise Http404("no such filter") from None
    if permission:
        require(access, permission, log)
    return log


def saved(form: BaseForm, call: Callable[[], Any]) -> bool:
    """Do it, and whether it was done. What the rules refuse stands in the form as an error, beside what was typed."""
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def refused(request: HttpRequest, why: Exception, *, back: str) -> HttpResponse:
    """The page that says why nothing is answered; nothing was lost."""
    context = frame(request, "home", why=str(why), back=back)
    return render(request, "sitelogs/refused.html", context, status=503 if isinstance(why, Stopped) else 403)
