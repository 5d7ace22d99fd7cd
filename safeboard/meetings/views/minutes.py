"""Minutes: written item by item, decisions and actions taken down, two texts made one, approved, printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import Place
from safeboard.core.kept import typed
from safeboard.core.page import page
from safeboard.core.roles import PlaceKind
from safeboard.documents.pdf import render_pdf
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from .. import operations
from ..errors import Clashed, Refused
from ..forms.minutes import ActionForm, ApproveForm, DecisionForm, MinuteForm, SettleForm
from ..models import AgendaItem, Decision, Meeting, MinuteClash
from ..paper import DOCX, minutes_html, minutes_word
from ..queries.meetings import agenda, attended, meetings, open_clashes, to_approve, who_chairs
from ..queries.members import reader_of
from ..queries.sheet import sheet_of
from .common import BOTH, as_a_file, form_page, item_or_404, meeting_or_404, parts, sent


@page("meetings.keep")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as they are written: a box for each item, saved as it is typed."""
    row = meeting_or_404(request, pk, "meetings.keep")
    if row.is_closed:
        return redirect("meetings:meeting", pk)
    sheet = sheet_of(row, request.access)
    clashes = open_clashes(row)
    context = {
        "meeting": row,
        "items": [(one, clashes.get(one.item.pk, [])) for one in agenda(request.access, sheet, with_papers=False)],
        "attended": attended(sheet),
        "chair": who_chairs(sheet)[0],
        "to_approve": to_approve(request.access, row),
        "begun": row.is_over,
    }
    return render(request, "meetings/minutes.html", parts(request, "meetings") | context)


