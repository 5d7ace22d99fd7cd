"""The agency's shelf of evidence: laid there once, used in every return."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.text import tidy
from safeboard.core.uploads import refused, too_large

from .. import operations
from ..errors import Refused
from ..forms.gaps import ProofForm
from ..models import Proof
from ..queries import returns as queries
from .papers import as_a_file

BOTH = ("GET", "POST")


def takes_files(request: HttpRequest) -> bool:
    """Whether a file may be received: from whoever answers for the agency."""
    return request.access.can("standards.answer")


def proof_or_404(request: HttpRequest, number: int) -> Proof:
    """Something on the shelf of the agency acted for."""
    row = Proof.objects.filter(agency_id=request.access.own_agency, number=number).defer("content").first()
    if row is None:
        raise Http404
    return row


@page("standards.see_returns")
def shelf(request: HttpRequest) -> HttpResponse:
    """What lies on the shelf, and in how many answers it is used."""
    agency = request.access.own_agency
    used = queries.used_in(agency)
    rows = [(proof, used.get(proof.number, 0)) for proof in queries.shelf(agency)]
    may = request.access.can("standards.answer")
    return render(request, "standards/shelf.html", {"rows": rows, "may": may})


@page("standards.answer", methods=BOTH, uploads=takes_files)
def add(request: HttpRequest) -> HttpResponse:
    """Lay something on the shelf."""
    form = ProofForm(request.POST, request.FILES) if request.method == "POST" else ProofForm(typed(request))
    if request.method == "POST" and _added(request, form):
        return redirect("standards:shelf")
    return render(request, "standards/shelf_add.html", {"form": form})


def _added(request: HttpRequest, form: ProofForm) -> bool:
    """Whether it was laid there; else the form says why."""
    if too_large(request):
        form.add_error("file", _("The file is larger than 5 MB. Nothing was added."))
    elif refused(request):
        form.add_error("file", _("The file was refused unread; no copy was kept."))
    if not form.is_valid():
        return False
    data, upload = form.cleaned_data, form.cleaned_data["file"]
    name, content = (tidy(upload.name), upload.read()) if upload else ("", b"")
    given = {"title": data["title"], "where": data["where"], "dated": data["dated"], "form_key": data["form_key"]}
    try:
        row = operations.add_proof(by=request.access, name=name, content=content, **given)
    except Refused as why:
        form.add_error("file", _("%(why)s Nothing was added.") % {"why": why})
        return False
    messages.success(request, _("It is number %(number)s on the shelf.") % {"number": row.number})
    return True


@page("standards.see_returns")
def take(request: HttpRequest, number: int) -> HttpResponse:
    """A file of the shelf, to keep. The look is recorded."""
    row = proof_or_404(request, number)
    if not row.size:
        raise Http404
    return as_a_file(operations.open_proof(by=request.access, proof=row), row.name)


@page("standards.answer", methods=("POST",))
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take something off the shelf."""
    operations.withdraw_proof(by=request.access, proof=proof_or_404(request, number))
    messages.success(request, _("It is off the shelf. Returns that were sent with it keep it."))
    return redirect("standards:shelf")
