"""The list of documents, beginning one, and the page on which the board works."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library.readability import age, grade
from safeboard.partnership import queries as partnership

from ..choices import DocumentKind, PartKind
from ..errors import ChangedMeanwhile
from ..forms.documents import AboutForm, BeginForm
from ..models import Document
from ..operations.documents import begin_document, change_about
from ..queries.documents import (
    STATE_COLOURS,
    Whole,
    for_agency,
    listed,
    taken_out,
    templates_for,
    whole_now,
)
from ..queries.documents_comments import said_about
from ..rules_documents import NEXT, PARTS, WRITING
from .documents_frame import BOTH, document_or_404, done, parts_of_document, sent

HEADINGS = {
    DocumentKind.STRATEGY: gettext_lazy("Begin a strategy"),
    DocumentKind.GUIDANCE: gettext_lazy("Begin practice guidance"),
    DocumentKind.REPORTING: gettext_lazy("Begin a reporting mechanism"),
}


@page("strategy.documents")
def documents(request: HttpRequest) -> HttpResponse:
    """A board's documents and where they stand; an agency's: what was opened to it, and what holds."""
    if request.access.agency_id:
        found = for_agency(request.access)
        return render(request, "strategy/documents_agency.html", {"versions": found})
    rows = [(one, STATE_COLOURS[one.state]) for one in listed(request.access)]  # type: ignore[index]
    may_write = request.access.can("strategy.write")
    return render(request, "strategy/documents.html", {"rows": rows, "may_write": may_write, "kinds": DocumentKind})


@page("strategy.write", methods=BOTH)
def document_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a document of a kind, from a template or from nothing."""
    pack = partnership.pack_of(request.access)
    title = str(DocumentKind(kind).label)
    form = BeginForm(typed(request), templates=templates_for(pack, kind), title=title)
    made: list[Document] = []
    if sent(request, form, lambda: made.append(begin_document(by=request.access, kind=kind, **form.cleaned_data))):
        messages.success(request, _("It is begun. Change it part by part: nobody else sees it yet."))
        return redirect("strategy:document", document=made[0].key)
    return render(request, "strategy/document_new.html", {"form": form, "heading": HEADINGS[DocumentKind(kind)]})


@page("strategy.see_drafts")
def document(request: HttpRequest, document: UUID) -> HttpResponse:
    """The document as it is being written, part by part, and the next step on its way."""
    row = document_or_404(request, document)
    comments = said_about(row, request.access)
    writes = row.state in WRITING and request.access.can("strategy.write", row)
    sections = _sections(row, whole_now(row))
    context = {
        "document": row,
        "colour": STATE_COLOURS[row.state],  # type: ignore[index]
        "base": row.url,
        "say": {"change": _("Change"), "up": _("Up"), "down": _("Down"), "out": _("Take out")},
        "sections": sections,
        "filled": [one for one in sections if one["nodes"]],
        "writes": writes,
        "may_write": request.access.can("strategy.write", row),
        "steps": NEXT[row.state],
        "out": taken_out(row) if writes else [],
        "versions": list(row.versions.select_related("by")),
        "parts": parts_of_document(row, "document", sum(one.answered_at is None for one in comments)),
    }
    return render(request, "strategy/document.html", context)


def _sections(document: Document, whole: Whole) -> list[dict[str, Any]]:
    """What can be added at the top, and what there is, kind by kind; empty kinds too, so that they can be filled."""
    filled = {section.kind: section for section in whole.sections}
    kinds = [*PARTS[document.kind]]
    if PartKind.OBJECTIVE in filled or document.kind == DocumentKind.STRATEGY:
        kinds.insert(kinds.index(PartKind.PRIORITY) + 1, PartKind.OBJECTIVE)
    return [
        {
            "kind": kind,
            "label": PartKind(kind).label,
            "heading": filled[kind].heading if kind in filled else PartKind(kind).label,
            "nodes": filled[kind].nodes if kind in filled else [],
            "single": kind in (PartKind.PLAIN, PartKind.CHILDREN),
            "age": _age(filled[kind].nodes) if kind in (PartKind.PLAIN, PartKind.CHILDREN) and kind in filled else None,
        }
        for kind in kinds
    ]


def _age(nodes: Any) -> int:
    return age(grade([words for node in nodes for words in node.paragraphs]))


@page("strategy.write", methods=BOTH)
def about(request: HttpRequest, document: UUID) -> HttpResponse:
    """Title and dates."""
    row = document_or_404(request, document, "strategy.write")
    form = AboutForm(typed(request), document=row)
    if request.method == "POST" and form.is_valid() and _about_kept(request, row, form):
        return redirect("strategy:document", document=row.key)
    return render(
        request, "strategy/document_form.html", {"document": row, "form": form, "heading": _("Title and dates")}
    )


def _about_kept(request: HttpRequest, row: Document, form: AboutForm) -> bool:
    try:
        return done(form, lambda: change_about(by=request.access, document=row, **form.cleaned_data))
    except ChangedMeanwhile as why:
        now: Any = why.there
        form.data = form.data.copy()
        form.data["edition"] = str(now.edition)
        words = _(
            "Somebody changed it meanwhile: it is “%(title)s” now. What you typed is still here. Save again to keep it."
        )
        form.add_error(None, words % {"title": now.title})
        return False
