"""Boards: the own one, and for administrators all of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.library import queries as library

from .. import operations, queries
from ..forms import BoardForm, DutyPointForm, NewBoardForm
from ..models import Board
from .common import add_errors, form_page, own_board


@page("partnership.see_board")
def board(request: HttpRequest) -> HttpResponse:
    """The own board: what it is called, its agencies by kind, what is missing in the register."""
    found = own_board(request)
    counts = queries.seats_by_kind(found)
    kinds = [(title, counts.get(kind, 0)) for kind, title in library.choices(found.pack, "agency-kinds")]
    missing = [(name, count) for name, count in queries.missing_counts(found).items()]
    duty_point = next((one for one in queries.possible_duty_points(found) if one.pk == found.duty_point_id), None)
    context = {
        "board": found,
        "duty_point": duty_point,
        "kinds": kinds,
        "missing": missing,
        "total": sum(counts.values()),
        "pack": library.pack(found.pack).about,
        "may_keep": request.access.can("partnership.keep_board", found),
    }
    return render(request, "partnership/board.html", context)


@page("partnership.keep_board", methods=("GET", "POST"))
def change(request: HttpRequest) -> HttpResponse:
    """Change the board's name, label and area."""
    found = own_board(request)
    form = BoardForm(request.POST or None, instance=found)
    if form.is_valid():
        operations.change_board(by=request.access, board=found, values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("partnership:board")
    return form_page(request, form, title=_("Change the board"), back=reverse("partnership:board"))


@page("partnership.keep_board", methods=("GET", "POST"))
def duty_point(request: HttpRequest) -> HttpResponse:
    """Say who reads worries that may not go to the place they are about; the public form is open once that is said."""
    found = own_board(request)
    form = DutyPointForm(request.POST or None, board=found)
    if form.is_valid():
        operations.name_duty_point(by=request.access, board=found, agency_id=form.cleaned_data["agency"])
        messages.success(request, _("Saved."))
        return redirect("partnership:board")
    return form_page(request, form, title=_("Who reads worries sent in"), back=reverse("partnership:board"))


@page("partnership.create_board")
def boards(request: HttpRequest) -> HttpResponse:
    """For administrators: all boards, and those that nobody runs yet."""
    found = list(Board.objects.all())
    led = queries.led_boards()
    for one in found:
        one.unled = one.pk not in led
    return render(request, "partnership/boards.html", {"boards": found})


@page("partnership.create_board", methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Make a board; its first people are invited next."""
    form = NewBoardForm(request.POST or None)
    if form.is_valid():
        try:
            made = operations.create_board(by=request.access, **form.cleaned_data)
            messages.success(request, _("The board was made. Invite its manager or its e-safety officer now."))
            return redirect(f"{reverse('partnership:invite')}?board={made.pk}")
        except ValidationError as error:
            add_errors(form, error)
    return form_page(request, form, title=_("Make a board"), back=reverse("partnership:boards"), button=_("Make it"))
