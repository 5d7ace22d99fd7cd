"""The subgroup: who sits in it, its terms of reference, job descriptions, the officer's work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from .. import operations
from ..forms.members import EndForm, MemberForm
from ..models import Member
from ..queries.meetings import last_meeting, next_meeting
from ..queries.members import accounts, chair_of, former, jobs, members, sitting_now
from ..queries.terms import in_force, quorum_of
from .common import BOTH, form_page, own_board, parts, sent

SHOWN = 5


@page("meetings.see")
def subgroup(request: HttpRequest) -> HttpResponse:
    """Who sits in the subgroup, who chairs it, whose voice is missing, when it meets next."""
    board = own_board(request)
    today = timezone.localdate()
    sitting = sitting_now(request.access, today)
    missing = partnership.not_in_subgroup(request.access)
    context = {
        "board": board,
        "members": sitting,
        "chair": chair_of(board.pk, sitting),
        "young": any(one.part == "young" for one in sitting),
        "former": former(request.access, today),
        "missing": missing["yes"][:SHOWN],
        "missing_count": len(missing["yes"]),
        "unknown_count": len(missing["unknown"]),
        "quorum": quorum_of(in_force(board.pk, request.access), sitting),
        "next": next_meeting(request.access, timezone.now()),
        "last": last_meeting(request.access, timezone.now()),
    }
    return render(request, "meetings/subgroup.html", parts(request, "subgroup") | context)


def _choices(request: HttpRequest) -> dict[str, Any]:
    board = own_board(request)
    agencies = Agency.objects.filter(pk__in=partnership.agencies_in(board.pk)).order_by("name")
    people = accounts(board.pk, partnership.agencies_in(board.pk).values_list("agency_id", flat=True))
    return {"people": people, "agencies": agencies, "members": members(board.pk)}


@page("meetings.keep", methods=BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """Give somebody a seat."""
    form = MemberForm(typed(request), **_choices(request))
    call = lambda: operations.add_member(  # noqa: E731
        by=request.access, given=form.cleaned_data, form_key=form.cleaned_data["form_key"]
    )
    if sent(request, form, call):
        messages.success(request, _("%(name)s sits in the subgroup now.") % {"name": form.cleaned_data["name"]})
        return redirect("meetings:subgroup")
    back = reverse("meetings:subgroup")
    return form_page(request, form, title=_("Add somebody to the subgroup"), back=back, current="subgroup")


@page("meetings.keep", methods=BOTH)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a seat."""
    row = _of(request, pk)
    names = ("name", "part", "speaks_for", "email", "since", "until", "note")
    keys = ("person_id", "agency_id", "stands_for_id")
    initial = {name: getattr(row, name) for name in names}
    initial |= {name.removesuffix("_id"): getattr(row, name) for name in keys}
    form = MemberForm(typed(request), initial=initial, **_choices(request))
    call = lambda: operations.change_member(by=request.access, member=row, given=form.cleaned_data)  # noqa: E731
    if sent(request, form, call):
        messages.success(request, _("Saved."))
        return redirect("meetings:subgroup")
    title = _("Change the seat of %(name)s") % {"name": row.name}
    return form_page(request, form, title=title, back=reverse("meetings:subgroup"), current="subgroup")


@page("meetings.keep", methods=BOTH)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which day is the last of a seat."""
    row = _of(request, pk)
    form = EndForm(typed(request))
    call = lambda: operations.end_member(by=request.access, member=row, until=form.cleaned_data["until"])  # noqa: E731
    if sent(request, form, call):
        messages.success(request, _("The seat of %(name)s ends.") % {"name": row.name})
        return redirect("meetings:subgroup")
    title = _("%(name)s leaves the subgroup") % {"name": row.name}
    intro = _("What they said and did stays in the minutes.")
    back = reverse("meetings:subgroup")
    return form_page(request, form, title=title, back=back, current="subgroup", intro=intro, button=_("End the seat"))


def _of(request: HttpRequest, pk: int) -> Member:
    return get_object_or_404(Member.objects.filter(board_id=request.access.board_id), pk=pk)


@page("meetings.see")
def descriptions(request: HttpRequest) -> HttpResponse:
    """What each kind of member does, and what the e-safety officer does."""
    board = own_board(request)
    return render(request, "meetings/jobs.html", parts(request, "jobs") | {"jobs": jobs(board.pack)})
