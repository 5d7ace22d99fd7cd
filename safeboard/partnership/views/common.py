"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from safeboard.core.access import require

from .. import queries
from ..models import Agency, Board


def own_board(request: HttpRequest) -> Board:
    """The board acted for; 404 elsewhere."""
    board = queries.board_of(request.access) if request.access.board_id else None
    if board is None:
        raise Http404
    return board


def agency_or_404(request: HttpRequest, pk: int, permission: str = "partnership.see_agency") -> Agency:
    """An agency that can be seen in this place; 404 for any other, 403 where the role does not do."""
    agency = get_object_or_404(Agency.objects.select_related("home_board"), pk=pk)
    require(request.access, permission, agency)
    return agency


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Show what an operation refused beside its field, or at the top where the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def form_page(request: HttpRequest, form: BaseForm, *, title: str, back: str, **context: Any) -> HttpResponse:
    """A page with one form: its title, where 'Back' leads, the button's word (``button``), and an introduction."""
    words = {"button": _("Save"), **context, "form": form, "title": title, "back": back}
    return render(request, "partnership/form.html", words)
