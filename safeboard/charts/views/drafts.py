"""The editor: the draft as a list, one step or outcome a page, and one part of it a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.library import drawing
from safeboard.library.layout import names
from safeboard.library.schemas import Chart, Outcome, Step

from .. import editing, operations, queries
from ..editing import Edit, Missing
from ..errors import ChangedMeanwhile, Refused
from ..forms import PARTS, ChartForm, DraftForm, OutcomeForm, StepForm
from ..queries import Copy
from ..wording import Problem, called, duty_in_words, title_of
from .frame import BOTH, copy_or_404, frame, number, over_draft, save, stale
from .reading import holding_or_404


@page("charts.keep", methods=("POST",))
def begin(request: HttpRequest, name: str) -> HttpResponse:
    """Begin a draft, or go on with the one that is under way."""
    holding_or_404(request, name)
    operations.begin(by=request.access, chart=name)
    return redirect("charts:own", name=name)


@page("charts.keep")
def own(request: HttpRequest, name: str) -> HttpResponse:
    """The own copy: its draft as a list of questions and outcomes, or, where there is none, its versions."""
    copy = copy_or_404(request, name)
    about = {"versions": queries.versions_of(copy), "newer": queries.newer_original(copy), "copy": copy}
    if copy.draft is None:
        chart = queries.version_of(copy, copy.version) if copy.version else queries.original_of(copy)
        return render(request, "charts/own.html", about | {"chart": chart})
    draft = queries.draft_of(copy)
    context = frame(copy, draft) | about
    context["steps"] = _rows(draft.steps, draft, context["problems"])
    context["outcomes"] = _rows(draft.outcomes, draft, context["problems"])
    context["full_size"] = drawing.draw(draft, prefix="full-size")
    return render(request, "charts/draft.html", context)


def _rows(listed: Any, draft: Chart, faults: list[Problem]) -> list[dict[str, Any]]:
    """Steps or outcomes as the list shows them, each with its faults."""
    numbers = names(draft)
    return [
        {
            "id": node.id,
            "name": numbers[node.id],
            "title": title_of(node),
            "start": node.id == draft.start,
            "ahead": [(str(one.label), numbers.get(one.next, "?")) for one in getattr(node, "answers", ())],
            "faults": [fault.message for fault in faults if fault.node == node.id],
        }
        for node in listed
    ]


@page("charts.keep", methods=BOTH)
@over_draft
def about(request: HttpRequest, copy: Copy, draft: Chart) -> HttpResponse:
    """The chart itself: title, when it is used, where it begins."""
    form = ChartForm(typed(request), chart=draft, pack=copy.pack, edition=copy.edition)
    if request.method == "POST" and save(request, copy, form):
        return redirect("charts:own", name=copy.chart)
    return _form_page(request, copy, form, heading=_("The chart itself"))


@page("charts.keep", methods=BOTH)
@over_draft
def add(request: HttpRequest, copy: Copy, draft: Chart, sort: str) -> HttpResponse:
    """A new question or outcome."""
    kind, heading = (StepForm, _("A new question")) if sort == "step" else (OutcomeForm, _("A new outcome"))
    form = kind(typed(request), chart=draft, pack=copy.pack, edition=copy.edition)
    if request.method == "POST" and save(request, copy, form):
        return redirect("charts:at", name=copy.chart, node=form.made)
    return _form_page(request, copy, form, heading=heading)


@page("charts.keep", methods=BOTH)
@over_draft
def at(request: HttpRequest, copy: Copy, draft: Chart, node: str) -> HttpResponse:
    """One question or outcome: its words, its faults, and its parts."""
    there = editing.node_of(draft, node)
    kind = StepForm if isinstance(there, Step) else OutcomeForm
    form = kind(typed(request), chart=draft, pack=copy.pack, edition=copy.edition, node=node)
    if request.method == "POST" and save(request, copy, form):
        messages.success(request, _("Saved."))
        return redirect("charts:at", name=copy.chart, node=node)
    draft = queries.draft_of(copy)
    there = editing.node_of(draft, node)
    context = frame(copy, draft, node) | {
        "form": form,
        "node": there,
        "called": called(draft, node),
        "outcome": isinstance(there, Outcome),
        "parts": _parts(copy, draft, there),
        "leading": queries.leading_here(draft, node),
    }
    return render(request, "charts/node.html", context)


def _parts(copy: Copy, draft: Chart, node: editing.Node) -> list[dict[str, Any]]:
    """The kinds of parts of a step or outcome, each with its parts in words."""
    heads: dict[str, tuple[str, str]] = {
        "answers": (_("Answers"), _("Add an answer")),
        "do": (_("What to do"), _("Add a thing to do")),
        "dont": (_("What not to do"), _("Add a thing not to do")),
        "contacts": (_("Whom to ring"), _("Add somebody to ring")),
        "duties": (_("What is owed"), _("Add what is owed")),
    }
    said = _sayings(copy, draft)
    return [
        {
            "kind": kind,
            "heading": heads[kind][0],
            "add": heads[kind][1],
            "rows": [(part, *said[kind](value)) for part, value in editing.parts_of(node, kind)],
        }
        for kind in editing.KINDS[type(node)]
    ]


def _sayings(copy: Copy, draft: Chart) -> dict[str, Callable[[Any], tuple[str, str]]]:
    """How a part of each kind is said: its words, and what stands below them."""

    def title(name: str | None) -> str:
        return queries.contact_title(copy, name) if name else ""

    def answer(one: Any) -> tuple[str, str]:
        leads = called(draft, one.next) or _("nothing: choose where")
        words = [_("Leads to %(where)s") % {"where": leads}]
        words += [_("‘not sure’")] if one.unsure else []
        return str(one.label), ". ".join([*words, *filter(None, [title(one.contact)])])

    return {
        "answers": answer,
        "do": lambda one: (str(one.text), title(one.contact)),
        "dont": lambda one: (str(one), ""),
        "contacts": lambda one: (title(one), ""),
        "duties": lambda one: (duty_in_words(one, title), ""),
    }


@page("charts.keep", methods=BOTH)
@over_draft
def part(request: HttpRequest, copy: Copy, draft: Chart, node: str, kind: str, part: str = "") -> HttpResponse:
    """One part of a question or outcome; a new one where none is named."""
    there = editing.node_of(draft, node)
    editing.parts_of(there, kind)  # Missing where it has no such parts
    form = PARTS[kind](typed(request), chart=draft, pack=copy.pack, edition=copy.edition, node=node, part=part)
    back = reverse("charts:at", args=[copy.chart, node])
    if request.method == "POST" and save(request, copy, form):
        return redirect(f"{back}#{kind}")
    return _form_page(request, copy, form, heading=_heading(kind, bool(part)), node=node, back=back)


def _heading(kind: str, known: bool) -> str:
    new, old = {
        "answers": (_("A new answer"), _("An answer")),
        "do": (_("A new thing to do"), _("A thing to do")),
        "dont": (_("A new thing not to do"), _("A thing not to do")),
        "contacts": (_("Somebody else to ring"), _("Somebody to ring")),
        "duties": (_("Something new that is owed"), _("Something that is owed")),
    }[kind]
    return old if known else new


def _form_page(
    request: HttpRequest, copy: Copy, form: DraftForm, *, heading: str, node: str = "", back: str = ""
) -> HttpResponse:
    draft = queries.draft_of(copy)
    context = frame(copy, draft, node) | {"form": form, "heading": heading, "called": called(draft, node)}
    return render(request, "charts/form.html", context | {"back_url": back or context["own_url"]})


# --- by one press -----------------------------------------------------------------------------------------


@page("charts.keep", methods=("POST",))
def arrange(request: HttpRequest, name: str) -> HttpResponse:
    """Move something up or down, or take it out, by one press of a button."""
    copy, edition = copy_or_404(request, name), number(request.POST.get("edition"))
    act, _colon, where = request.POST.get("act", "").partition(":")
    try:
        operations.change(by=request.access, copy=copy, edition=edition, edit=_edit(act, where))
        if act == "remove":
            messages.success(request, _("Taken out. “Take back the last change” brings it back."))
    except ChangedMeanwhile:
        stale(request, copy, edition)
    except Refused as why:
        messages.warning(request, str(why))
    return _back_to(copy, where)


def _back_to(copy: Copy, where: str) -> HttpResponse:
    """To the list of a question's parts, or to the question in the list; to the whole where it is no longer there."""
    copy.refresh_from_db()
    node, _colon, rest = where.partition(":")
    own = reverse("charts:own", args=[copy.chart])
    if copy.draft is None or node not in editing.nodes(queries.draft_of(copy)):
        return redirect(own)
    kind = rest.partition(":")[0]
    return redirect(reverse("charts:at", args=[copy.chart, node]) + f"#{kind}" if kind in PARTS else f"{own}#at-{node}")


def _edit(act: str, where: str) -> Edit:
    """The change that a button asks for: 'up:what', 'remove:what:answers:yes'. Raises Missing for any other."""
    node, *rest = where.split(":")
    moves = {"up": -1, "down": 1}
    if act in moves and len(rest) == 2:
        return lambda chart: editing.move_part(chart, node, *rest, by=moves[act])
    if act in moves and not rest:
        return lambda chart: editing.move_node(chart, node, moves[act])
    if act == "remove" and len(rest) == 2:
        return lambda chart: editing.remove_part(chart, node, *rest)
    if act == "remove" and not rest:
        return lambda chart: editing.remove_node(chart, node)
    raise Missing


@page("charts.keep", methods=("POST",))
def take_back(request: HttpRequest, name: str) -> HttpResponse:
    """Take back the last change."""
    copy, edition = copy_or_404(request, name), number(request.POST.get("edition"))
    try:
        operations.take_back(by=request.access, copy=copy, edition=edition)
        messages.success(request, _("The last change is taken back."))
    except ChangedMeanwhile:
        stale(request, copy, edition)
    except Refused as why:
        messages.warning(request, str(why))
    return redirect("charts:own", name=name)
