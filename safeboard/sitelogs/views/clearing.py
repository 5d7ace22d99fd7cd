"""Who may ask: trained in the law, the agreement signed by the head."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.roles import Role

from .. import queries
from ..forms.keeping import ClearForm
from ..operations import clearing
from .frame import BOTH, frame, saved


@page("sitelogs.see", methods=BOTH)
def clearances(request: HttpRequest) -> HttpResponse:
    """Who may ask, and since when; whoever answers for it adds somebody."""
    access = request.access
    may_clear = access.can("sitelogs.clear")
    signer = access.person.name if Role.RESPONSIBLE_PERSON in access.roles else ""
    form = ClearForm(typed(request), people=clearing.possible(access), signer=signer) if may_clear else None
    if request.method == "POST":
        require(access, "sitelogs.clear")
    call = lambda: clearing.clear(by=access, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and form and form.is_valid() and saved(form, call):
        messages.success(request, _("It is on record."))
        return redirect("sitelogs:clearances")
    rows = queries.clearances_of(access)
    context = frame(request, "clearances", rows=rows, form=form, may_clear=may_clear)
    return render(request, "sitelogs/clearances.html", context)


@page("sitelogs.clear", methods=("POST",))
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's leave to ask, at once."""
    row = get_object_or_404(queries.clearances_of(request.access), pk=pk)
    clearing.end_clearance(by=request.access, clearance=row)
    messages.success(request, _("From now on they cannot ask."))
    return redirect("sitelogs:clearances")
