"""The editor of a board's own review: a list that buttons reorder, a page for each part, trial, publishing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library.shapes.standards import Review

from .. import asking, editing, operations
from ..editing import Edit, Missing
from ..errors import ChangedMeanwhile, Refused
from ..forms.returns import SectionForm
from ..forms.reviews import AboutForm, DraftForm, PublishForm, QuestionForm, SectionEditForm
from ..models import BoardReview
from ..queries import reviews as queries
from .reviews import described

BOTH = ("GET", "POST")


def own_or_404(request: HttpRequest, pk: int) -> BoardReview:
    """One of the board's own reviews."""
    found = queries.own_review(request.access, pk)
    if found is None:
        raise Http404
    return found


def over_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the review and its draft; to the review where there is none, 404 where a part is gone."""

    @wraps(view)
    def shown(request: HttpRequest, pk: int, **where: Any) -> HttpResponse:
        own = own_or_404(request, pk)
        if own.draft is None:
            return redirect("standards:own", pk=pk)
        try:
            return view(request, own, queries.draft_of(own), **where)
        except Missing:
            raise Http404 from None

    return shown


@page("standards.write_review")
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a list; where there is none, the versions."""
    held = own_or_404(request, pk)
    context: dict[str, Any] = {"own": held, "versions": queries.versions_of(held)}
    if held.draft is None:
        return render(request, "standards/own.html", context)
    draft = queries.draft_of(held)
    context |= {"review": draft, "sections": described(draft), "asks_something": any(draft.questions())}
    return render(request, "standards/own_draft.html", context)


@page("standards.write_review", methods=("POST",))
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version."""
    operations.redraft_review(by=request.access, review=own_or_404(request, pk))
    return redirect("standards:own", pk=pk)


@page("standards.write_review", methods=BOTH)
@over_draft
def about(request: HttpRequest, held: BoardReview, draft: Review) -> HttpResponse:
    """The review itself."""
    form = AboutForm(typed(request), review=draft, edition=held.edition)
    return _edited(request, held, form, _("The review itself"), lambda: reverse("standards:own", args=[held.pk]))


@page("standards.write_review", methods=BOTH)
@over_draft
def section(request: HttpRequest, held: BoardReview, draft: Review, section: str = "") -> HttpResponse:
    """A section, new or changed."""
    there = editing.section_of(draft, section) if section else None
    form = SectionEditForm(typed(request), review=draft, edition=held.edition, section=there)
    heading = _("A section") if there else _("A new section")
    return _edited(request, held, form, heading, lambda: _at(held, form.made))


@page("standards.write_review", methods=BOTH)
@over_draft
def add(request: HttpRequest, held: BoardReview, draft: Review, section: str) -> HttpResponse:
    """A new question at the end of a section."""
    there = editing.section_of(draft, section)
    form = QuestionForm(typed(request), review=draft, edition=held.edition, section=there)
    return _edited(request, held, form, _("A new question"), lambda: _at(held, form.made))


@page("standards.write_review", methods=BOTH)
@over_draft
def question(request: HttpRequest, held: BoardReview, draft: Review, question: str) -> HttpResponse:
    """A question, changed."""
    there, one = editing.question_of(draft, question)
    form = QuestionForm(typed(request), review=draft, edition=held.edition, section=there, question=one)
    return _edited(request, held, form, _("A question"), lambda: _at(held, form.made))


def _at(held: BoardReview, name: str) -> str:
    return reverse("standards:own", args=[held.pk]) + f"#at-{name}"


def _edited(
    request: HttpRequest, held: BoardReview, form: DraftForm, heading: str, onwards: Callable[[], str]
) -> HttpResponse:
    """Save what a form changes and go on; where somebody else changed the draft meanwhile, what was typed stays."""
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        try:
            operations.change_review(by=request.access, review=held, edition=edition, edit=form.edit())
            return redirect(onwards())
        except ChangedMeanwhile:
            _meanwhile(held, form)
        except Refused as why:
            form.add_error(None, str(why))
    return render(request, "standards/own_form.html", {"own": held, "form": form, "heading": heading})


def _meanwhile(held: BoardReview, form: DraftForm) -> None:
    """Tell of the other's change, and let the same form be sent again over the draft as it is now."""
    held.refresh_from_db()
    if held.draft is None:
        raise Missing
    who = held.changed_by.name if held.changed_by else _("Somebody")
    said = _("%(who)s changed this draft while you wrote. What you typed is still here. Look it over, then save again.")
    form.data = form.data.copy()
    form.data["edition"] = str(held.edition)
    form.add_error(None, said % {"who": who})


