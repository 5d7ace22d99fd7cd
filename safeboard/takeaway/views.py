"""The page on which everything of a place is taken away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from safeboard.core.kept import typed
from safeboard.core.page import page

from . import operations
from .forms import TakeForm


@page("takeaway.take", methods=("GET", "POST"))
def take(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Say what goes and what it means; then the ZIP, as it is made."""
    form = TakeForm(typed(request))
    if request.method != "POST" or not form.is_valid():
        return render(request, "takeaway/take.html", {"form": form})
    parts = operations.take(by=request.access, why=form.cleaned_data["why"])
    response = StreamingHttpResponse(parts, content_type="application/zip")
    name = f"{slugify(request.access.place.name) or 'place'}-{timezone.localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
