"""Saved views of the list: used, saved, renamed, removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from ..errors import Refused
from ..forms.listing import ListFilter
from ..forms.register import ViewForm
from ..models import SavedView
from ..operations import saved
from ..queries import listing
from ..queries.saved import find_view, views_for
from .frame import BOTH
from .searching import keep_words, kept_words

KEPT = (*ListFilter.base_fields, "sort")


@page("incidents.list")
def views(request: HttpRequest) -> HttpResponse:
    """All saved views that the person may use, and what they may do with each."""
    may_share = request.access.can("incidents.share_views")
    rows = [{"view": view, "may": may_share or not view.shared} for view in views_for(request.access)]
    return render(request, "incidents/views.html", {"rows": rows, "most": saved.MOST})


@page("incidents.list")
def use(request: HttpRequest, view: int) -> HttpResponse:
    """Go to the list as the view has it."""
    return redirect(address_of(request, _find(request, view)))


@page("incidents.list", methods=BOTH)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the address by a name."""
    may_share = request.access.can("incidents.share_views")
    form = ViewForm(typed(request), may_share=may_share)
    words = kept_words(request, request.GET.get("search", ""))
    chosen = {name: value for name in KEPT if (value := request.GET.get(name))} | ({"words": words} if words else {})
    if request.method == "POST" and form.is_valid():
        try:
            view = saved.save_view(by=request.access, chosen=chosen, **form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The view is saved."))
            return redirect(address_of(request, view))
    tags = ListFilter(request.GET, listing.choosing(request.access), words).tags()
    context = {"form": form, "tags": tags, "heading": _("Save this view"), "back": request.GET.urlencode()}
    return render(request, "incidents/view_form.html", context)


@page("incidents.list", methods=BOTH)
def rename(request: HttpRequest, view: int) -> HttpResponse:
    """Give a view another name."""
    row = _own(request, view)
    form = ViewForm(typed(request), naming=True, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        try:
            saved.rename_view(by=request.access, view=row, name=form.cleaned_data["name"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The view has its new name."))
            return redirect("incidents:views")
    context = {"form": form, "tags": [], "heading": _("Rename the view"), "back": ""}
    return render(request, "incidents/view_form.html", context)


@page("incidents.list", methods=("POST",))
def default(request: HttpRequest, view: int) -> HttpResponse:
    """Open the list with this view from now on; where it does already, with all incidents again."""
    row = _own(request, view)
    saved.set_default(by=request.access, view=None if row.is_default or row.shared else row)
    messages.success(request, _("It is saved with what the list opens."))
    return redirect("incidents:views")


@page("incidents.list", methods=("POST",))
def remove(request: HttpRequest, view: int) -> HttpResponse:
    """Remove a view."""
    saved.remove_view(by=request.access, view=_own(request, view))
    messages.success(request, _("The view is removed. The incidents are as they were."))
    return redirect("incidents:views")


def address_of(request: HttpRequest, view: SavedView) -> str:
    """The address of the list as the view has it; its words are kept for this session."""
    parts: dict[str, Any] = {name: value for name, value in view.chosen.items() if name in KEPT}
    if view.chosen.get("words"):
        parts["search"] = keep_words(request, view.chosen["words"])
    return f"{reverse('incidents:list')}?{urlencode({**parts, 'view': view.pk})}"


def _find(request: HttpRequest, pk: int) -> SavedView:
    try:
        return find_view(request.access, pk)
    except SavedView.DoesNotExist:
        raise Http404("no such view") from None


def _own(request: HttpRequest, pk: int) -> SavedView:
    """A view that the person may change: their own, or a shared one where they may share."""
    view = _find(request, pk)
    if view.shared:
        require(request.access, "incidents.share_views")
    return view
