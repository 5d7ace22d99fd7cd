"""What the pages of reports share: finding one, its parts, doing what a form asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeboard.core.access import require

from ..errors import Refused
from ..models import Report, ReportIssue, ReportPart
from ..queries.reports import issues_of, reports_of, waiting

BOTH = ("GET", "POST")
COLOURS = {"draft": "grey", "consulted": "blue", "signed": "green", "published": "green"}


def report_or_404(request: HttpRequest, key: UUID, permission: str = "insight.see_report") -> Report:
    """The acting board's report, where the person may do this to it."""
    row = get_object_or_404(reports_of(request.access).select_related("board"), key=key)
    require(request.access, permission, row)
    return row


def issue_or_404(request: HttpRequest, key: UUID) -> ReportIssue:
    """An issue that the acting place may read."""
    return get_object_or_404(issues_of(request.access), key=key)


def part_or_404(report: Report, key: UUID) -> ReportPart:
    """A section of the report."""
    return get_object_or_404(report.parts.select_related("report", "changed_by"), key=key)


def sent(request: HttpRequest, form: BaseForm, call: Callable[[], Any]) -> bool:
    """Whether the form was sent, is whole, and what it asks for was done; what is refused stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        call()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def pressed(request: HttpRequest, call: Callable[[], Any], words: str) -> None:
    """Do what one press asks for, and say so; or why it could not be done."""
    try:
        call()
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, words)


def pages_of(report: Report, current: str) -> list[dict[str, Any]]:
    """The pages of one report."""
    many = waiting(report)
    shown = [
        ("report", _("The words")),
        ("report-comments", _("Comments (%(n)s)") % {"n": many} if many else _("Comments")),
    ]
    return [
        {"text": text, "href": reverse(f"insight:{name}", args=[report.key]), "current": name == current}
        for name, text in shown
    ]


def step_page(
    request: HttpRequest, report: Report, form: BaseForm, heading: str, button: str, words: str, **more: Any
) -> HttpResponse:
    """A question before a step is taken."""
    context = {"report": report, "form": form, "heading": heading, "button": button, "words": words, **more}
    return render(request, "insight/report_step.html", context)
