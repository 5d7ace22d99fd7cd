"""The steps of a document: consultation, redraft, ratified, published, under review, superseded; what changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page

from ..forms.documents_states import ConsultForm, KeepForm, PublishForm, RatifyForm
from ..models import Document
from ..operations import documents_states as steps
from ..queries.documents import whole_now, whole_of
from ..queries.documents_diff import changes as changes_between
from ..rules_documents import WRITING
from .documents_frame import BOTH, document_or_404, parts_of_document, pressed, sent


@page("strategy.write", methods=BOTH)
def consult(request: HttpRequest, document: UUID) -> HttpResponse:
    """Open it to the agencies for comments."""
    row = document_or_404(request, document, "strategy.write")
    form = ConsultForm(typed(request))
    if sent(request, form, lambda: steps.consult(by=request.access, document=row, **form.cleaned_data)):
        messages.success(request, _("The agencies can read it now and comment on every paragraph."))
        return redirect("strategy:document", document=row.key)
    words = _("All agencies of the board see it as it stands. Its words stay as they are until you begin the redraft.")
    return _step_page(request, row, form, _("Open it for comments"), _("Open it"), words)


@page("strategy.write", methods=BOTH)
def redraft(request: HttpRequest, document: UUID) -> HttpResponse:
    """Close the comments, or take up what was ratified or is under review, after a question."""
    row = document_or_404(request, document, "strategy.write")
    if request.method == "POST":
        words = _("You can change it now. What was kept of it stays as it was.")
        pressed(request, lambda: steps.begin_redraft(by=request.access, document=row), words)
        return redirect("strategy:document", document=row.key)
    words = _("Its words can be changed then. Where it is open for comments, comments close at once.")
    return _step_page(request, row, None, _("Begin the redraft"), _("Begin the redraft"), words)


@page("strategy.write", methods=BOTH)
def ratify(request: HttpRequest, document: UUID) -> HttpResponse:
    """What the board ratified, with the minute."""
    row = document_or_404(request, document, "strategy.write")
    form = RatifyForm(typed(request), consulted=row.consulted)
    if sent(request, form, lambda: steps.ratify(by=request.access, document=row, **form.cleaned_data)):
        messages.success(request, _("Ratified. What it plans to do stands in the action plan from now on."))
        return redirect("strategy:document", document=row.key)
    words = _("A whole copy is kept and never changes. Agencies named in the plan are asked to accept their actions.")
    owed = steps.before_ratifying(row)
    return _step_page(request, row, form, _("Ratified by the board"), _("Keep it as ratified"), words, owed=owed)


@page("strategy.write", methods=BOTH)
def publish(request: HttpRequest, document: UUID) -> HttpResponse:
    """Put it in force."""
    row = document_or_404(request, document, "strategy.write")
    form = PublishForm(typed(request))
    if sent(request, form, lambda: steps.publish(by=request.access, document=row, **form.cleaned_data)):
        messages.success(request, _("Published. It is in force, and the agencies can confirm that they have it."))
        return redirect("strategy:document", document=row.key)
    words = _("All agencies see it. Whatever version held until now is superseded.")
    return _step_page(request, row, form, _("Publish it"), _("Publish it"), words)


@page("strategy.write", methods=BOTH)
def review(request: HttpRequest, document: UUID) -> HttpResponse:
    """Take it under review, after a question."""
    row = document_or_404(request, document, "strategy.write")
    if request.method == "POST":
        pressed(request, lambda: steps.begin_review(by=request.access, document=row), _("It is under review."))
        return redirect("strategy:document", document=row.key)
    words = _("What is published holds on while you review it.")
    return _step_page(request, row, None, _("Begin the review"), _("Begin the review"), words)


@page("strategy.write", methods=BOTH)
def keep(request: HttpRequest, document: UUID) -> HttpResponse:
    """End the review: it stays as it is."""
    row = document_or_404(request, document, "strategy.write")
    form = KeepForm(typed(request))
    if sent(request, form, lambda: steps.keep_as_it_is(by=request.access, document=row, **form.cleaned_data)):
        messages.success(request, _("It stays as it is until the next review."))
        return redirect("strategy:document", document=row.key)
    return _step_page(request, row, form, _("It stays as it is"), _("End the review"), "")


@page("strategy.write", methods=BOTH)
def supersede(request: HttpRequest, document: UUID) -> HttpResponse:
    """Take it out of force for good, after a question."""
    row = document_or_404(request, document, "strategy.write")
    if request.method == "POST":
        words = _("It is no longer in force. Its versions stay to be read.")
        pressed(request, lambda: steps.supersede(by=request.access, document=row), words)
        return redirect("strategy:document", document=row.key)
    words = _("This cannot be undone. Its versions stay to be read, its plain pages are no longer public.")
    return _step_page(request, row, None, _("Take it out of force"), _("Take it out of force"), words)


def _step_page(
    request: HttpRequest, row: Document, form: BaseForm | None, heading: str, button: str, words: str, **more: Any
) -> HttpResponse:
    context = {"document": row, "form": form, "heading": heading, "button": button, "words": words}
    return render(request, "strategy/document_step.html", context | more)


@page("strategy.see_drafts")
def changes(request: HttpRequest, document: UUID) -> HttpResponse:
    """What is different from a version that was kept: from the last that can differ, or the one that is named."""
    row = document_or_404(request, document)
    versions = list(row.versions.all())
    number = request.GET.get("from", "")
    before = versions if row.state in WRITING else versions[1:]
    chosen = get_object_or_404(row.versions, number=int(number)) if number.isdecimal() else next(iter(before), None)
    found = changes_between(whole_of(chosen.body), whole_now(row)) if chosen else []
    context = {
        "document": row,
        "versions": versions,
        "chosen": chosen,
        "changes": found,
        "here": reverse("strategy:changes", args=[row.key]),
        "parts": parts_of_document(row, "changes"),
    }
    return render(request, "strategy/document_changes.html", context)
