"""The sections of an annual report while it is being written: changed, added, moved, taken out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safeboard.core.kept import typed
from safeboard.core.page import page

from ..errors import ChangedMeanwhile, Refused
from ..forms_reports import AddForm, PartForm
from ..models import ReportPart
from ..operations.report_shape import add_part, move_part, remove_part
from ..operations.reports import change_part
from ..queries import reports as reads
from .report_frame import BOTH, part_or_404, report_or_404, sent


@page("insight.write_report", methods=BOTH)
def change(request: HttpRequest, report: UUID, part: UUID) -> HttpResponse:
    """Change a section. Where somebody else did meanwhile: theirs is shown, what was typed here stays."""
    row = report_or_404(request, report, "insight.write_report")
    one = part_or_404(row, part)
    form = PartForm(typed(request), part=one)
    theirs: Any = None
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        try:
            change_part(by=request.access, part=one, edition=edition, given=form.given())
            return redirect(f"{row.url}#p-{one.key}")
        except Refused as why:
            form.add_error(None, str(why))
        except ChangedMeanwhile as why:
            theirs = _meanwhile(form, why)
    context = {"report": row, "part": one, "form": form, "theirs": theirs}
    return render(request, "insight/report_part.html", context)


def _meanwhile(form: PartForm, why: ChangedMeanwhile) -> Any:
    """Tell who was first; the form goes on from the section as it is now."""
    now: Any = why.there
    form.data = form.data.copy()
    form.data["edition"] = str(now.edition)
    words = _("%(who)s changed this section while you wrote. What you typed is still here; theirs is below.")
    form.add_error(None, words % {"who": now.changed_by.name if now.changed_by else _("Somebody")})
    return now


@page("insight.write_report", methods=BOTH)
def add(request: HttpRequest, report: UUID) -> HttpResponse:
    """Add a section."""
    row = report_or_404(request, report, "insight.write_report")
    parts = reads.parts_of(row)
    form = AddForm(typed(request), parts=parts, frozen=row.figures if row.frozen_at else None)
    made: list[ReportPart] = []
    if sent(request, form, lambda: made.append(add_part(by=request.access, report=row, **form.given(parts)))):
        return redirect(f"{row.url}#p-{made[0].key}")
    return render(request, "insight/report_add.html", {"report": row, "form": form})


@page("insight.write_report", methods=("POST",))
def move(request: HttpRequest, report: UUID, part: UUID) -> HttpResponse:
    """Move a section up or down by one press of a button."""
    row = report_or_404(request, report, "insight.write_report")
    one, act = part_or_404(row, part), request.POST.get("act")
    if act not in ("up", "down"):
        raise Http404
    try:
        move_part(by=request.access, part=one, down=act == "down")
    except Refused as why:
        messages.error(request, str(why))
    return redirect(f"{row.url}#p-{one.key}")


@page("insight.write_report", methods=BOTH)
def remove(request: HttpRequest, report: UUID, part: UUID) -> HttpResponse:
    """Ask before a section goes, then take it out."""
    row = report_or_404(request, report, "insight.write_report")
    one = part_or_404(row, part)
    edition = request.POST.get("edition", "")
    if request.method == "POST":
        try:
            remove_part(by=request.access, part=one, edition=int(edition) if edition.isdigit() else -1)
            messages.success(request, _("“%(title)s” is taken out.") % {"title": one.title})
            return redirect(row.url)
        except Refused as why:
            messages.error(request, str(why))
        except ChangedMeanwhile:
            messages.warning(
                request, _("Somebody changed this section meanwhile, so it is still there. Read it below.")
            )
    return render(request, "insight/report_remove.html", {"report": row, "part": one})
