"""An action for what falls short, from the board's page or the agency's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Place
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.roles import PlaceKind
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from .. import asking, operations
from ..errors import Refused
from ..forms.gaps import GapForm
from ..models import Gap, RoundAgency
from ..queries.returns import review_in

BOTH = ("GET", "POST")
LONGEST = 200


def gap_or_404(request: HttpRequest, key: UUID) -> tuple[Gap, RoundAgency | None]:
    """A gap of the agency acted for, or one in a return that was sent to the board acted for."""
    gap = Gap.objects.filter(key=key).select_related("of").first()
    if gap is None:
        raise Http404
    if request.access.agency_id:
        return gap, None
    sent = RoundAgency.objects.filter(of=gap.of_id, round__board_id=request.access.board_id, submission__isnull=False)
    place = sent.select_related("round__board").order_by("-pk").first()
    if place is None:
        raise Http404
    return gap, place


@page("standards.raise_from_gap", methods=BOTH)
def action(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make an action of what falls short."""
    gap, place = gap_or_404(request, key)
    question = asking.by_id(review_in(gap.of)).get(gap.question)
    agency = Agency.objects.get(pk=gap.agency_id)
    boards = (
        [place.round.board_id] if place else list(partnership.boards_of(agency.pk).values_list("board_id", flat=True))
    )
    words = str(question.question) if question else gap.question
    title = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    people = partnership.members_of_place(Place(PlaceKind.AGENCY, agency.pk, agency.name))
    form = GapForm(typed(request), owners=[one.person for one in people], boards=boards, initial={"title": title})
    if request.method == "POST" and form.is_valid() and _raised(request, gap, place, form, words):
        return redirect(_back(gap, place))
    context = {"form": form, "gap": gap, "question": question, "agency": agency, "back": _back(gap, place)}
    answer = asking.label_of(question, gap.value) if question else gap.value
    return render(request, "standards/gap_action.html", context | {"answer": answer, "asked": place is not None})


def _raised(request: HttpRequest, gap: Gap, place: RoundAgency | None, form: GapForm, words: str) -> bool:
    given: dict[str, Any] = dict(form.cleaned_data)
    try:
        operations.raise_from_gap(by=request.access, gap=gap, source_title=words, source_url=_back(gap, place), **given)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    said = _("The agency is asked to do it.") if place else _("The action is in the plan.")
    messages.success(request, said)
    return True


def _back(gap: Gap, place: RoundAgency | None) -> str:
    if place:
        return reverse("standards:place", args=[place.round_id, place.pk]) + f"#q-{gap.question}"
    return reverse("standards:return-sent", args=[gap.of.key]) + f"#q-{gap.question}"
