"""The steps of a report, reading an issue, comments on it and the board's answers; the page for anybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from safeboard.core import wall
from safeboard.core.kept import typed
from safeboard.core.page import open_page, page
from safeboard.partnership.models import Board

from ..forms_reports import AnswerForm, CommentForm, ConsultForm, PublishForm, SignForm
from ..models import ReportComment, ReportIssue
from ..operations import report_steps as steps
from ..queries import reports as reads
from ..report_files import TYPES, edition_of
from .report_frame import BOTH, issue_or_404, pages_of, pressed, report_or_404, sent, step_page
from .reports import made_file


@page("insight.write_report", methods=("POST",))
def freeze(request: HttpRequest, report: UUID) -> HttpResponse:
    """Freeze the figures."""
    row = report_or_404(request, report, "insight.write_report")
    words = _("Frozen. The figures of this report never move again.")
    pressed(request, lambda: steps.freeze_figures(by=request.access, report=row), words)
    return redirect(row.url)


@page("insight.write_report", methods=BOTH)
def consult(request: HttpRequest, report: UUID) -> HttpResponse:
    """Open it for comments."""
    row = report_or_404(request, report, "insight.write_report")
    form = ConsultForm(typed(request))
    if sent(request, form, lambda: steps.consult_on_report(by=request.access, report=row, **form.cleaned_data)):
        messages.success(request, _("Members and agencies can read it now and comment on each section."))
        return redirect(row.url)
    words = _("Members of the subgroup and all agencies of the board see it as it stands, with its frozen figures.")
    return step_page(request, row, form, _("Open it for comments"), _("Open it"), words)


@page("insight.write_report", methods=("POST",))
def redraft(request: HttpRequest, report: UUID) -> HttpResponse:
    """Close the comments and write on."""
    row = report_or_404(request, report, "insight.write_report")
    words = _("Comments are closed. You can change the words now.")
    pressed(request, lambda: steps.close_comments(by=request.access, report=row), words)
    return redirect(row.url)


@page("insight.see_report", methods=BOTH)
def sign(request: HttpRequest, report: UUID) -> HttpResponse:
    """Sign it, as the chair."""
    row = report_or_404(request, report, "insight.sign_report")
    form = SignForm(typed(request))
    if sent(request, form, lambda: steps.sign_report(by=request.access, report=row)):
        messages.success(request, _("Signed. Nothing of it changes any more."))
        return redirect(row.url)
    words = _("A whole copy is kept with your name and the day. Nobody can change it afterwards.")
    owed = steps.before_signing(row)
    return step_page(request, row, form, _("Sign the report"), _("Sign it"), words, owed=owed)


@page("insight.write_report", methods=BOTH)
def publish(request: HttpRequest, report: UUID) -> HttpResponse:
    """Show the signed report to agencies, and to anybody where that is wanted."""
    row = report_or_404(request, report, "insight.write_report")
    form = PublishForm(typed(request))
    if sent(request, form, lambda: steps.publish_report(by=request.access, report=row, **form.cleaned_data)):
        messages.success(request, _("Published."))
        return redirect(row.url)
    words = _("All agencies of the board can read it.")
    return step_page(request, row, form, _("Publish the report"), _("Publish it"), words)


@page("insight.reports")
def issue(request: HttpRequest, issue: UUID) -> HttpResponse:
    """An issue as it was kept, with the comments that the reader may know of."""
    row = issue_or_404(request, issue)
    said: dict[str, list[Any]] = {}
    for one in reads.comments_of(request.access).filter(issue=row):
        said.setdefault(str(one.part), []).append(one)
    context = _shown(row) | {
        "said": [(section, said.get(section["key"], [])) for section in edition_of(row).sections()],
        "may_comment": reads.takes_comments(row) and request.access.can("insight.comment_on_report"),
    }
    return render(request, "insight/issue.html", context)


def _shown(row: ReportIssue) -> dict[str, Any]:
    edition = edition_of(row)
    return {"issue": row, "edition": edition, "said": [(one, []) for one in edition.sections()]}


@page("insight.reports")
def issue_file(request: HttpRequest, issue: UUID, kind: str) -> HttpResponse:
    """An issue as a file."""
    if kind not in TYPES:
        raise Http404
    row = issue_or_404(request, issue)
    return made_file(request, str(row.key), kind, row.year, row.sha256, draft=False)


@page("insight.comment_on_report", methods=BOTH)
def comment(request: HttpRequest, issue: UUID, part: UUID) -> HttpResponse:
    """Comment on a section."""
    row = issue_or_404(request, issue)
    section = next((one for one in row.body["parts"] if one["key"] == str(part)), None)
    if section is None:
        raise Http404
    form = CommentForm(typed(request))
    given = {"issue": row, "part": part}
    if sent(request, form, lambda: steps.comment_on_report(by=request.access, **given, **form.cleaned_data)):
        messages.success(request, _("The board has your comment. You will see here what came of it."))
        return redirect(f"{row.url}#s-{part}")
    return render(request, "insight/report_comment.html", {"issue": row, "section": section, "form": form})


@page("insight.see_report")
def comments(request: HttpRequest, report: UUID) -> HttpResponse:
    """All comments on a report: those that wait for an answer first."""
    row = report_or_404(request, report)
    found = reads.comments_of(request.access).filter(issue__report=row)
    titles = {part.key: part.title for part in row.parts.all()}
    context = {
        "report": row,
        "rows": sorted(
            ((one, titles.get(one.part) or _title_then(one)) for one in found),
            key=lambda two: two[0].answered_at is not None,
        ),
        "may_answer": not row.ended and request.access.can("insight.write_report", row),
        "pages": pages_of(row, "report-comments"),
    }
    return render(request, "insight/report_comments.html", context)


def _title_then(one: ReportComment) -> str:
    """The heading of a section that was taken out since it was commented on."""
    return next((part["title"] for part in one.issue.body["parts"] if part["key"] == str(one.part)), "")


@page("insight.write_report", methods=BOTH)
def answer(request: HttpRequest, comment: UUID) -> HttpResponse:
    """Say what came of a comment."""
    row = get_object_or_404(reads.comments_of(request.access).select_related("issue__report"), key=comment)
    report = row.issue.report
    initial = AnswerForm(typed(request), initial={"taken": row.taken, "answer": row.answer})
    given = {"comment": row}
    if sent(request, initial, lambda: steps.answer_report_comment(by=request.access, **given, **initial.cleaned_data)):
        return redirect("insight:report-comments", report=report.key)
    return render(request, "insight/report_answer.html", {"comment": row, "report": report, "form": initial})


@open_page(reason="a report that its board published for anybody to read")
def public(request: HttpRequest, board: int, issue: UUID) -> HttpResponse:
    """A published report, for anybody."""
    found = get_object_or_404(Board, pk=board)
    with wall.open_for(shared=[found.pk]):
        row = reads.public_issue(issue)
        if row is None:
            raise Http404
        return render(request, "insight/issue_public.html", _shown(row))
