"""Accepting an invitation: the page behind the one-time link."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from safeboard.accounts import operations as accounts
from safeboard.core.page import open_page
from safeboard.core.roles import Role

from .. import operations, queries
from ..forms import AcceptForm
from ..models import Invitation, Membership
from .common import add_errors

REASON = "opened by the one-time link of an invitation; tells nothing to whoever has no link that works"


@open_page(reason=REASON, methods=("GET", "POST"))
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites to what; somebody new sets a name and a password, somebody known signs in first."""
    invitation = queries.find_invitation(secret)
    why = operations.why_not(invitation, request.access.person)
    new = request.access.person is None
    form = AcceptForm(request.POST or None, initial={"name": invitation.name} if invitation and not why else {})
    if request.method == "POST" and not why and (form.is_valid() or not new):
        membership = _accepted(request, form, secret)
        if membership is not None:
            request.session["place"] = operations.place_of(membership).key
            if not new:
                return redirect("home")
            answer = accounts.sign_in(request, membership.person, next_url=reverse("home"))
            request.session["place"] = operations.place_of(membership).key
            return answer
        why = operations.why_not(queries.find_invitation(secret), request.access.person)
    return _page(request, invitation, why, form, new)


def _accepted(request: HttpRequest, form: AcceptForm, secret: str) -> Membership | None:
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    try:
        return operations.accept(
            by=request.access, secret=secret, name=given.get("name", ""), password=given.get("password", "")
        )
    except operations.NotUsable:  # used or withdrawn in this very moment: the page says so
        return None
    except ValidationError as error:
        add_errors(form, ValidationError({"password": error.messages}))
        return None


def _page(request: HttpRequest, invitation: Invitation | None, why: str, form: AcceptForm, new: bool) -> HttpResponse:
    known = invitation is not None and why in ("", "sign-in", "other-person", "own")
    context = {
        "invitation": invitation if known else None,
        "role": Role(invitation.role).label if invitation and known else "",
        "why": why,
        "form": form,
        "new": new,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    status = 200 if known else 410 if why != "unknown" else 404
    response = render(request, "partnership/accept.html", context, status=status)
    # Referrer-Policy stays the house's: with no-referrer a browser posts with "Origin: null", which is refused.
    add_never_cache_headers(response)
    return response
