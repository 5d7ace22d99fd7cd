"""Pages for tokens, and the description of the API."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import open_page, page

from . import operations, queries
from .description import schema
from .forms import TokenForm
from .mapping import titles

BOTH = ("GET", "POST")


@page("api.keep_tokens")
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of this agency or board: what each may do, who made it, when it was last used."""
    rows = [{"token": one, "alive": queries.is_alive(one)} for one in queries.tokens_of(request.access)]
    return render(request, "api/tokens.html", {"rows": rows})


@page("api.keep_tokens", methods=BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Make a token. Its secret stands on the page that answers, this once."""
    form = TokenForm(typed(request), request.access)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = operations.make_token(by=request.access, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            return render(request, "api/token_made.html", {"token": token, "secret": secret})
    return render(request, "api/token_new.html", {"form": form})


@page("api.keep_tokens", methods=BOTH)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token, after asking."""
    token = get_object_or_404(queries.tokens_of(request.access), pk=pk)
    if request.method == "POST":
        operations.revoke_token(by=request.access, token=token)
        messages.success(request, _("The token is revoked. Whatever used it is shut out from now on."))
        return redirect("api:tokens")
    words = _(
        "“%(name)s” will be shut out at once. A filter that hands in its alerts with it will get no further alert "
        "through."
    )
    context = {
        "question": _("Revoke this token?"),
        "lines": [words % {"name": token.name}],
        "button": _("Revoke it"),
        "back": reverse("api:tokens"),
    }
    return render(request, "web/ask.html", context)


@open_page(reason="says what the API takes and gives; holds nothing of anybody's")
def about(request: HttpRequest) -> HttpResponse:
    """What other programs may ask, as a page."""
    paths = schema()["paths"]
    rows = [
        {"method": method.upper(), "path": path, "what": told["summary"], "more": told.get("description", "")}
        for path, methods in paths.items()
        for method, told in methods.items()
    ]
    return render(request, "api/about.html", {"rows": rows, "shapes": list(titles())})


@open_page(reason="the same for programs: the OpenAPI description; holds nothing of anybody's")
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    return JsonResponse(schema())
