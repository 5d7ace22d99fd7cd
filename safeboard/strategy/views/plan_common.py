"""What the pages of the plan share: their sub-navigation, finding an action, doing what a form asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from ..errors import Refused
from ..models import Action
from ..queries.plan import visible_to

BOTH = ("GET", "POST")


def parts(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The pages of the plan that this person may open in the place acted in."""
    shown = [
        ("plan", _("Actions"), "see"),
        ("plan-mine", _("Mine"), "see"),
        ("plan-board", _("By state"), "see"),
        ("plan-time", _("Time line"), "see"),
        ("objectives", _("Objectives"), "see"),
        ("money", _("Time and money"), "money"),
        ("plan-calendar", _("Calendar"), "see"),
    ]
    return [
        {"text": text, "href": reverse(f"strategy:{name}"), "current": name == current}
        for name, text, permission in shown
        if request.access.can(f"strategy.{permission}")
    ]


def action_of(access: Access, key: UUID) -> Action:
    """The action of that key, where this person may know of it; else 404."""
    return get_object_or_404(visible_to(access).select_related("agency", "board", "owner", "objective"), key=key)


def own_action(access: Access, key: UUID) -> Action:
    """The same, where it is this place's to do: what a board asks an agency for is not the board's to change."""
    here = {"agency_id": access.agency_id} if access.agency_id else {"agency_id": None, "board_id": access.board_id}
    return get_object_or_404(
        visible_to(access).select_related("agency", "board", "owner", "objective"), key=key, **here
    )


def sent(request: HttpRequest, form: BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form was sent, is whole, and what it asks for was done; what the rules refuse stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def form_page(request: HttpRequest, form: BaseForm, **words: Any) -> HttpResponse:
    """A page with one form. words: heading, button, back, lead (a sentence above it), action, files (it takes some)."""
    return render(request, "strategy/plan_form.html", {"form": form, **words})
