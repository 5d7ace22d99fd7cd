"""The home page: what needs you."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.core.page import page

from .home import home_of


@page("partnership.see_place")
def home(request: HttpRequest) -> HttpResponse:
    """What needs the person today, late first; then what changed."""
    return render(request, "web/home.html", {"home": home_of(request.access)})
