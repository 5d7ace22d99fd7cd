"""The way of a report: figures frozen, opened for comments, signed by the chair, published; comments and answers."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import history
from safeboard.core.access import Access, require
from safeboard.core.once import place_key
from safeboard.core.wall import Reach
from safeboard.library.shapes.reports import Figure
from safeboard.strategy.choices import Taken

from ..choices import REPORT_NEXT, ReportState
from ..errors import Refused
from ..models import Report, ReportComment, ReportIssue
from ..queries.report_figures import figures_of
from ..queries.reports import body_of, digest_of, parts_of, takes_comments, waiting
from .reports import writable


@transaction.atomic
def freeze_figures(*, by: Access, report: Report) -> Report:
    """Keep every figure of the year with the report, as it is now. They never move again; a second time is refused."""
    row = writable(by, report)
    if row.frozen_at is not None:
        raise Refused(_("The figures were frozen before. They stay as they are."))
    row.figures = figures_of(by, row.board, row.year, [one.value for one in Figure])
    row.frozen_at = timezone.now()
    row.save(update_fields=["figures", "frozen_at"])
    facts = {"figures": sorted(row.figures), "sha256": digest_of(row.figures)}
    history.record(by=by, verb="insight.report_frozen", obj=row, facts=facts)
    return row


@transaction.atomic
def consult_on_report(*, by: Access, report: Report, closes_on: date) -> ReportIssue:
    """Open the report to members and agencies for comments until the end of a day. Its figures must be frozen.

    Raises Refused for a day that has passed.
    """
    row = _moved(by, report, ReportState.CONSULTATION)
    if closes_on < timezone.localdate():
        raise Refused(_("Choose a day that has not passed, so that there is time to comment."))
    issue = _issue(by, row, closes_on=closes_on, opened_at=timezone.now())
    row.consulted = True
    row.save(update_fields=["state", "consulted"])
    _record(by, row, "insight.report_consulted", issue, closes_on=closes_on.isoformat())
    return issue


@transaction.atomic
def close_comments(*, by: Access, report: Report) -> Report:
    """Close the comments, and let the words be changed again. The frozen figures stay."""
    row = _moved(by, report, ReportState.DRAFT)
    row.issues.filter(closes_on__isnull=False, closed_at=None).update(closed_at=timezone.now())
    row.save(update_fields=["state"])
    _record(by, row, "insight.report_redrafted")
    return row


def before_signing(report: Report) -> list[str]:
    """What is owed before the chair can sign: frozen figures, comments asked for and answered, words in a section."""
    owed = []
    if report.frozen_at is None:
        owed.append(_("The figures still move. Freeze them first."))
    if not report.consulted:
        owed.append(_("Members and agencies were not asked yet. Open it for comments first."))
    many = waiting(report)
    if many:
        owed.append(_("Comments that wait for an answer: %(n)s. Answer each of them first.") % {"n": many})
    return owed


@transaction.atomic
def sign_report(*, by: Access, report: Report) -> ReportIssue:
    """Sign it, as the chair of the subgroup: a whole copy is kept and nothing of it changes any more.

    PermissionDenied for everybody but whoever holds the chair today. Raises Refused while something is owed.
    """
    require(by, "insight.sign_report", report)
    row = _moved(by, report, ReportState.SIGNED, permission="insight.sign_report")
    for owed in before_signing(row):
        raise Refused(owed)
    assert by.person is not None
    issue = _issue(by, row, signed=True, signed_by=by.person.name)
    row.save(update_fields=["state"])
    _record(by, row, "insight.report_signed", issue)
    return issue


@transaction.atomic
def publish_report(*, by: Access, report: Report, public: bool) -> ReportIssue:
    """Show the signed report to the agencies; ``public``: to anybody who has its address."""
    row = _moved(by, report, ReportState.PUBLISHED)
    issue = row.issues.get(signed=True)
    now = timezone.now()
    issue.opened_at, issue.published_at, issue.public = issue.opened_at or now, now, public
    issue.save(update_fields=["opened_at", "published_at", "public"])
    row.save(update_fields=["state"])
    _record(by, row, "insight.report_published", issue, public=public)
    return issue


def _moved(by: Access, report: Report, then: str, *, permission: str = "insight.write_report") -> Report:
    """The report, locked, in its next state (not yet saved). Raises Refused where that state cannot follow."""
    row = Report.objects.select_for_update(of=("self",)).select_related("board").get(pk=report.pk)
    require(by, permission, row)
    if then not in REPORT_NEXT[ReportState(row.state)]:
        raise Refused(
            _("It is “%(state)s” by now. Open its page again to see what can follow.")
            % {"state": row.get_state_display()}
        )
    if then != ReportState.DRAFT and row.frozen_at is None:
        raise Refused(_("The figures still move. Freeze them first."))
    row.state = then
    return row


def _issue(by: Access, report: Report, **given: Any) -> ReportIssue:
    """A whole copy of the report as it stands."""
    body = body_of(report, parts_of(report), report.figures)
    return ReportIssue.objects.create(
        board_id=report.board_id,
        report=report,
        number=report.issues.count() + 1,
        year=report.year,
        title=report.title,
        body=body,
        sha256=digest_of(body),
        by=by.person,
        **given,
    )


def _record(by: Access, report: Report, verb: str, issue: ReportIssue | None = None, **facts: Any) -> None:
    named = {"issue": issue.number, "sha256": issue.sha256} if issue else {}
    history.record(by=by, verb=verb, obj=report, facts={**named, **facts})


# Comments ------------------------------------------------------------------------------------------------------


@transaction.atomic
def comment_on_report(
    *, by: Access, issue: ReportIssue, part: uuid.UUID, text: str, form_key: uuid.UUID | None = None
) -> ReportComment:
    """Say something about a section, for the acting agency or as a member of the board. The same form twice is one.

    Raises Refused where comments are closed, or there is no such section.
    """
    require(by, "insight.comment_on_report")
    if not takes_comments(issue):
        raise Refused(_("Comments are closed by now. What you wrote is still here: send it to the board another way."))
    if str(part) not in {one["key"] for one in issue.body["parts"]}:
        raise Refused(_("That section is not in this report."))
    given = {"board_id": issue.board_id, "agency_id": by.agency_id, "reach": Reach.BOARD, "issue": issue}
    row, new = ReportComment.objects.get_or_create(
        key=place_key(form_key, by), defaults={**given, "part": part, "text": text, "by": by.person}
    )
    if new:
        facts = {"issue": issue.pk, "part": str(part)}
        history.record(by=by, verb="insight.report_comment", obj=row, facts=facts, digests={"text": text})
    return row


@transaction.atomic
def answer_report_comment(*, by: Access, comment: ReportComment, taken: str, answer: str) -> ReportComment:
    """Say what came of a comment; whoever made it reads it. Refused once the report is signed."""
    row = ReportComment.objects.select_for_update(of=("self",)).select_related("issue__report").get(pk=comment.pk)
    require(by, "insight.write_report", row)
    if row.issue.report.ended:
        raise Refused(_("The report is signed, so the answers stay as they are."))
    if taken in (Taken.NO, Taken.PARTLY) and not answer.strip():
        raise Refused(_("Say why not all of it was taken up: whoever wrote it reads your answer."))
    row.taken, row.answer = Taken(taken), answer
    row.answered_by, row.answered_at = by.person, timezone.now()
    row.save(update_fields=["taken", "answer", "answered_by", "answered_at"])
    facts = {"taken": taken, "issue": row.issue_id}
    history.record(by=by, verb="insight.report_comment_answered", obj=row, facts=facts, digests={"answer": answer})
    return row