@page("meetings.keep", methods=("POST",))
def minute(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Save the minute of one item: from the button, or as it is typed."""
    found = item_or_404(request, meeting_or_404(request, pk, "meetings.keep"), item)
    form = MinuteForm(request.POST)
    clash: MinuteClash | None = None
    refused = "" if form.is_valid() else " ".join(form.errors.get("minute", [_("Open the page again.")]))
    if not refused:
        given = form.cleaned_data
        try:
            found = operations.write_minute(
                by=request.access, item=found, text=given["minute"], edition=given["edition"]
            )
        except Clashed as why:
            clash = why.clash
        except Refused as why:
            refused = str(why)
    return _told(request, found, clash, refused)


def _told(request: HttpRequest, item: AgendaItem, clash: MinuteClash | None, refused: str) -> HttpResponse:
    """What came of saving: a line beside the box as it is typed; the page again where the button was pressed."""
    if request.htmx:
        context = {"item": item, "clash": clash, "refused": refused}
        response = render(request, "meetings/_saved.html", context)
        response["X-Minute"] = "yes"  # the script beside the box knows by it that this is no page of sign-in
        return response
    if refused:
        messages.error(request, refused)
    elif clash is not None:
        messages.warning(request, _("Somebody else saved this minute first. Nothing was lost: both texts are here."))
        return redirect("meetings:clash", item.meeting_id, clash.pk)
    else:
        messages.success(request, _("The minute is saved."))
    return redirect(f"{reverse('meetings:minutes', args=[item.meeting_id])}#item-{item.pk}")


@page("meetings.keep", methods=BOTH)
def clash(request: HttpRequest, pk: int, clash: int) -> HttpResponse:
    """Two texts of one minute beside one another, and the one that they become."""
    row = meeting_or_404(request, pk, "meetings.keep")
    open_ones = MinuteClash.objects.filter(item__meeting=row, settled_at__isnull=True)
    found = get_object_or_404(open_ones.select_related("item__meeting__board", "item__minuted_by", "by"), pk=clash)
    item = found.item
    if not reader_of(request.access).may_read(item):
        raise Http404
    together = item.minute if found.text in item.minute else f"{item.minute}\n\n{found.text}".strip()
    form = SettleForm(typed(request), initial={"minute": together, "edition": item.edition})
    call = lambda: operations.settle_clash(  # noqa: E731
        by=request.access, clash=found, text=form.cleaned_data["minute"], edition=form.cleaned_data["edition"]
    )
    if sent(request, form, call):
        messages.success(request, _("The two texts are one now."))
        return redirect(f"{reverse('meetings:minutes', args=[pk])}#item-{item.pk}")
    context = {"meeting": row, "item": item, "clash": found, "form": form}
    return render(request, "meetings/clash.html", parts(request, "meetings") | context)


def _back(pk: int, item: int) -> str:
    return f"{reverse('meetings:minutes', args=[pk])}#item-{item}"


@page("meetings.keep", methods=BOTH)
def decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take down a decision."""
    row = meeting_or_404(request, pk, "meetings.keep")
    found = item_or_404(request, row, item)
    form = DecisionForm(typed(request))
    if sent(request, form, lambda: operations.take_decision(by=request.access, item=found, **form.cleaned_data)):
        return redirect(_back(pk, item))
    intro = (
        ""
        if attended(sheet_of(row, request.access)).quorate
        else _("This is no quorum: the decision is marked so, and waits for one.")
    )
    words = {"caption": found.title, "intro": intro, "button": _("It is decided")}
    return form_page(request, form, title=_("Take down a decision"), back=_back(pk, item), current="meetings", **words)


@page("meetings.keep", methods=BOTH)
def action(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take down an action: it stands in the plan at once."""
    row = meeting_or_404(request, pk, "meetings.keep")
    found = item_or_404(request, row, item)
    place = Place(PlaceKind.BOARD, row.board_id, "")
    form = ActionForm(
        typed(request),
        decisions=list(Decision.objects.filter(item=found)),
        agencies=Agency.objects.filter(pk__in=partnership.agencies_in(row.board_id)).order_by("name"),
        owners=[one.person for one in partnership.members_of_place(place)],
    )
    if sent(request, form, lambda: _take(request, found, form)):
        messages.success(request, _("The action stands in the plan."))
        return redirect(_back(pk, item))
    words = {"caption": found.title, "button": _("Put it in the plan")}
    return form_page(request, form, title=_("Take down an action"), back=_back(pk, item), current="meetings", **words)


def _take(request: HttpRequest, item: AgendaItem, form: ActionForm) -> Any:
    given = dict(form.cleaned_data)
    source = given.pop("decision") or item
    return operations.take_action(by=request.access, source=source, **given)


@page("meetings.keep", methods=BOTH)
def approve(request: HttpRequest, pk: int, earlier: int) -> HttpResponse:
    """Approve the minutes of an earlier meeting at this one."""
    row = meeting_or_404(request, pk, "meetings.keep")
    before: Meeting = get_object_or_404(meetings(request.access), pk=earlier)
    form = ApproveForm(typed(request))
    given = {"meeting": before, "at": row}
    if sent(request, form, lambda: operations.approve_minutes(by=request.access, **given, **form.cleaned_data)):
        messages.success(request, _("The minutes are approved. They do not change any more."))
        return redirect("meetings:meeting", earlier)
    title = _("Approve the minutes of %(title)s") % {"title": before.title}
    back = reverse("meetings:meeting", args=[pk])
    intro = _("Read them once more first: %(day)s.") % {"day": f"{before.day:%d.%m.%Y}"}
    return form_page(
        request, form, title=title, back=back, current="meetings", intro=intro, button=_("They are approved")
    )


@page("meetings.see")
def paper(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The minutes as a PDF or in Word, as far as this person may read them."""
    row = meeting_or_404(request, pk)
    name = f"minutes-{row.day}.{ending}"
    title = _("Minutes: %(title)s") % {"title": row.title}
    if ending == "docx":
        return as_a_file(minutes_word(request.access, row, title), name, DOCX)
    return as_a_file(
        render_pdf(minutes_html(request.access, row, title), title=title), name, "application/pdf", inline=True
    )