@page("standards.write_review", methods=("POST",))
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Move something up or down, take it out, or take back the last change, by one press of a button."""
    held = own_or_404(request, pk)
    act, _colon, name = request.POST.get("act", "").partition(":")
    edition = request.POST.get("edition", "")
    number = int(edition) if edition.isdigit() else -1
    try:
        if act == "back":
            operations.take_back(by=request.access, review=held, edition=number)
            messages.success(request, _("The last change is taken back."))
        else:
            operations.change_review(by=request.access, review=held, edition=number, edit=_edit(act, name))
            if act == "remove":
                messages.success(request, _("Taken out. “Take back the last change” brings it back."))
    except Refused as why:
        messages.warning(request, str(why))
    return redirect(_at(held, name) if act in ("up", "down") else reverse("standards:own", args=[pk]))


def _edit(act: str, name: str) -> Edit:
    """The change that a button asks for: 'up:question'. Raises Missing for any other."""
    moves = {"up": -1, "down": 1}
    if act in moves:
        return lambda review: editing.move(review, name, moves[act])
    if act == "remove":
        return lambda review: editing.remove(review, name)
    raise Missing


@page("standards.write_review", methods=BOTH)
@over_draft
def trial(request: HttpRequest, held: BoardReview, draft: Review) -> HttpResponse:
    """Fill the draft in in trial, as an agency does. Nothing of it is kept."""
    values = {name[2:]: value for name, value in request.POST.items() if name.startswith("v-")}
    shown = asking.asked(draft, values)
    form = SectionForm(request.POST if request.method == "POST" else None, questions=shown, drafts={})
    if request.method == "POST" and form.is_valid():
        before = set(request.POST.getlist("shown"))
        if before >= {one.id for one in shown}:
            return _tried(request, held)
        messages.info(request, _("More questions follow from your answers. They stand below."))
    sections = [(part, [row for row in form.rows() if row.question in part.questions]) for part in draft.sections]
    context = {"own": held, "review": draft, "form": form, "sections": sections, "shown": [one.id for one in shown]}
    return render(request, "standards/own_trial.html", context)


def _tried(request: HttpRequest, held: BoardReview) -> HttpResponse:
    try:
        operations.mark_tried(by=request.access, review=held, edition=held.edition)
        messages.success(request, _("You have tried it as it is now. Nothing of what you filled in was kept."))
    except ChangedMeanwhile as why:
        messages.warning(request, str(why))
    return redirect("standards:own", pk=held.pk)


@page("standards.write_review", methods=BOTH)
@over_draft
def publish(request: HttpRequest, held: BoardReview, draft: Review) -> HttpResponse:
    """Publish the draft: it can be sent, and never changes."""
    form = PublishForm(typed(request), initial={"edition": held.edition})
    if request.method == "POST" and form.is_valid():
        try:
            operations.publish_review(by=request.access, review=held, **form.cleaned_data)
            messages.success(request, _("Published. It can be sent now."))
            return redirect("standards:own", pk=held.pk)
        except Refused as why:
            form.add_error(None, str(why))
    return render(request, "standards/own_publish.html", {"own": held, "review": draft, "form": form})


@page("standards.write_review", methods=BOTH)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    held = own_or_404(request, pk)
    if request.method == "POST" and held.draft is not None:
        edition = request.POST.get("edition", "")
        try:
            number = int(edition) if edition.isdigit() else -1
            operations.discard_draft(by=request.access, review=held, edition=number)
            messages.success(request, _("The draft is thrown away."))
            return redirect("standards:reviews")
        except ChangedMeanwhile as why:
            messages.warning(request, str(why))
    return render(request, "standards/own_discard.html", {"own": held})


@page("standards.write_review", methods=("POST",))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the list of what can be sent, or put it back."""
    held = own_or_404(request, pk)
    operations.withdraw_review(by=request.access, review=held, withdrawn=not held.withdrawn)
    return redirect("standards:own", pk=pk)
