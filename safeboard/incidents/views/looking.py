"""What the pages of looking back share: their sub-navigation, and doing what a form asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ..errors import NamesStand, Refused

BOTH = ("GET", "POST")


def parts(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The pages of looking back that this person may open in the place acted in."""
    shown = [
        ("lessons", _("Lessons"), "see_lessons"),
        ("near-misses", _("Near misses"), "see_near_misses"),
        ("log-reviews", _("Review of the log"), "read_log_reviews"),
        ("serious-list", _("Serious incidents"), "see_serious"),
        ("board-reviews", _("Serious incidents"), "board_reviews"),
    ]
    return [
        {"text": text, "href": reverse(f"incidents:{name}"), "current": name == current}
        for name, text, permission in shown
        if request.access.can(f"incidents.{permission}")
    ]


def sent(request: HttpRequest, form: BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form was sent, is whole, and what it asks for was done."""
    return request.method == "POST" and form.is_valid() and kept(form, call)


def kept(form: BaseForm, call: Callable[[], Any]) -> bool:
    """Do it, and whether it was done. What the rules refuse stands in the form, beside what was typed."""
    try:
        call()
    except NamesStand as why:
        for name, places in why.places.items():
            words = ", ".join(f"“{words}”" for words in dict.fromkeys(place[1] for place in places))
            text = _("%(words)s could tell who it was. Write it without: what you wrote is still here.")
            form.add_error(name if name in form.fields else None, text % {"words": words})
        return False
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True
