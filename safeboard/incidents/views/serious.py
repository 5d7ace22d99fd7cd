"""A serious incident on its way to the board: written anew, names replaced, confirmed by a second person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import require
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board

from .. import letters
from ..choices import SeriousState
from ..errors import ChangedMeanwhile, NamesStand, Refused
from ..forms.looking_back import AskForm, ConfirmForm, SeriousForm
from ..models import Incident, SeriousReview
from ..operations.serious import (
    TEXTS,
    ask_second,
    give_back,
    names_in,
    prepare_serious,
    release_serious,
    replace_names,
    write_serious,
)
from ..queries.known import letters_of
from ..queries.looking_back import prompts, serious_of
from .frame import BOTH, find, frame, onwards
from .looking import parts, sent


@page("incidents.prepare_review", methods=BOTH)
def serious(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin it, write it, put letters in the place of names."""
    incident = find(request, pk)
    require(request.access, "incidents.prepare_review", incident)
    review = SeriousReview.objects.filter(incident=incident).first()
    if review is None:
        return _begin(request, incident)
    if review.state == SeriousState.RELEASED:
        return render(request, "incidents/serious_read.html", _context(request, incident, review))
    form = _form(request, incident, review)
    if request.method == "POST" and form.is_valid() and _written(request, form, review):
        return redirect("incidents:serious-ask" if "ask" in request.POST else "incidents:serious", pk=pk)
    return render(request, "incidents/serious.html", _context(request, incident, review) | {"form": form})


def _begin(request: HttpRequest, incident: Incident) -> HttpResponse:
    if request.method == "POST":
        prepare_serious(by=request.access, incident=incident)
        messages.success(request, _("Names are replaced by letters. Now write it anew."))
        return onwards(request, incident, "serious")
    return render(request, "incidents/serious_begin.html", frame(request, incident, "review"))


def _form(request: HttpRequest, incident: Incident, review: SeriousReview) -> SeriousForm:
    initial = {name: getattr(review, name) for name in (*TEXTS, "more_names", "edition")}
    return SeriousForm(typed(request), initial=initial, prompts=prompts(incident.pack, "serious"))


def _written(request: HttpRequest, form: SeriousForm, review: SeriousReview) -> bool:
    """Keep what was typed, and put letters in the place of names where that was asked for."""
    given = dict(form.cleaned_data)
    edition, more = given.pop("edition"), given.pop("more_names")
    try:
        write_serious(by=request.access, review=review, edition=edition, texts=given, more_names=more)
        if "replace" in request.POST:
            replace_names(by=request.access, review=review)
    except ChangedMeanwhile:
        form.add_error(
            None,
            _("Somebody else wrote on it meanwhile. What you wrote is still here: copy it, then open the page again."),
        )
        return False
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("It is kept."))
    return True


def _context(request: HttpRequest, incident: Incident, review: SeriousReview) -> dict[str, Any]:
    places = names_in(review)
    return frame(request, incident, "review") | {
        "review": review,
        "answers": _answers(review, incident.pack),
        "letters": letters_of(review),
        "places": [(name, place) for name, found in places.items() for place in found],
    }


def _answers(review: Any, pack: str) -> list[tuple[str, str]]:
    """The four questions in the words of the pack, with their answers."""
    return [(str(one.title), getattr(review, one.id)) for one in prompts(pack, "serious")]


@page("incidents.prepare_review", methods=BOTH)
def serious_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what may still point to somebody, and say that it is ready. Names that still stand hold it up."""
    incident = find(request, pk)
    require(request.access, "incidents.prepare_review", incident)
    review = get_object_or_404(SeriousReview, incident=incident)
    boards = Board.objects.filter(pk__in=partnership.boards_of(incident.agency_id))
    form = AskForm(typed(request), boards=boards, edition=review.edition)
    if request.method == "POST" and form.is_valid() and _asked(request, form, review):
        messages.success(request, _("A second person was told. It goes to the board once they confirm it."))
        return onwards(request, incident, "review")
    text = "\n".join(getattr(review, name) for name in TEXTS)
    context = _context(request, incident, review) | {"form": form, "hints": letters.hints(text)}
    return render(request, "incidents/serious_ask.html", context)


def _asked(request: HttpRequest, form: AskForm, review: SeriousReview) -> bool:
    given = form.cleaned_data
    try:
        ask_second(by=request.access, review=review, board=given["board"], edition=given["edition"])
    except ChangedMeanwhile:
        form.add_error(None, _("Somebody wrote on it meanwhile. Read it again first."))
        return False
    except (NamesStand, Refused) as why:
        form.add_error(None, str(why))
        return False
    return True


@page("incidents.see_serious")
def serious_list(request: HttpRequest) -> HttpResponse:
    """The serious incidents of the agency that this person may read, those that wait for them first."""
    rows = list(serious_of(request.access).order_by("state", "-made_at"))
    waiting = {one.pk for one in rows if one.state == SeriousState.ASKED}
    mine = {one.pk for one in rows if one.pk in waiting and request.access.can("incidents.confirm_review", one)}
    rows.sort(key=lambda one: one.pk not in mine)
    context = {"rows": rows, "mine": mine, "parts": parts(request, "serious-list")}
    return render(request, "incidents/serious_list.html", context)


@page("incidents.see_serious", methods=BOTH)
def serious_confirm(request: HttpRequest, serious: int) -> HttpResponse:
    """The text as the board would get it, for the second person: confirmed, or given back."""
    review = get_object_or_404(serious_of(request.access), pk=serious)
    if request.method == "POST":
        require(request.access, "incidents.confirm_review", review)
    else:
        _note_look(request, review)
    form = ConfirmForm(typed(request), edition=review.edition)
    if sent(request, form, lambda: _confirmed(request, form, review)):
        done = form.cleaned_data["answer"] == "release"
        messages.success(request, _("The board has it now.") if done else _("It went back to be written again."))
        return redirect("incidents:serious-list")
    text = "\n".join(getattr(review, name) for name in TEXTS)
    context = {
        "review": review,
        "form": form,
        "may": request.access.can("incidents.confirm_review", review) and review.state == SeriousState.ASKED,
        "hints": letters.hints(text),
        "answers": _answers(review, partnership.pack_of(request.access)),
        "parts": parts(request, "serious-list"),
    }
    return render(request, "incidents/serious_confirm.html", context)


def _confirmed(request: HttpRequest, form: ConfirmForm, review: SeriousReview) -> None:
    given = form.cleaned_data
    if given["answer"] == "release":
        release_serious(by=request.access, review=review, edition=given["edition"])
    else:
        give_back(by=request.access, review=review, why=given["why"])


def _note_look(request: HttpRequest, review: SeriousReview) -> None:
    """A look at the text of a serious incident is a look at its record."""
    history.saw(by=request.access, obj=review.incident, what="serious review")
