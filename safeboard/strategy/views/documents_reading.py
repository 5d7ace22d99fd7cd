"""Reading a version, commenting on its paragraphs, confirming that one has it; and the board's side of both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page

from ..forms.documents_states import AnswerForm, CommentForm
from ..models import Receipt, Version
from ..operations.documents_comments import answer_comment, comment_on, confirm
from ..queries.documents import holding, is_whole, public_key, who_lacks, whole_now, whole_of
from ..queries.documents_comments import beside, comments_of, on_version, said_about
from ..rules_documents import takes_comments
from .documents_frame import BOTH, document_or_404, parts_of_document, pressed, sent, version_or_404


@page("strategy.documents")
def version(request: HttpRequest, version: UUID) -> HttpResponse:
    """A version as it was kept, with the comments that the reader may know of."""
    row = version_or_404(request, version)
    access = request.access
    open_now = takes_comments(row, timezone.localdate())
    mine = Receipt.objects.filter(version=row, agency_id=access.agency_id or 0).select_related("by").first()
    whole, said = whole_of(row.body), on_version(access, row)
    for node in whole.nodes():
        node.comments = said.get(node.key, [])
    context = {
        "version": row,
        "whole": whole,
        "open_now": open_now,
        "may_comment": open_now and access.can("strategy.comment", row),
        "public_key": public_key(row),
        "altered": not is_whole(row),
        "receipt": mine,
        "may_confirm": row.holds and mine is None and access.can("strategy.confirm"),
        "newer": _newer(row),
        "board": access.board_id is not None,
    }
    return render(request, "strategy/version.html", context)


def _newer(version: Version) -> Version | None:
    """The version in force, where this one is not."""
    found = holding(version.board_id, version.kind)
    return found if found is not None and found.pk != version.pk and version.superseded_at is not None else None


@page("strategy.comment", methods=BOTH)
def comment(request: HttpRequest, version: UUID, part: UUID) -> HttpResponse:
    """Comment on one paragraph."""
    row = version_or_404(request, version)
    require(request.access, "strategy.comment", row)
    node = next((one for one in whole_of(row.body).nodes() if one.key == str(part)), None)
    if node is None:
        raise Http404
    form = CommentForm(typed(request))
    if sent(request, form, lambda: comment_on(by=request.access, version=row, part=part, **form.cleaned_data)):
        messages.success(request, _("The board has your comment. You will see here what came of it."))
        return redirect(f"{reverse('strategy:version', args=[row.key])}#p-{part}")
    context = {"version": row, "node": node, "form": form, "open_now": takes_comments(row, timezone.localdate())}
    return render(request, "strategy/comment.html", context)


@page("strategy.confirm", methods=("POST",))
def version_confirm(request: HttpRequest, version: UUID) -> HttpResponse:
    """We have it."""
    row = version_or_404(request, version)
    pressed(request, lambda: confirm(by=request.access, version=row), _("Thank you. The board sees that you have it."))
    return redirect("strategy:version", version=row.key)


@page("strategy.see_drafts")
def comments(request: HttpRequest, document: UUID) -> HttpResponse:
    """All comments on a document, those without an answer first, each beside its paragraph."""
    row = document_or_404(request, document)
    found = said_about(row, request.access)
    wholes = {one.version_id: whole_of(one.version.body) for one in {one.version_id: one for one in found}.values()}
    waiting = sum(one.answered_at is None for one in found)
    context = {
        "document": row,
        "said": beside(found, wholes),
        "waiting": waiting,
        "may_write": request.access.can("strategy.write", row),
        "parts": parts_of_document(row, "comments", waiting),
    }
    return render(request, "strategy/document_comments.html", context)


@page("strategy.write", methods=BOTH)
def answer(request: HttpRequest, document: UUID, comment: UUID) -> HttpResponse:
    """Say what came of a comment: the paragraph as it was, as it is now, and the comment beside the answer."""
    row = document_or_404(request, document, "strategy.write")
    found = comments_of(request.access).select_related("version").filter(version__document=row)
    one = get_object_or_404(found, key=comment)
    form = AnswerForm(typed(request), initial={"taken": one.taken, "answer": one.answer})
    if sent(request, form, lambda: answer_comment(by=request.access, comment=one, **form.cleaned_data)):
        messages.success(request, _("Answered. Whoever commented sees it."))
        return redirect("strategy:comments", document=row.key)
    context = {"document": row, "comment": one, "form": form}
    context |= {"then": _node(whole_of(one.version.body), one.part), "now": _node(whole_now(row), one.part)}
    return render(request, "strategy/comment_answer.html", context)


def _node(whole: Any, key: UUID) -> Any:
    return next((node for node in whole.nodes() if node.key == str(key)), None)


@page("strategy.see_drafts")
def receipts(request: HttpRequest, document: UUID) -> HttpResponse:
    """Who has the version in force, and who has not said so."""
    row = document_or_404(request, document)
    found = row.versions.filter(published_at__isnull=False, superseded_at=None).first()
    lacking, having = who_lacks(found) if found else ([], [])
    context = {
        "document": row,
        "version": found,
        "lacking": lacking,
        "having": having,
        "parts": parts_of_document(row, "receipts"),
    }
    return render(request, "strategy/document_receipts.html", context)
