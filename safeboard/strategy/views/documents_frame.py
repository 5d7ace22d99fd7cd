"""What the pages of documents share: finding one, its parts, doing what a form asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.accounts.models import Person
from safeboard.core.access import Access, require
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from ..errors import Refused
from ..forms.documents import who_choices
from ..models import Document, Part, Version
from ..queries.documents import documents_of, versions_of

BOTH = ("GET", "POST")


def document_or_404(request: HttpRequest, key: UUID, permission: str = "strategy.see_drafts") -> Document:
    """The acting board's document, where the person may do this to it."""
    row = get_object_or_404(documents_of(request.access).select_related("board"), key=key)
    require(request.access, permission, row)
    return row


def version_or_404(request: HttpRequest, key: UUID) -> Version:
    """A version that the acting place may read."""
    return get_object_or_404(versions_of(request.access).select_related("board"), key=key)


def part_or_404(request: HttpRequest, document: Document, key: UUID) -> Part:
    """A part of the document."""
    return get_object_or_404(document.parts.select_related("document", "parent", "changed_by"), key=key)


def done(form: BaseForm, call: Callable[[], Any]) -> bool:
    """Do it, and whether it was done. What the rules refuse stands in the form, beside what was typed."""
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def sent(request: HttpRequest, form: BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form was sent, is whole, and what it asks for was done."""
    return request.method == "POST" and form.is_valid() and done(form, call)


def pressed(request: HttpRequest, call: Callable[[], Any], words: str) -> None:
    """Do what one press asks for, and say so; or why it could not be done."""
    try:
        call()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, words)


def who(access: Access) -> list[tuple[str, Any]]:
    """Who can see to an action of the acting board."""
    assert access.place is not None
    people: list[Person] = [member.person for member in partnership.members_of_place(access.place)]
    seated = Agency.objects.filter(pk__in=partnership.agencies_in(access.board_id or 0)).order_by("name")
    return who_choices(list(dict.fromkeys(people)), list(seated))


def parts_of_document(document: Document, current: str, waiting: int = 0) -> list[dict[str, Any]]:
    """The pages of one document."""
    shown = [
        ("document", _("The words")),
        ("plan-table", _("Who and by when")) if document.kind == "strategy" else None,
        ("changes", _("What changed")),
        ("comments", _("Comments (%(n)s)") % {"n": waiting} if waiting else _("Comments")),
        ("receipts", _("Who has it")),
    ]
    return [
        {"text": one[1], "href": reverse(f"strategy:{one[0]}", args=[document.key]), "current": one[0] == current}
        for one in shown
        if one
    ]
