"""Whom to ring: the place's own list, and the contacts that an agency or a board names."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.page import page
from safeboard.library import queries as library

from .. import operations, queries
from ..forms import BoardContactForm, ContactForm
from ..models import BoardContact, Contact
from .common import add_errors, agency_or_404, form_page, own_board


@page("partnership.see_contacts")
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom to ring in this place, by kind, and who is rung where nobody is named."""
    board = queries.board_of(request.access)
    if board is None:
        raise Http404
    lines = queries.contact_lines(request.access)
    kinds = library.items(board.pack, "contact-kinds")
    own = list(queries.contacts_of_board(board)) if request.access.board_id else []
    for contact in own:
        contact.kind_name = library.label(board.pack, "contact-kinds", contact.kind)
    context = {
        "board": board,
        "rows": [(kind, lines[kind.id]) for kind in kinds],
        "own": own,
        "may_keep_board": request.access.can("partnership.keep_board"),
        "may_keep_agency": request.access.agency_id and request.access.can("partnership.keep_agency"),
    }
    return render(request, "partnership/contacts.html", context)


@page("partnership.keep_agency", methods=("GET", "POST"))
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a contact of an agency."""
    agency = agency_or_404(request, pk, "partnership.keep_agency")
    initial = {"kind": request.GET.get("kind", ""), "setting": request.GET.get("setting", "")}
    form = ContactForm(request.POST or None, initial=initial, pack=agency.home_board.pack, agency=agency)
    if form.is_valid():
        values = form.values()
        try:
            place = values.pop("setting")
            operations.add_contact(by=request.access, agency=agency, setting=place, values=values)
            messages.success(request, _("The contact was added."))
            return redirect("partnership:agency", pk)
        except ValidationError as error:
            add_errors(form, error)
    back = reverse("partnership:agency", args=[pk])
    return form_page(request, form, title=_("Add a contact"), back=back, button=_("Add"))


@page("partnership.keep_agency", methods=("GET", "POST"))
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or remove an agency's contact."""
    found = get_object_or_404(Contact.objects.select_related("agency__home_board"), pk=pk)
    require(request.access, "partnership.keep_agency", found)
    back = reverse("partnership:agency", args=[found.agency_id])
    if request.POST.get("remove") == "ask":
        return _remove_page(request, found, found.agency.home_board.pack)
    if request.POST.get("remove"):
        operations.remove_contact(by=request.access, contact=found)
        messages.success(request, _("The contact was removed."))
        return redirect(back)
    form = ContactForm(request.POST or None, instance=found, pack=found.agency.home_board.pack, agency=found.agency)
    if form.is_valid() and _saved(request, form, found):
        return redirect(back)
    return form_page(request, form, title=_("Change the contact"), back=back, remove=_("Remove the contact"))


def _remove_page(request: HttpRequest, found: Contact | BoardContact, pack: str) -> HttpResponse:
    """Ask first: in an emergency this is who is rung."""
    kind = library.label(pack, "contact-kinds", found.kind)
    context = {
        "question": _("Remove %(name)s?") % {"name": found.name},
        "lines": [
            f"{kind}: {found.telephone}" if found.telephone else kind,
            _(
                "Charts, posters and reports will not name them any more. Who is rung then is shown under "
                "“Whom to ring”."
            ),
        ],
        "also": {"remove": "yes"},
        "button": _("Remove the contact"),
        "back": request.path,
    }
    return render(request, "web/ask.html", context)


def _saved(request: HttpRequest, form: ContactForm, found: Contact | BoardContact) -> bool:
    change_it = operations.change_board_contact if isinstance(found, BoardContact) else operations.change_contact
    try:
        change_it(by=request.access, contact=found, values=form.values(), seen=form.cleaned_data["seen"])
        messages.success(request, _("Saved."))
    except operations.ChangedMeanwhile as other:
        form.show_differences(other.record)
    except ValidationError as error:
        add_errors(form, error)
    return not form.errors


@page("partnership.keep_board", methods=("GET", "POST"))
def add_board(request: HttpRequest) -> HttpResponse:
    """Name a local service that the board's agencies ring."""
    board = own_board(request)
    form = BoardContactForm(request.POST or None, initial={"kind": request.GET.get("kind", "")}, pack=board.pack)
    if form.is_valid():
        try:
            operations.add_board_contact(by=request.access, board=board, values=form.values())
            messages.success(request, _("The contact was added. Every agency of the board sees it now."))
            return redirect("partnership:contacts")
        except ValidationError as error:
            add_errors(form, error)
    back = reverse("partnership:contacts")
    return form_page(request, form, title=_("Add a local contact"), back=back, button=_("Add"))


@page("partnership.keep_board", methods=("GET", "POST"))
def change_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Change or remove one of the board's contacts."""
    board = own_board(request)
    found = get_object_or_404(BoardContact, pk=pk, board=board)
    back = reverse("partnership:contacts")
    if request.POST.get("remove") == "ask":
        return _remove_page(request, found, board.pack)
    if request.POST.get("remove"):
        operations.remove_board_contact(by=request.access, contact=found)
        messages.success(request, _("The contact was removed."))
        return redirect(back)
    form = BoardContactForm(request.POST or None, instance=found, pack=board.pack)
    if form.is_valid() and _saved(request, form, found):
        return redirect(back)
    return form_page(request, form, title=_("Change the contact"), back=back, remove=_("Remove the contact"))
