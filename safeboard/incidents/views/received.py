"""Referrals to us: from another agency of the board, or by telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership

from .. import operations
from ..errors import Refused
from ..forms.sharing import AnswerBackForm, CallForm, RefuseForm, WrittenForm
from ..models import Received
from ..operations.looks import looked_at_received
from ..queries import visible_to
from ..queries.received import find_received, people_in_words, received_by
from ..queries.referring import sources
from ..rules import RECEIVED_MOVES
from .frame import BOTH

PAGE = 50


@page("incidents.see_received")
def received_list(request: HttpRequest) -> HttpResponse:
    """Referrals to us, newest first."""
    rows = received_by(request.access).defer("packet", "said", "answer", "refused_why")
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "incidents/received_list.html", {"page_obj": shown, "now": timezone.now()})


@page("incidents.see_received")
def received(request: HttpRequest, received: int) -> HttpResponse:
    """One referral to us: exactly what was shared, where it stands, and the next step."""
    row = _found(request, received)
    looked_at_received(by=request.access, received=row)
    return render(request, "incidents/received.html", _context(request, row))


@page("incidents.take_call", methods=BOTH)
def call(request: HttpRequest) -> HttpResponse:
    """Somebody rings: who, from where, what they said. It becomes an incident at once."""
    pack = partnership.pack_of(request.access)
    form = CallForm(typed(request), pack=pack, sources=sources(pack))
    made: list[Received] = []
    call = lambda: made.append(operations.take_call(by=request.access, **form.cleaned_data))  # noqa: E731
    if request.method == "POST" and form.is_valid() and _done(form, call):
        messages.success(request, _("It is recorded, and those who deal with it are told."))
        return _onwards(request, made[0])
    return render(request, "incidents/received_call.html", {"form": form})


@page("incidents.receive", methods=("POST",))
def acknowledge(request: HttpRequest, received: int) -> HttpResponse:
    """One tap: we have it."""
    row = _found(request, received, "incidents.receive")
    return _step(request, row, lambda: operations.acknowledge_received(by=request.access, received=row))


@page("incidents.receive", methods=("POST",))
def accept(request: HttpRequest, received: int) -> HttpResponse:
    """One tap: we take it on. An incident of our own is made of it."""
    row = _found(request, received, "incidents.receive")
    return _step(request, row, lambda: operations.accept_received(by=request.access, received=row))


@page("incidents.receive", methods=BOTH)
def refuse(request: HttpRequest, received: int) -> HttpResponse:
    """We do not take it on, and say why."""
    row = _found(request, received, "incidents.receive")
    form = RefuseForm(typed(request))
    call = lambda: operations.refuse_received(by=request.access, received=row, **form.cleaned_data)  # noqa: E731
    return _recorded(request, row, form, call, (_("Refuse the referral"), _("Refuse it")))


@page("incidents.receive", methods=BOTH)
def answer(request: HttpRequest, received: int) -> HttpResponse:
    """We answer the sender."""
    row = _found(request, received, "incidents.receive")
    form = AnswerBackForm(typed(request))
    call = lambda: operations.answer_received(by=request.access, received=row, **form.cleaned_data)  # noqa: E731
    return _recorded(request, row, form, call, (_("Answer them"), _("Send the answer")))


@page("incidents.see_received", methods=BOTH)
def written(request: HttpRequest, received: int) -> HttpResponse:
    """The confirmation in writing has come."""
    row = _found(request, received)
    form = WrittenForm(typed(request))
    call = lambda: operations.writing_arrived(by=request.access, received=row, **form.cleaned_data)  # noqa: E731
    return _recorded(request, row, form, call, (_("It has come in writing"), _("It has come")))


def _found(request: HttpRequest, pk: int, permission: str = "") -> Received:
    """A referral to us that this person may know of: 404 for every other; 403 where they may not do this with it."""
    try:
        row = find_received(request.access, pk)
    except Received.DoesNotExist:
        raise Http404("no such referral") from None
    if permission:
        require(request.access, permission, row)
    return row


def _context(request: HttpRequest, row: Received) -> dict[str, Any]:
    incident = visible_to(request.access).filter(pk=row.incident_id).first() if row.incident_id else None
    return {
        "received": row,
        "incident": incident,
        "shown": row.packet,
        "shown_people": people_in_words(row.packet),
        "may": RECEIVED_MOVES[row.state] if request.access.can("incidents.receive", row) and row.from_agency_id else (),
        "now": timezone.now(),
    }


def _done(form: BaseForm, call: Callable[[], Any]) -> bool:
    """Do it, and whether it was done; what the rules refuse stands in the form, beside what was typed."""
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _step(request: HttpRequest, row: Received, call: Callable[[], Any]) -> HttpResponse:
    try:
        call()
    except Refused as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("It is recorded, and the sender sees it."))
    return _onwards(request, row)


def _recorded(
    request: HttpRequest, row: Received, form: BaseForm, call: Callable[[], Any], words: tuple[str, str]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _done(form, call):
        messages.success(request, _("It is recorded."))
        return _onwards(request, row)
    context = _context(request, row) | {"form": form, "heading": words[0], "button": words[1]}
    return render(request, "incidents/received_form.html", context)


def _onwards(request: HttpRequest, row: Received) -> HttpResponse:
    """To its page, where this person may still know of it; else to the list."""
    if received_by(request.access).filter(pk=row.pk).exists():
        return redirect(reverse("incidents:received", args=[row.pk]))
    messages.info(request, _("It is saved. Only the few who may know of it can open it now."))
    return redirect("incidents:received-list")
