"""The parts of a document: adding, changing, moving, taking out; and the table of who and by when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library.readability import age, grade

from ..choices import PartKind
from ..errors import ChangedMeanwhile
from ..forms.documents import PartChoices, PartForm, PlanForm
from ..models import Document, Part
from ..operations.documents import add_part, change_part, move_part, put_back, set_plan, take_out
from ..queries.documents import parts_of
from ..queries.documents_diff import Piece, between
from ..queries.figures import choices
from ..rules_documents import LONGEST, WRITING, takes_parts
from .documents_frame import BOTH, document_or_404, done, part_or_404, parts_of_document, pressed, sent, who

OLDEST = {PartKind.PLAIN: 12, PartKind.CHILDREN: 9}  # the age at which the pages for others are read with ease, at most


@page("strategy.write", methods=BOTH)
def part_add(request: HttpRequest, document: UUID, kind: str) -> HttpResponse:
    """Add a part, below another one where the address names it."""
    row = document_or_404(request, document, "strategy.write")
    above = part_or_404(request, row, _key(request.GET["below"])) if request.GET.get("below") else None
    if not takes_parts(row.kind, kind, above.kind if above else ""):
        raise Http404
    form = PartForm(typed(request), kind=kind, who=who(request.access), choices=_choices(request, row))
    made: list[Part] = []

    def add() -> None:
        given, key = form.given(), form.cleaned_data["form_key"]
        made.append(add_part(by=request.access, document=row, kind=kind, parent=above, given=given, form_key=key))

    if sent(request, form, add):
        return redirect(_at(row, made[0].key))
    return _form_page(request, row, form, heading=str(PartKind(kind).label), above=above)


def _choices(request: HttpRequest, document: Document) -> PartChoices:
    """The indicators that the board counts, and the actions that stand in the document."""
    actions = document.parts.filter(kind=PartKind.ACTION, taken_out_at=None)
    return PartChoices(choices(request.access), actions)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _at(document: Document, key: object) -> str:
    return f"{reverse('strategy:document', args=[document.key])}#p-{key}"


@page("strategy.write", methods=BOTH)
def part(request: HttpRequest, document: UUID, part: UUID) -> HttpResponse:
    """Change a part. Where somebody else did meanwhile: what they wrote, and what was typed here, side by side."""
    row = document_or_404(request, document, "strategy.write")
    one = part_or_404(request, row, part)
    given = {"who": who(request.access), "choices": _choices(request, row), "part": one}
    form = PartForm(typed(request), kind=one.kind, **given)
    meanwhile: list[tuple[str, list[Piece]]] = []
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"] or 0
        try:
            if done(form, lambda: change_part(by=request.access, part=one, edition=edition, given=form.given())):
                return redirect(_at(row, one.key))
        except ChangedMeanwhile as why:
            meanwhile = _meanwhile(form, why)
    return _form_page(request, row, form, heading=str(one.get_kind_display()), part=one, meanwhile=meanwhile)


def _meanwhile(form: PartForm, why: ChangedMeanwhile) -> list[tuple[str, list[Piece]]]:
    """Tell who was first; the form goes on from the part as it is now. Gives what yours would change in theirs."""
    now: Any = why.there
    form.data = form.data.copy()
    form.data["edition"] = str(now.edition)
    name = now.changed_by.name if now.changed_by else _("Somebody")
    if now.taken_out_at:
        words = _(
            "%(who)s took this part out while you wrote. What you typed is still here. Put the part back, then save."
        )
    else:
        words = _(
            "%(who)s changed this part while you wrote. What you typed is still here. Below: theirs beside yours."
        )
    form.add_error(None, words % {"who": name})
    return [
        (str(form.fields[field].label), between(getattr(now, field), form.cleaned_data[field]))
        for field in ("title", "text", "measure")
        if field in form.cleaned_data and getattr(now, field) != form.cleaned_data[field]
    ]


def _form_page(request: HttpRequest, row: Document, form: PartForm, **more: Any) -> HttpResponse:
    measured = form["text"].value() if form.kind in OLDEST else ""
    context = {
        "document": row,
        "form": form,
        "age": age(grade(measured.splitlines())) if measured else None,
        "oldest": OLDEST.get(form.kind),  # type: ignore[call-overload]
        "longest": LONGEST.get(form.kind, 300),
        "writable": row.state in WRITING,
    }
    return render(request, "strategy/document_part.html", context | more)


@page("strategy.write", methods=("POST",))
def part_move(request: HttpRequest, document: UUID, part: UUID) -> HttpResponse:
    """Up or down among its neighbours."""
    row = document_or_404(request, document, "strategy.write")
    one = part_or_404(request, row, part)
    up = request.POST.get("where") == "up"
    pressed(request, lambda: move_part(by=request.access, part=one, up=up), _("Moved."))
    return redirect(_at(row, one.key))


@page("strategy.write", methods=("POST",))
def part_out(request: HttpRequest, document: UUID, part: UUID) -> HttpResponse:
    """Take it out, with what stands below it."""
    row = document_or_404(request, document, "strategy.write")
    one = part_or_404(request, row, part)
    words = _("Taken out. It stands at the foot of this page, to be put back.")
    pressed(request, lambda: take_out(by=request.access, part=one), words)
    return redirect("strategy:document", document=row.key)


@page("strategy.write", methods=("POST",))
def part_back(request: HttpRequest, document: UUID, part: UUID) -> HttpResponse:
    """Put it back."""
    row = document_or_404(request, document, "strategy.write")
    one = part_or_404(request, row, part)
    pressed(request, lambda: put_back(by=request.access, part=one), _("It is back where it was."))
    return redirect(_at(row, one.key))


@page("strategy.see_drafts", methods=BOTH)
def plan_table(request: HttpRequest, document: UUID) -> HttpResponse:
    """Who sees to each action and by when, in one table."""
    row = document_or_404(request, document, "strategy.write" if request.method == "POST" else "strategy.see_drafts")
    actions = [one for one in parts_of(row) if one.kind == PartKind.ACTION]
    form = PlanForm(typed(request), parts=actions, who=who(request.access))
    if request.method == "POST" and form.is_valid() and _plan_kept(request, row, form):
        return redirect("strategy:plan-table", document=row.key)
    rows = list(form.rows())
    context = {
        "document": row,
        "form": form,
        "rows": rows,
        "waits": any(one["first"] for one in rows),
        "options": form.options,
        "writes": row.state in WRITING and request.access.can("strategy.write", row),
        "parts": parts_of_document(row, "plan-table"),
    }
    return render(request, "strategy/document_plan.html", context)


def _plan_kept(request: HttpRequest, row: Document, form: PlanForm) -> bool:
    """Save the table; whether all of it was. Rows that somebody else changed keep what was typed."""
    late: list[Part] = []
    if not done(form, lambda: late.extend(set_plan(by=request.access, document=row, rows=form.given()))):
        return False
    if not late:
        messages.success(request, _("Saved."))
        return True
    form.data = form.data.copy()
    for one in late:
        form.data[f"edition-{one.key}"] = str(one.edition)
        words = _(
            "“%(title)s” was changed by somebody else meanwhile. What you chose is still here: save again to keep it."
        )
        form.add_error(f"who-{one.key}", words % {"title": one.title})
    return False
