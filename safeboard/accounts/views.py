"""The pages of the accounts room that are not django-allauth's."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from safeboard.core.page import open_page

from . import operations, queries
from .forms import DemonstrationForm

GOING_TO = "going_to"  # in the session: the page that waits until a second factor is there
LOOPBACK = {"127.0.0.1", "::1"}


@open_page(reason="whoever lacks the second factor cannot be asked for it; shows nothing but how to set one up")
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the ways to have one; then on to where the person was going."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if wanted := get_next_redirect_url(request):
        request.session[GOING_TO] = wanted
    if queries.has_second_factor(request):
        return redirect("accounts:go-on")
    ways = get_adapter().get_reauthentication_methods(request.user)
    confirm = f"{ways[0]['url']}?{urlencode({'next': reverse('accounts:go-on')})}" if ways else ""
    context = {"has_one": bool(queries.second_factors(request.user)), "confirm_url": confirm}
    return render(request, "accounts/second_factor_needed.html", context)


@open_page(reason="only leads on to a page, which asks for itself")
def go_on(request: HttpRequest) -> HttpResponse:
    """On to the page that waited for the second factor, or home."""
    return redirect(request.session.pop(GOING_TO, None) or settings.LOGIN_REDIRECT_URL)


@open_page(reason="whoever has no role has no permission either; shows only their own address and whom to ask")
def no_place(request: HttpRequest) -> HttpResponse:
    """Somebody signed in without a current membership: whom to ask."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("home"))
    if request.access.place is not None:
        return redirect("home")
    return render(request, "accounts/no_place.html")


@open_page(reason="made-up people, on this machine alone; mounted nowhere else", methods=("GET", "POST"))
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """The demonstration's people, a button each."""
    forwarded = request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded")
    if not settings.DEMONSTRATION or forwarded or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    people = queries.people_to_try()
    form = DemonstrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = next((person for person, _role in people if person.pk == form.cleaned_data["person"]), None)
        if person is not None:
            operations.sign_in_demonstration(request, person)
            return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/demo_sign_in.html", {"people": people, "form": form})
