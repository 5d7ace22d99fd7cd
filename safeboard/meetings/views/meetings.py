"""Meetings: the calendar, one of them, planning and calling it, who comes and who came, interests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core.kept import typed
from safeboard.core.page import page

from .. import operations
from ..choices import MeetingState
from ..downloads import calendar_of
from ..errors import Refused
from ..forms.meetings import AnswerForm, AttendanceForm, CancelForm, InterestForm, MeetingForm
from ..models import Meeting, Member
from ..queries.meetings import (
    agenda,
    attended,
    coming,
    general_interests,
    past_page,
    to_approve,
    who_chairs,
)
from ..queries.sheet import sheet_of
from .common import BOTH, as_a_file, form_page, meeting_or_404, parts, sent

ON_A_PAGE = 30
ICS = "text/calendar; charset=utf-8"


@page("meetings.see")
def listing(request: HttpRequest) -> HttpResponse:
    """The meetings to come, and those that were."""
    shown = past_page(request.access, request.GET.get("page"), ON_A_PAGE)
    context = {"coming": coming(request.access), "page_obj": shown, "total": shown.paginator.count}
    return render(request, "meetings/meetings.html", parts(request, "meetings") | context)


@page("meetings.see")
def calendar(request: HttpRequest) -> HttpResponse:
    """The meetings to come as a calendar file."""
    return as_a_file(calendar_of(coming(request.access)), "meetings.ics", ICS)


@page("meetings.see")
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a calendar file: it changes or takes back what a calendar has of it."""
    row = meeting_or_404(request, pk)
    return as_a_file(calendar_of([row], asks=True), f"meeting-{row.day}.ics", ICS)


@page("meetings.see")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda with papers, who comes, and what was minuted."""
    row = meeting_or_404(request, pk)
    sheet = sheet_of(row, request.access)
    (chair, why), there = who_chairs(sheet), attended(sheet)
    seats = sheet.reader(request.access).seats
    may_keep = request.access.can("meetings.keep", row)
    context = {
        "meeting": row,
        "items": agenda(request.access, sheet),
        "interests": general_interests(sheet),
        "attended": there,
        "chair": chair,
        "vacant": why,
        "mine": [one for one in there.rows if one.member_id in seats],
        "may_keep": may_keep,
        "changes": may_keep and not row.is_closed,
        "may_answer": request.access.can("meetings.take_part", row) and not row.is_closed,
        "to_approve": to_approve(request.access, row) if may_keep and row.is_over and not row.is_closed else [],
        "altered": row.approved_on is not None and not operations.is_as_approved(sheet),
    }
    return render(request, "meetings/meeting.html", parts(request, "meetings") | context)


@page("meetings.keep", methods=BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    made: list[Meeting] = []
    form = MeetingForm(typed(request), initial={"title": _("E-safety subgroup"), "hours": 2})
    key = lambda: form.cleaned_data["form_key"]  # noqa: E731
    call = lambda: made.append(operations.plan_meeting(by=request.access, form_key=key(), **form.times))  # noqa: E731
    if sent(request, form, call):
        return redirect("meetings:meeting", made[0].pk)
    back = reverse("meetings:meetings")
    return form_page(request, form, title=_("Plan a meeting"), back=back, current="meetings", button=_("Plan it"))


@page("meetings.keep", methods=BOTH)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change when, where or what a meeting is called."""
    row = meeting_or_404(request, pk, "meetings.keep")
    hours = (row.ends_at - row.starts_at).total_seconds() / 3600
    initial = {"title": row.title, "starts_at": row.starts_at, "where": row.where, "hours": f"{hours:g}"}
    form = MeetingForm(typed(request), initial=initial)
    if sent(request, form, lambda: operations.change_meeting(by=request.access, meeting=row, given=form.times)):
        messages.success(request, _("Saved."))
        return redirect("meetings:meeting", pk)
    told = row.state == MeetingState.CALLED
    intro = _("Everybody who was invited is told of the change.") if told else ""
    back = reverse("meetings:meeting", args=[pk])
    return form_page(request, form, title=_("Change the meeting"), back=back, current="meetings", intro=intro)


