"""Settings: the list, one setting, and its changes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.page import page
from safeboard.library import queries as library

from .. import operations, queries
from ..forms import SettingForm, SettingsFilter
from ..models import Setting
from .common import add_errors, agency_or_404, form_page

ON_A_PAGE = 50


def _setting_or_404(request: HttpRequest, pk: int, permission: str = "partnership.see_agency") -> Setting:
    found = get_object_or_404(Setting.objects.select_related("agency__home_board"), pk=pk)
    require(request.access, permission, found)
    return found


@page("partnership.see_settings")
def settings(request: HttpRequest) -> HttpResponse:
    """The settings of the agency, or of all agencies of the board."""
    pack = queries.pack_of(request.access)
    form = SettingsFilter(request.GET or None, pack=pack, towns=queries.towns_of_settings())
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.settings_found(wanted, sort=request.GET.get("sort", "name"))
    kinds = dict(library.choices(pack, "setting-kinds"))
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    for row in found.object_list:
        row.kind_name = kinds.get(row.kind, row.kind)
    context = {"filter": form, "chosen": any(wanted.values()), "page": found}
    context["may_keep"] = request.access.can("partnership.keep_agency")
    return render(request, "partnership/settings.html", context)


@page("partnership.see_settings")
def setting(request: HttpRequest, pk: int) -> HttpResponse:
    """One setting with its contacts."""
    found = _setting_or_404(request, pk)
    pack = found.agency.home_board.pack
    contacts = list(queries.contacts_of_agency(found.agency).filter(setting=found))
    for contact in contacts:
        contact.kind_name = library.label(pack, "contact-kinds", contact.kind)
    context = {
        "setting": found,
        "kind_name": library.label(pack, "setting-kinds", found.kind),
        "contacts": contacts,
        "may_keep": request.access.can("partnership.keep_agency", found),
    }
    return render(request, "partnership/setting.html", context)


@page("partnership.keep_agency", methods=("GET", "POST"))
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a setting to an agency."""
    agency = agency_or_404(request, pk, "partnership.keep_agency")
    form = SettingForm(request.POST or None, pack=agency.home_board.pack)
    if form.is_valid():
        try:
            made = operations.add_setting(by=request.access, agency=agency, values=form.values())
            messages.success(request, _("The setting was added."))
            return redirect("partnership:setting", made.pk)
        except ValidationError as error:
            add_errors(form, error)
    back = reverse("partnership:agency", args=[pk])
    title = _("Add a setting to %(agency)s") % {"agency": agency}
    return form_page(request, form, title=title, back=back, button=_("Add"))


@page("partnership.keep_agency", methods=("GET", "POST"))
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a setting."""
    found = _setting_or_404(request, pk, "partnership.keep_agency")
    form = SettingForm(request.POST or None, instance=found, pack=found.agency.home_board.pack)
    if form.is_valid() and _changed(request, form, found):
        messages.success(request, _("Saved."))
        return redirect("partnership:setting", pk)
    return form_page(request, form, title=_("Change the setting"), back=reverse("partnership:setting", args=[pk]))


def _changed(request: HttpRequest, form: SettingForm, found: Setting) -> bool:
    """Whether the change was saved; what stands against it is shown in the form."""
    try:
        seen = form.cleaned_data["seen"]
        operations.change_setting(by=request.access, setting=found, values=form.values(), seen=seen)
    except operations.ChangedMeanwhile as other:
        form.show_differences(other.record)
    except ValidationError as error:
        add_errors(form, error)
    return not form.errors


@page("partnership.keep_agency", methods=("POST",))
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a setting, or open it again."""
    found = _setting_or_404(request, pk, "partnership.keep_agency")
    if found.closed_on:
        operations.reopen_setting(by=request.access, setting=found)
        messages.success(request, _("The setting is open again."))
    else:
        operations.close_setting(by=request.access, setting=found)
        messages.success(request, _("The setting is closed. What was recorded of it stays."))
    return redirect("partnership:setting", pk)
