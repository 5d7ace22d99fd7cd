"""One agency's return as the board reads it: never before it was sent; sent back, seen otherwise, accepted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..errors import Refused
from ..forms.rounds import BackForm, ViewForm
from ..models import Proof, RoundAgency
from ..queries import reading as papers
from ..queries import rounds as queries
from ..queries.surveys import staff_say
from .papers import as_a_file, pdf_of

BOTH = ("GET", "POST")


def place_or_404(request: HttpRequest, pk: int, place: int) -> RoundAgency:
    """An agency's place in a round of the board acted for."""
    found = queries.place_of(request.access, place)
    if found is None or found.round_id != pk:
        raise Http404
    return found


def sent_or_404(request: HttpRequest, pk: int, place: int) -> RoundAgency:
    """The same, where the agency has sent its return."""
    found = place_or_404(request, pk, place)
    if found.submission_id is None:
        raise Http404
    return found


@page("standards.see_rounds")
def place(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """What an agency sent, section by section; before that only how far it is."""
    found = place_or_404(request, pk, place)
    staff = staff_say(request.access, found.round.board_id, found.agency_id, found.round.review)
    may = request.access.can("standards.judge_return", found)
    context = papers.paper_of(request.access, found, staff) | {"may": may}
    return render(request, "standards/place.html", context)


@page("standards.judge_return", methods=BOTH)
def back(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Send it back for more."""
    found = sent_or_404(request, pk, place)
    form = BackForm(typed(request), questions=papers.answered_questions(request.access, found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        call = lambda: operations.send_back(by=request.access, place=found, **data)  # noqa: E731
        if _done(request, call, _("It is sent back. The agency is told.")):
            return redirect("standards:place", pk=pk, place=place)
    context = {"form": form, "place": found, "heading": _("Send it back for more"), "button": _("Send it back")}
    return render(request, "standards/place_form.html", context)


@page("standards.judge_return", methods=BOTH)
def view(request: HttpRequest, pk: int, place: int, question: str) -> HttpResponse:
    """See one answer otherwise than the agency, with the reason."""
    found = sent_or_404(request, pk, place)
    line = papers.line_of(request.access, found, question)
    if line is None or not line.may_be_seen_otherwise:
        raise Http404
    form = ViewForm(typed(request), question=line.question, value=line.held)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        call = lambda: operations.moderate(by=request.access, place=found, question=question, **data)  # noqa: E731
        if _done(request, call, _("Saved. What the agency answered stays beside it.")):
            return redirect("standards:place", pk=pk, place=place)
    context = {"form": form, "place": found, "line": line, "heading": line.question.question, "button": _("Save")}
    return render(request, "standards/place_form.html", context)


@page("standards.judge_return", methods=("POST",))
def accept(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Accept it."""
    found = sent_or_404(request, pk, place)
    _done(request, lambda: operations.accept(by=request.access, place=found), _("Accepted."))
    return redirect("standards:place", pk=pk, place=place)


@page("standards.see_rounds")
def paper(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """What an agency sent, as a PDF."""
    found = sent_or_404(request, pk, place)
    return pdf_of(papers.paper_of(request.access, found))


@page("standards.see_rounds")
def proof(request: HttpRequest, pk: int, place: int, number: int) -> HttpResponse:
    """A piece of evidence that an answer names which was sent to this board."""
    found = sent_or_404(request, pk, place)
    row = Proof.objects.filter(agency_id=found.agency_id, number=number).first()
    if row is None or not row.size or number not in papers.evidence_sent(request.access, found):
        raise Http404
    return as_a_file(operations.open_proof(by=request.access, proof=row), row.name)


def _done(request: HttpRequest, call: Any, said: str) -> bool:
    """Whether it was done; else why not stands above the page."""
    try:
        call()
    except Refused as why:
        messages.warning(request, str(why))
        return False
    messages.success(request, said)
    return True
