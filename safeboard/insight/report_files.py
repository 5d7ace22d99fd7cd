"""An annual report as a Word file, a tagged PDF and a spreadsheet of its tables: all from one body of plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.documents import sheets
from safeboard.documents.sheets import Column, Table

from .models import Report, ReportIssue

if TYPE_CHECKING:
    from safeboard.documents.word import Paper

LANG = "en-GB"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Edition:
    """What is printed: the body, and what is known of where it stands."""

    body: Mapping[str, Any]
    board: str
    lines: tuple[str, ...]
    draft: bool

    @property
    def title(self) -> str:
        return str(self.body["title"])

    @property
    def head(self) -> str:
        """What stands at the top of every page."""
        return _("%(title)s – draft, not signed") % {"title": self.title} if self.draft else self.title

    def sections(self) -> list[dict[str, Any]]:
        """The sections with their figures as they are shown."""
        return [
            {**part, "number": number, "figures": [shown_figure(one) for one in part["figures"]]}
            for number, part in enumerate(self.body["parts"], 1)
        ]


def edition_of(issue: ReportIssue) -> Edition:
    """An issue as it is printed."""
    return Edition(issue.body, issue.board.name, tuple(_lines(issue)), not issue.signed)


def edition_now(report: Report, body: Mapping[str, Any]) -> Edition:
    """The draft as it is printed."""
    said = _("Draft: nobody has signed it yet.")
    moving = "" if report.frozen_at else _("Its figures are those of the day on which this was made.")
    return Edition(body, report.board.name, tuple(filter(None, (said, moving))), True)


def _lines(issue: ReportIssue) -> Iterator[str]:
    if issue.signed:
        words = _("Signed by %(name)s, chair of the subgroup, on %(day)s")
        yield words % {"name": issue.signed_by, "day": times.exact(issue.at)}
    elif issue.closes_on:
        yield _("For comments until %(day)s. Nobody has signed it yet.") % {"day": times.exact(issue.closes_on)}
    if issue.body["frozen_at"]:
        day = datetime.fromisoformat(issue.body["frozen_at"])
        yield _("Figures as they were on %(day)s") % {"day": times.exact(day)}


def shown_figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A kept figure as it is shown: its drawing as it was made by the product, numbers as people write them."""
    table = figure["table"]
    rows = [[said(cell) for cell in row] for row in table["rows"]]
    return {**figure, "svg": _drawing(figure["svg"]), "table": {**table, "rows": rows}}


def _drawing(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308  drawn by documents.svg, which keeps allowed elements alone


def said(cell: object) -> str:
    """A cell of a table as people write it."""
    return f"{cell:,}" if isinstance(cell, int | float) else str(cell)


def as_html(edition: Edition) -> str:
    """The page that is printed as a PDF."""
    context = {"edition": edition, "sections": edition.sections(), "terms": edition.body["terms"]}
    return render_to_string("insight/report_paper.html", context)


def as_pdf(edition: Edition) -> bytes:
    """The tagged PDF (PDF/UA-1)."""
    from safeboard.documents.pdf import render_pdf  # heavy: the worker pays for it only where somebody wants it

    return render_pdf(as_html(edition), title=edition.title, lang=LANG)


def as_word(edition: Edition) -> bytes:
    """The Word file: cover, contents, sections with pictures and tables, words and meanings."""
    from safeboard.documents.word import Paper  # heavy

    paper = Paper(edition.title, lang=LANG, head=edition.head)
    paper.title(edition.title, [edition.board, *edition.lines])
    paper.new_page()
    paper.contents()
    paper.new_page()
    for section in edition.sections():
        paper.heading(f"{section['number']}. {section['title']}")
        for words in section["paragraphs"]:
            paper.text(words)
        for figure in section["figures"]:
            _figure(paper, figure)
    if edition.body["terms"]:
        paper.heading(_("Words and meanings"))
        rows = [(term["title"], term["text"]) for term in edition.body["terms"]]
        paper.table([_("Word"), _("Meaning")], rows, widths=(4, 12.6))
    return paper.content()


def _figure(paper: Paper, figure: Mapping[str, Any]) -> None:
    from safeboard.documents.svg import as_png

    paper.heading(figure["question"], 2)
    paper.text(figure["answer"])
    if figure["svg"]:
        paper.picture(as_png(figure["svg"]), f"{figure['question']} {figure['answer']}")
    table = figure["table"]
    paper.named(table["title"], "")
    paper.table(table["heads"], table["rows"])
    for words in (table["note"], _source(table)):
        paper.text(words)


def _source(table: Mapping[str, Any]) -> str:
    return _("Source: %(source)s") % {"source": table["source"]} if table["source"] else ""


def as_sheets(edition: Edition) -> bytes:
    """All tables as a spreadsheet, a sheet each, with a list of them first."""
    tables = [_sheet(figure) for section in edition.body["parts"] for figure in section["figures"]]
    return sheets.workbook(tables or [_nothing()], title=edition.title)


def _sheet(figure: Mapping[str, Any]) -> Table:
    table = figure["table"]
    columns = [Column(str(n), head, _kind(table["rows"], n)) for n, head in enumerate(table["heads"])]
    rows = [{str(n): cell for n, cell in enumerate(row)} for row in table["rows"]]
    return Table(table["title"], columns, rows, table["note"], table["source"])


def _kind(rows: Sequence[Sequence[object]], place: int) -> Any:
    cells = [row[place] for row in rows]
    return "number" if cells and all(isinstance(cell, int | float) for cell in cells) else "text"


def _nothing() -> Table:
    return Table(_("Tables"), [Column("none", _("This report has no tables"))], [])


MAKERS = {"pdf": as_pdf, "docx": as_word, "xlsx": as_sheets}
