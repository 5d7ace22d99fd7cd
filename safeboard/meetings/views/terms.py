"""Terms of reference: as they hold, as they are drafted, as they were."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..forms.members import AgreeForm, TermsForm
from ..models import Terms
from ..queries.members import members
from ..queries.terms import draft, in_force, quorum_of, templates, versions
from .common import BOTH, form_page, own_board, parts, sent


@page("meetings.see")
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of reference that hold, the draft where there is one, and every version before."""
    board = own_board(request)
    held = in_force(board.pk)
    context = {
        "terms": held,
        "draft": draft(board.pk),
        "versions": versions(board.pk).exclude(state="draft"),
        "quorum": quorum_of(held, members(board.pk)),
    }
    return render(request, "meetings/terms.html", parts(request, "terms") | context)


@page("meetings.see")
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version as it was agreed."""
    row = get_object_or_404(versions(own_board(request).pk), number=number)
    quorum = quorum_of(row, members(row.board_id))
    return render(request, "meetings/terms_version.html", parts(request, "terms") | {"terms": row, "quorum": quorum})


@page("meetings.keep", methods=("POST",))
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft from what holds, else from the pack's template."""
    board = own_board(request)
    operations.begin_terms(by=request.access, pack=board.pack, template=templates(board.pack)[0])
    return redirect("meetings:terms-draft")


def _draft(request: HttpRequest) -> Terms:
    row = draft(own_board(request).pk)
    if row is None:
        raise Http404
    return row


@page("meetings.keep", methods=BOTH)
def write(request: HttpRequest) -> HttpResponse:
    """Write the draft."""
    row = _draft(request)
    hints = {one.id: str(one.hint or "") for found in templates(row.board.pack) for one in found.sections}
    form = TermsForm(typed(request), terms=row, hints=hints)
    call = lambda: operations.write_terms(  # noqa: E731
        by=request.access, terms=row, texts=form.texts, rule=form.cleaned_data, edition=form.cleaned_data["edition"]
    )
    if sent(request, form, call):
        messages.success(request, _("The draft is saved."))
        return redirect("meetings:terms")
    title = _("Terms of reference: draft of version %(number)s") % {"number": row.number}
    intro = _("It holds nowhere before it is agreed.")
    return form_page(request, form, title=title, back=reverse("meetings:terms"), current="terms", intro=intro)


@page("meetings.keep", methods=BOTH)
def agree(request: HttpRequest) -> HttpResponse:
    """Put the draft in force."""
    row = _draft(request)
    form = AgreeForm(typed(request))
    if sent(request, form, lambda: operations.agree_terms(by=request.access, terms=row, **form.cleaned_data)):
        messages.success(request, _("The terms of reference are in force. The version before is kept."))
        return redirect("meetings:terms")
    title = _("Say who agreed version %(number)s") % {"number": row.number}
    intro = _("After this the version does not change any more.")
    back = reverse("meetings:terms")
    return form_page(request, form, title=title, back=back, current="terms", intro=intro, button=_("It is agreed"))
