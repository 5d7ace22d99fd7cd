"""Choosing the place in the header."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from safeboard.core.page import page


@page("partnership.see_place", methods=("POST",))
def choose_place(request: HttpRequest) -> HttpResponse:
    """Act in another place from now on. One that is not the person's own is refused."""
    wanted = request.POST.get("place", "")
    if wanted not in {place.key for place in request.access.places}:
        raise PermissionDenied("not a place of this person")
    request.session["place"] = wanted
    return redirect("home")
