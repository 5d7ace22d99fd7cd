"""What the pages of the editor share: the copy and its draft, the drawing beside it, saving, and what came between."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.text import without_control, without_files
from safeboard.library import drawing, engine
from safeboard.library.engine import Position
from safeboard.library.schemas import Chart, Outcome, Step

from .. import operations, queries
from ..editing import Missing, nodes
from ..errors import ChangedMeanwhile, Refused
from ..forms import DraftForm
from ..queries import Copy

BOTH = ("GET", "POST")
NOT_SHOWN = ("csrfmiddlewaretoken", "kept_for", "edition")


def copy_or_404(request: HttpRequest, name: str) -> Copy:
    """The place's own copy of a chart."""
    copy = queries.copy_here(request.access, name)
    if copy is None:
        raise Http404
    return copy


def over_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the copy and its draft. Where draft, step or part is gone: 404, or what was typed, to be copied."""

    @wraps(view)
    def shown(request: HttpRequest, name: str, **where: Any) -> HttpResponse:
        copy = copy_or_404(request, name)
        if copy.draft is None and request.method == "GET":
            return redirect("charts:own", name=name)
        try:
            if copy.draft is None:
                raise Missing
            return view(request, copy, queries.draft_of(copy), **where)
        except Missing:
            if request.method == "GET":
                raise Http404 from None
            return gone(request, copy)

    return shown


def gone(request: HttpRequest, copy: Copy) -> HttpResponse:
    """What is being changed is no longer there: says so, with all that was typed."""
    kept = [value for name, value in request.POST.items() if name not in NOT_SHOWN and value]
    typed = [without_control(without_files(value)) for value in kept]
    return render(request, "charts/gone.html", {"copy": copy, "typed": typed})


def frame(copy: Copy, draft: Chart, node: str = "") -> dict[str, Any]:
    """The context that every page of the editor needs. ``node`` is marked in the drawing."""
    found = queries.problems_of(copy, draft)
    return {
        "copy": copy,
        "chart": draft,
        "edition": copy.edition,
        "picture": drawing.draw(draft, _standing(draft, node), prefix="draft"),
        "problems": found,
        "here": [problem for problem in found if node and problem.node == node],
        "own_url": reverse("charts:own", args=[copy.chart]),
    }


def _standing(draft: Chart, node: str) -> Position | None:
    there = nodes(draft).get(node)
    if isinstance(there, Step):
        return Position(there, None, (), (), None)
    return Position(None, there, (), (), None) if isinstance(there, Outcome) else None


def save(request: HttpRequest, copy: Copy, form: DraftForm) -> Copy | None:
    """Save what a form changes and give back the copy; None where it was not saved: the form says why.

    Where somebody else changed the draft meanwhile, the form holds on to what was typed, is told what they changed
    (``form.meanwhile``), and goes on from the draft as it is now.
    """
    if not form.is_valid():
        return None
    edition = form.cleaned_data["edition"]
    try:
        return operations.change(by=request.access, copy=copy, edition=edition, edit=form.edit())
    except ChangedMeanwhile:
        copy.refresh_from_db()
        if copy.draft is None:
            raise Missing from None
        form.meanwhile = queries.since_edition(copy, edition)
        form.data = with_edition(form.data, copy.edition)
        form.add_error(None, between_words(copy))
    except Missing:
        raise
    except Refused as why:
        form.add_error(None, str(why))
    return None


def between_words(copy: Copy) -> str:
    """Who changed the draft since a page was opened."""
    who = copy.changed_by.name if copy.changed_by else _("Somebody")
    return _(
        "%(who)s changed this draft while you wrote. What you typed is still here. Look at what they changed, then "
        "save yours again."
    ) % {"who": who}


def stale(request: HttpRequest, copy: Copy, edition: int) -> None:
    """Say what somebody else changed, after something of one press that was not done."""
    copy.refresh_from_db()
    who = copy.changed_by.name if copy.changed_by else _("Somebody")
    messages.warning(
        request,
        _("%(who)s changed this draft since you opened the page, so nothing was done. Look at it, then try again.")
        % {"who": who},
    )
    if copy.draft is not None:
        for one in queries.since_edition(copy, edition)[:5]:
            messages.info(request, f"{one.where} – {' '.join(one.sentences)}")


def number(text: str | None) -> int:
    """A number as a form posts it; 0, which no draft's edition is, where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def with_edition(data: QueryDict, edition: int) -> QueryDict:
    """What was posted, for another try over the draft as it is now."""
    again = data.copy()
    again["edition"] = str(edition)
    return again


def can_be_walked(draft: Chart) -> bool:
    """Whether the draft makes sense enough to be walked."""
    return not engine.check(draft)
