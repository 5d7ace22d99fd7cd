"""Minutes and reports on paper: as HTML that becomes a tagged PDF, and in Word."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeboard.core.access import Access
from safeboard.core.times import exact
from safeboard.strategy.models import Action

from .choices import Came
from .models import Attendance, Meeting, SubgroupReport
from .queries.meetings import Attended, Shown, agenda, attended, general_interests, who_chairs
from .queries.report import Report
from .queries.sheet import sheet_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CREATED = datetime(2000, 1, 1)  # the file's own date is no news to anybody


def _minutes(access: Access, meeting: Meeting, title: str) -> dict[str, Any]:
    sheet = sheet_of(meeting, access)
    chair, why = who_chairs(sheet)
    return {
        "title": title,
        "meeting": meeting,
        "items": agenda(access, sheet),
        "interests": general_interests(sheet),
        "attended": attended(sheet),
        "chair": chair,
        "vacant": why,
    }


def minutes_html(access: Access, meeting: Meeting, title: str) -> str:
    """The minutes as this person may read them."""
    return render_to_string("meetings/minutes_paper.html", _minutes(access, meeting, title))


def report_html(report: Report, title: str) -> str:
    """The report to the board."""
    return render_to_string("meetings/report_paper.html", {"report": report, "title": title})


class Word:
    """A Word file written from top to bottom, in Word's own styles, without its maker's name."""

    def __init__(self, title: str) -> None:
        import docx  # heavy

        self.file = docx.Document()
        about = self.file.core_properties
        about.title, about.author, about.last_modified_by, about.comments = title, "", "", ""
        about.created = about.modified = CREATED
        about.language = "en-GB"
        self.file.add_heading(title, level=1)

    def heading(self, text: str, level: int = 2) -> None:
        self.file.add_heading(text, level=level)

    def say(self, text: str, *, bold: bool = False) -> None:
        """One paragraph for each line of the text."""
        for line in text.splitlines():
            self.file.add_paragraph().add_run(line).bold = bold

    def points(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.file.add_paragraph(text, style="List Bullet")

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table whose first row is its head, repeated on every page."""
        from docx.oxml.ns import qn

        table = self.file.add_table(rows=1, cols=len(heads), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(head.makeelement(qn("w:tblHeader"), {}))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    @property
    def content(self) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        self.file.save(buffer)
        return buffer.getvalue()


def minutes_word(access: Access, meeting: Meeting, title: str) -> bytes:
    """The minutes in Word, as this person may read them."""
    found, word = _minutes(access, meeting, title), Word(title)
    word.say(f"{meeting.board.name}, {exact(meeting.starts_at)}")
    if meeting.approved_on:
        word.say(_("Approved on %(day)s") % {"day": date_format(meeting.approved_on, "j F Y")}, bold=True)
    else:
        word.say(_("Draft: not approved yet"), bold=True)
    _people(word, found["attended"], found["chair"])
    for shown in found["items"]:
        _item(word, shown)
    if meeting.corrections:
        word.heading(_("Corrections"))
        word.say(meeting.corrections)
    return word.content


def _people(word: Word, there: Attended, chair: Any) -> None:
    word.heading(_("Present"))
    if chair is not None:
        word.say(_("In the chair: %(name)s") % {"name": chair.name})
    word.points(said_of(row) for row in there.came)
    for title, rows in ((_("Apologies"), there.apologies), (_("Away"), there.away)):
        if rows:
            word.heading(title)
            word.points(said_of(row) for row in rows)
    if there.noted and not there.quorate:
        word.say(_("This was no quorum."), bold=True)


def said_of(row: Attendance) -> str:
    """Somebody at a meeting in words: name, what they are, whom they speak for, who came in their place."""
    if row.member is None:
        return _("%(name)s, guest") % {"name": row.guest}
    member = row.member
    whom = member.agency.name if member.agency else member.speaks_for
    parts = [member.name, str(member.get_part_display()), whom]
    if row.came == Came.DEPUTY:
        parts.append(_("by a deputy: %(name)s") % {"name": row.deputy} if row.deputy else _("by a deputy"))
    return ", ".join(part for part in parts if part)


def _item(word: Word, shown: Shown) -> None:
    if not shown.open:
        word.heading(f"{shown.number}. {_('A confidential item')}")
        return
    word.heading(f"{shown.number}. {shown.item.title}")
    word.points(f"{one.member.name}: {one.what} ({one.get_done_display()})" for one in shown.interests)
    if shown.item.told:
        _reported(word, shown.item.told)
    if shown.item.minute:
        word.say(shown.item.minute)
    for one in shown.decisions:
        said = _("Decision %(number)s: %(text)s") % {"number": one.label, "text": one.text}
        word.say(said if one.quorate else f"{said} {_('(no quorum)')}", bold=True)
    if shown.actions:
        word.table(action_heads(), [said_of_action(one) for one in shown.actions])


def _reported(word: Word, told: SubgroupReport) -> None:
    """A report: by whom and of which days, what it says and asks."""
    days = {"since": date_format(told.since, "j F Y"), "until": date_format(told.until, "j F Y")}
    word.say(_("Reported by %(name)s, %(since)s to %(until)s") % {"name": told.given_by, **days})
    word.say(told.text)
    if told.asked:
        word.say(_("Asked of us:") if told.item_id else _("Asked of the board:"), bold=True)
        word.say(told.asked)


def action_heads() -> list[str]:
    """The heads of a table of actions."""
    return [_("Action"), _("Who"), _("By when")]


def said_of_action(action: Action) -> list[str]:
    """An action as a row: what, who, by when."""
    who = action.owner.name if action.owner else action.agency.name if action.agency else _("The board")
    return [action.title, who, date_format(action.due_on, "j F Y")]


def report_word(report: Report, title: str) -> bytes:
    """The report to the board in Word."""
    word = Word(title)
    days = {"since": date_format(report.since, "j F Y"), "until": date_format(report.until, "j F Y")}
    word.say(f"{report.board.name}. " + _("From %(since)s until %(until)s.") % days)
    if report.words:
        _reported(word, report.words)
    rows = [(held.meeting.title, exact(held.meeting.starts_at), f"{held.came} / {held.asked}") for held in report.held]
    word.heading(_("Meetings"))
    word.table([_("Meeting"), _("When"), _("Came, of those asked")], rows)
    word.heading(_("Decisions"))
    word.points(
        f"{one.text}" + ("" if one.quorate else f" {_('(no quorum)')}")
        for held in report.held
        for one in held.decisions
    )
    word.heading(_("Actions"))
    word.table(action_heads(), [said_of_action(one) for held in report.held for one in held.actions])
    if report.received or report.papers:
        word.heading(_("Reports received"))
        word.points([_received(one) for one in report.received] + [one.title for one in report.papers])
    return word.content


def _received(one: SubgroupReport) -> str:
    said = f"{one.subgroup}, {date_format(one.since, 'j F Y')}–{date_format(one.until, 'j F Y')}"
    return f"{said}. {_('Asked of us:')} {one.asked}" if one.asked else said
