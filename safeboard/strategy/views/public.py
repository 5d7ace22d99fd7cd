"""What anybody may read of a strategy in force: the plain-English page and the children's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from safeboard.core.page import open_page

from ..choices import PartKind
from ..queries.public import public_version

REASON = "the board published the plain pages of its strategy for parents and children"


@open_page(reason=REASON)
def plain(request: HttpRequest, document: UUID) -> HttpResponse:
    """In plain English."""
    return _public(request, document, PartKind.PLAIN)


@open_page(reason=REASON)
def children(request: HttpRequest, document: UUID) -> HttpResponse:
    """For children: big type, short words, help numbers at the foot."""
    return _public(request, document, PartKind.CHILDREN)


def _public(request: HttpRequest, document: UUID, kind: str) -> HttpResponse:
    found = public_version(document)
    if found is None:
        raise Http404
    texts: dict[str, Any] = {one: found.whole.of(one) for one in (PartKind.PLAIN, PartKind.CHILDREN)}
    if not texts[kind]:
        raise Http404
    context = {"found": found, "nodes": texts[kind], "others": texts, "child": kind == PartKind.CHILDREN}
    return render(request, "strategy/public.html", context | {"document": document})
