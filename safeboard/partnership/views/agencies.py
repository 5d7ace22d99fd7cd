"""The register of agencies, one agency, and who is missing from the subgroup."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.page import page
from safeboard.library import queries as library

from .. import operations, queries
from ..choices import Missing
from ..downloads import register_download
from ..forms import AgencyForm, NewAgencyForm, OtherBoardForm, RegisterFilter, SeatForm
from ..models import Agency, Board, Seat
from .common import add_errors, agency_or_404, form_page, own_board

ON_A_PAGE = 50
FILTERS = ("kind", "town", "missing", "words")


def _filtered(request: HttpRequest, board: Board) -> tuple[RegisterFilter, dict[str, str]]:
    form = RegisterFilter(request.GET or None, pack=board.pack, towns=queries.towns(request.access, board.pk))
    wanted = {name: form.cleaned_data.get(name, "") for name in FILTERS} if form.is_valid() else {}
    return form, wanted


@page("partnership.see_agencies")
def agencies(request: HttpRequest) -> HttpResponse:
    """A board's register, with what is missing; in an agency's place, that agency."""
    if request.access.agency_id:
        return redirect("partnership:agency", request.access.agency_id)
    board = own_board(request)
    form, wanted = _filtered(request, board)
    rows = queries.register(board, sort=request.GET.get("sort", "name"), **wanted)
    kinds = dict(library.choices(board.pack, "agency-kinds"))
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    for row in found.object_list:
        row.kind_name = kinds.get(row.kind, row.kind)
        row.lacks = [name.label for name in Missing if getattr(row, f"missing_{name.value}")]
    context = {"board": board, "filter": form, "chosen": any(wanted.values()), "page": found}
    context["may_keep"] = request.access.can("partnership.keep_board", board)
    return render(request, "partnership/agencies.html", context)


@page("partnership.see_board")
def download(request: HttpRequest, ending: str) -> HttpResponse:
    """The register as it is filtered, as a workbook or CSV."""
    board = own_board(request)
    _form, wanted = _filtered(request, board)
    return register_download(board, queries.register(board, **wanted), ending)


@page("partnership.see_board")
def subgroup(request: HttpRequest) -> HttpResponse:
    """Who gives children access, or reaches them, and has no seat in the subgroup (Toolkit Annex A)."""
    board = own_board(request)
    missing = queries.not_in_subgroup(request.access)
    seated = queries.register(board).filter(in_subgroup=True)
    return render(request, "partnership/subgroup.html", {"board": board, "seated": seated, **missing})


@page("partnership.keep_board", methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add an agency to the board."""
    board = own_board(request)
    form = NewAgencyForm(request.POST or None, pack=board.pack)
    if form.is_valid():
        values = dict(form.cleaned_data)
        name, kind = values.pop("name"), values.pop("kind")
        try:
            agency = operations.add_agency(by=request.access, board=board, name=name, kind=kind, values=values)
            messages.success(request, _("The agency was added. Invite its e-safety lead next."))
            return redirect("partnership:agency", agency.pk)
        except ValidationError as error:
            add_errors(form, error)
    return form_page(request, form, title=_("Add an agency"), back=reverse("partnership:agencies"), button=_("Add"))


@page("partnership.see_agency")
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency: details, settings, contacts, people whom this place may know."""
    found = agency_or_404(request, pk)
    pack = found.home_board.pack
    seats = list(queries.seats_of(found))
    kinds = dict(library.choices(pack, "setting-kinds"))
    settings = list(queries.settings_of(found)[:ON_A_PAGE])
    for setting in settings:
        setting.kind_name = kinds.get(setting.kind, setting.kind)
    for seat in seats:
        seat.kind_name = library.label(seat.board.pack, "agency-kinds", seat.kind)
    contact_kinds = dict(library.choices(pack, "contact-kinds"))
    contacts = list(queries.contacts_of_agency(found))
    for contact in contacts:
        contact.kind_name = contact_kinds.get(contact.kind, contact.kind)
    context = {
        "agency": found,
        "seats": seats,
        "own_seat": next((seat for seat in seats if seat.board_id == request.access.board_id), None),
        "settings": settings,
        "setting_count": queries.settings_of(found).count(),
        "contacts": contacts,
        "may_keep": request.access.can("partnership.keep_agency", found),
        "lacks": queries.missing_of(found),
        "people": queries.public_people(found),
    }
    return render(request, "partnership/agency.html", context)


@page("partnership.keep_agency", methods=("GET", "POST"))
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agency's details and its answers to the two questions."""
    found = agency_or_404(request, pk, "partnership.keep_agency")
    form = AgencyForm(request.POST or None, instance=found)
    if form.is_valid():
        operations.change_agency(by=request.access, agency=found, values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("partnership:agency", pk)
    return form_page(request, form, title=_("Change the agency"), back=reverse("partnership:agency", args=[pk]))


@page("partnership.keep_board", methods=("GET", "POST"))
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Change as what an agency sits in this board, and whether in the subgroup."""
    board = own_board(request)
    found = get_object_or_404(Seat, board=board, agency_id=pk, until__isnull=True)
    form = SeatForm(request.POST or None, instance=found, pack=board.pack)
    if form.is_valid():
        operations.change_seat(by=request.access, seat=found, values=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("partnership:agency", pk)
    return form_page(request, form, title=_("Its seat in this board"), back=reverse("partnership:agency", args=[pk]))


@page("partnership.keep_agency", methods=("GET", "POST"))
def other_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the agency sit in a further board, which then sees its register data."""
    found = agency_or_404(request, pk, "partnership.keep_agency")
    form = OtherBoardForm(request.POST or None, agency=found)
    if form.is_valid():
        board = form.cleaned_data["board"]
        operations.seat_agency(by=request.access, agency=found, board=board, kind=_last_kind(board))
        messages.success(request, _("The agency now sits in %(board)s too.") % {"board": board})
        return redirect("partnership:agency", pk)
    intro = _(
        "That board will see the agency's details, settings and contacts, and the names of its lead and its "
        "designated officer. It never sees incidents. It says itself what kind of member the agency is."
    )
    back = reverse("partnership:agency", args=[pk])
    return form_page(request, form, title=_("Sit in another board"), back=back, intro=intro, button=_("Add"))


def _last_kind(board: Board) -> str:
    """'Other agency or group' until the board says otherwise."""
    kinds = [kind for kind, _title in library.choices(board.pack, "agency-kinds")]
    return "other-agency" if "other-agency" in kinds else kinds[-1]


@page("partnership.see_agencies", methods=("POST",))
def leave_board(request: HttpRequest, pk: int, board_pk: int) -> HttpResponse:
    """End an agency's seat in a board that is not its home board."""
    found: Agency = agency_or_404(request, pk, "partnership.keep_agency")
    held = get_object_or_404(Seat, agency=found, board_id=board_pk, until__isnull=True)
    try:
        operations.end_seat(by=request.access, seat=held)
        messages.success(request, _("The seat was ended. That board sees nothing of the agency any more."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("partnership:agencies")