@page("meetings.keep", methods=BOTH)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting."""
    row = meeting_or_404(request, pk, "meetings.keep")
    form = CancelForm(typed(request))
    if sent(request, form, lambda: operations.cancel_meeting(by=request.access, meeting=row, **form.cleaned_data)):
        messages.success(request, _("The meeting is cancelled. Whoever was invited is told."))
        return redirect("meetings:meeting", pk)
    back = reverse("meetings:meeting", args=[pk])
    return form_page(
        request,
        form,
        title=_("Cancel the meeting"),
        back=back,
        current="meetings",
        caption=row.title,
        button=_("Cancel it"),
    )


@page("meetings.keep", methods=("POST",))
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitations."""
    row = meeting_or_404(request, pk, "meetings.keep")
    try:
        count = operations.call_meeting(by=request.access, meeting=row)
        words = ngettext("%(n)s invitation was sent.", "%(n)s invitations were sent.", count) % {"n": count}
        messages.success(request, words)
    except Refused as why:
        messages.error(request, str(why))
    return redirect("meetings:meeting", pk)


def _answering(request: HttpRequest, row: Meeting) -> list[Member]:
    """For whom this person may answer: for everybody who runs the meetings, else for themselves."""
    sheet = sheet_of(row, request.access)
    if request.access.can("meetings.keep", row):
        return sheet.sitting
    return [one for one in sheet.sitting if one.pk in sheet.reader(request.access).seats]


@page("meetings.take_part", methods=BOTH)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one is coming, or who comes instead."""
    row = meeting_or_404(request, pk, "meetings.take_part")
    form = AnswerForm(typed(request), members=_answering(request, row))
    if sent(request, form, lambda: operations.answer_invitation(by=request.access, meeting=row, **form.cleaned_data)):
        messages.success(request, _("Thank you. The answer is noted."))
        return redirect("meetings:meeting", pk)
    back = reverse("meetings:meeting", args=[pk])
    return form_page(request, form, title=_("Answer the invitation"), back=back, current="meetings", caption=row.title)


@page("meetings.keep", methods=BOTH)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who came, who sent a deputy, which guests were there, and who took the chair."""
    row = meeting_or_404(request, pk, "meetings.keep")
    sheet = sheet_of(row, request.access)
    there = attended(sheet)
    form = AttendanceForm(typed(request), attended=there, chair=who_chairs(sheet)[0])
    if sent(request, form, lambda: _note(request, row, form, there.rows)):
        if not attended(sheet_of(row, request.access)).quorate:
            messages.warning(request, _("This is no quorum. Decisions are marked so, and wait for one."))
        return redirect("meetings:minutes", pk)
    context = {"quorum": there.quorum, "meeting": row, "form": form, "begun": row.starts_at <= timezone.now()}
    return render(request, "meetings/attendance.html", parts(request, "meetings") | context)


def _note(request: HttpRequest, row: Meeting, form: AttendanceForm, rows: list[Any]) -> None:
    operations.note_attendance(
        by=request.access,
        meeting=row,
        came=form.came,
        deputies={one.member_id: one.deputy for one in rows if one.member_id},
        guests=form.guest_names,
        chaired_by=form.cleaned_data["chaired_by"],
    )


@page("meetings.take_part", methods=BOTH)
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare an interest."""
    row = meeting_or_404(request, pk, "meetings.take_part")
    shown = agenda(request.access, sheet_of(row, request.access), with_papers=False)
    items = [one.item for one in shown if one.open and one.item.kind in ("item", "standing", "report")]
    form = InterestForm(typed(request), members=_answering(request, row), items=items)
    if sent(request, form, lambda: operations.declare_interest(by=request.access, meeting=row, **form.cleaned_data)):
        messages.success(request, _("The interest is noted."))
        return redirect("meetings:meeting", pk)
    back = reverse("meetings:meeting", args=[pk])
    intro = _("Does something on the agenda touch you, your organisation or somebody close to you?")
    return form_page(
        request, form, title=_("Declare an interest"), back=back, current="meetings", caption=row.title, intro=intro
    )
