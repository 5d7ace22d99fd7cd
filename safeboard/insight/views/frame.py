"""What the pages of the room share: the board acted for, and their sub-navigation."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board


def board_of(access: Access) -> Board:
    """The board acted for. 404 elsewhere."""
    board = partnership.board_of(access)
    if board is None:
        raise Http404
    return board


def parts(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The pages of the picture that this person may open in the place acted in."""
    shown = [
        ("dashboard", _("Dashboard"), "picture"),
        ("picture", _("Incidents reported"), "picture"),
        ("indicators", _("Indicators"), "picture"),
        ("agencies", _("Every agency"), "picture"),
        ("neighbours", _("Other boards"), "picture"),
    ]
    return [
        {"text": text, "href": reverse(f"insight:{name}"), "current": name == current}
        for name, text, permission in shown
        if request.access.can(f"insight.{permission}")
    ]
