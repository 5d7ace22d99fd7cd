"""The files of a pack for a reviewer: strategy, plan, minutes, rounds, indicators, report; nothing confidential."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.access import Access
from safeboard.documents import sheets
from safeboard.documents.sheets import Column, Table
from safeboard.meetings.choices import MeetingState
from safeboard.meetings.queries.meetings import past
from safeboard.meetings.queries.sheet import sheet_of
from safeboard.partnership.models import Board
from safeboard.standards.models import Round
from safeboard.standards.queries.rounds import lines_of, rounds_of
from safeboard.strategy.documents_files import as_html, edition_of
from safeboard.strategy.plan_files import made as plan_made
from safeboard.strategy.queries.documents import holding

from .queries.indicators import courses
from .queries.reports import signed_issue
from .report_files import as_pdf
from .report_files import edition_of as report_edition


def files_of(access: Access, board: Board) -> dict[str, bytes]:
    """The files of a pack, by path: as this person may read them, nothing confidential among them."""
    found = dict(_files(access, board))
    return {"README.txt": _read_me(board, sorted(found)).encode(), **found}


def _files(access: Access, board: Board) -> Iterator[tuple[str, bytes]]:
    from safeboard.documents.pdf import render_pdf  # heavy: the worker pays for it only where somebody wants it

    strategy = holding(board.pk, "strategy")
    if strategy is not None:
        edition = edition_of(strategy)
        yield "strategy/strategy.pdf", render_pdf(as_html(edition), title=edition.whole.title, lang="en-GB")
    yield "strategy/action-plan.xlsx", plan_made(access, {}, "xlsx")
    minutes = _minutes(access)
    if minutes is not None:
        yield "meetings/last-minutes.pdf", render_pdf(minutes, title=_("Minutes"), lang="en-GB")
    yield "standards/rounds.xlsx", _rounds(access)
    indicators = courses(access, board.pk)
    if indicators:
        yield "picture/indicators.xlsx", _indicators(indicators)
    report = signed_issue(board.pk)
    if report is not None:
        yield f"report/annual-report-{report.year}.pdf", as_pdf(report_edition(report))


def _minutes(access: Access) -> str | None:
    """The last approved minutes without anything confidential, as a page; None where there are none."""
    row = past(access).filter(state=MeetingState.HELD, approved_on__isnull=False).first()
    if row is None:
        return None
    sheet = sheet_of(row)
    items = [one for one in sheet.items if not one.confidential]
    context = {
        "meeting": row,
        "items": [(item, [one for one in sheet.decisions if one.item_id == item.pk]) for item in items],
        "left_out": len(sheet.items) - len(items),
    }
    return render_to_string("insight/reviewer_minutes.html", context)


def _rounds(access: Access) -> bytes:
    """Every round that was sent, and how each agency stands in it."""
    heads = {"round": _("Round"), "due": _("Due by"), "agency": _("Agency"), "stand": _("Stand"), "gaps": _("Gaps")}
    rows = [
        {
            "round": one.title,
            "due": one.due_on,
            "agency": line.agency,
            "stand": _("Late") if line.late else str(line.stand.label),
            "gaps": line.gaps,
        }
        for one in _sent(access)
        for line in lines_of(access, one)
    ]
    kinds = {"due": "date", "gaps": "number"}
    columns = [Column(key, head, kinds.get(key, "text")) for key, head in heads.items()]  # type: ignore[arg-type]
    return sheets.workbook([Table(_("Rounds and returns"), columns, rows)], title=_("Rounds and returns"))


def _sent(access: Access) -> list[Round]:
    return [one for one in rounds_of(access) if one.sent_at is not None]


def _indicators(found: list[Any]) -> bytes:
    heads = (("title", _("Indicator")), ("said", _("Now")), ("target", _("Target")), ("state", _("State")))
    rows = [
        {
            "title": one.indicator.title,
            "said": one.said,
            "target": "" if one.indicator.target is None else str(one.indicator.target),
            "state": one.state_words,
        }
        for one in found
    ]
    table = Table(_("Indicators"), [Column(*head) for head in heads], rows)
    return sheets.workbook([table], title=_("Indicators"))


def _read_me(board: Board, paths: list[str]) -> str:
    lines = [
        _("Evidence of %(board)s, put together on %(day)s.")
        % {"board": board.name, "day": times.exact(timezone.localdate())},
        "",
        _("What is in it:"),
        *(f"  {path}" for path in paths),
        "",
        _("To see that nothing was changed since: python3 verify.py (in this folder)."),
        _("Nothing confidential is in it, and no figure that could identify a child."),
        "",
    ]
    return "\n".join(lines)
