"""A document as a Word file and as a PDF that a director would sign: contents, words, plan, glossary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeboard.core.access import Access

from .choices import PartKind
from .models import Document, Version
from .queries.documents import Node, Section, Whole, whole_now, whole_of

if TYPE_CHECKING:
    from safeboard.documents.word import Paper

LANG = "en-GB"


@dataclass(frozen=True)
class Edition:
    """What is printed: the words, and what is known of where they stand."""

    whole: Whole
    board: str
    lines: tuple[str, ...]
    draft: bool
    name: str

    @property
    def head(self) -> str:
        """What stands at the top of every page."""
        return _("%(title)s – draft, not agreed") % {"title": self.whole.title} if self.draft else self.whole.title


def edition_of(version: Version) -> Edition:
    """A version as it is printed."""
    return Edition(
        whole_of(version.body),
        version.board.name,
        tuple(_lines(version)),
        version.ratified_on is None,
        f"{version.kind}-version-{version.number}",
    )


def edition_now(document: Document, access: Access | None = None) -> Edition:
    """The draft as it is printed, with the figures of its indicators that the access may know."""
    said = _("Draft of %(day)s. Nobody has agreed to it yet.") % {"day": _day(timezone.localdate())}
    return Edition(whole_now(document, access), document.board.name, (said,), True, f"{document.kind}-draft")


def _lines(version: Version) -> Iterator[str]:
    yield _("Version %(n)s") % {"n": version.number}
    if version.ratified_on:
        yield _("Ratified on %(day)s: %(minute)s") % {"day": _day(version.ratified_on), "minute": version.minute}
    elif version.closes_on:
        yield _("For comments until %(day)s. Nobody has agreed to it yet.") % {"day": _day(version.closes_on)}
    if version.unconsulted_why:
        yield _("Agencies were not asked: %(why)s") % {"why": version.unconsulted_why}
    if version.review_on:
        yield _("To be reviewed by %(day)s") % {"day": _day(version.review_on)}
    if version.superseded_at:
        yield _("Superseded: no longer in force")


def _day(day: object) -> str:
    return date_format(day, "j F Y")  # type: ignore[arg-type]


def plan_rows(whole: Whole) -> list[tuple[str, str, str, str, str]]:
    """The annex with the actions: number, what is done, who, by when, and the number of what it waits for."""
    return [
        (
            one.number,
            one.title,
            one.who or _("Nobody yet"),
            _day(one.due_on) if one.due_on else _("No date yet"),
            one.first.number if one.first else "",
        )
        for one in whole.of(PartKind.ACTION)
    ]


def as_html(edition: Edition) -> str:
    """The page that is printed as a PDF."""
    whole = edition.whole
    context = {
        "edition": edition,
        "whole": whole,
        "sections": list(enumerate(whole.body(), start=1)),
        "plan": plan_rows(whole),
        "terms": whole.of(PartKind.TERM),
        "signed": not edition.draft,
    }
    return render_to_string("strategy/paper/document.html", context)


def as_word(edition: Edition) -> bytes:
    """The Word file."""
    from safeboard.documents.word import Paper  # heavy

    whole = edition.whole
    paper = Paper(whole.title, lang=LANG, head=edition.head)
    paper.title(whole.title, [edition.board, *edition.lines])
    paper.contents()
    paper.new_page()
    for at, section in enumerate(whole.body(), start=1):
        paper.heading(f"{at}. {section.heading}")
        _section(paper, section)
    plan = plan_rows(whole)
    letters = iter("ABC")
    if plan:
        paper.new_page()
        paper.heading(_("Annex %(letter)s: action plan") % {"letter": next(letters)})
        heads = [_("Number"), _("Action"), _("Who"), _("By when"), _("Waits for")]
        paper.table(heads, plan, widths=(1.8, 7, 3.4, 2.6, 1.8))
    terms = whole.of(PartKind.TERM)
    if terms:
        paper.heading(_("Annex %(letter)s: words and meanings") % {"letter": next(letters)})
        paper.table([_("Word"), _("Meaning")], [(one.title, one.text) for one in terms], widths=(4, 12.6))
    if not edition.draft:
        paper.heading(_("Signed for the board"))
        paper.table([_("Name and role"), _("Signature"), _("Date")], [("\n\n", "", "")] * 2, widths=(7, 6, 3.6))
    return paper.content()


def _section(paper: Paper, section: Section) -> None:
    if section.kind == PartKind.PURPOSE:
        paper.points(words for node in section.nodes for words in node.paragraphs)
        return
    for node in section.nodes:
        if section.kind in (PartKind.PRIORITY, PartKind.CHAPTER):
            paper.heading(f"{node.number}. {node.title}", 2)
            paper.text(node.text)
            _below(paper, node)
        elif section.kind == PartKind.OBJECTIVE:
            _aim(paper, node)
        elif node.title:
            paper.named(node.title, node.text)
        else:
            paper.text(node.text)


def _below(paper: Paper, node: Node) -> None:
    for one in node.below:
        if one.kind == PartKind.OBJECTIVE:
            _aim(paper, one)
        elif one.kind == PartKind.PARAGRAPH:
            paper.text(one.text)


def _aim(paper: Paper, node: Node) -> None:
    paper.named(node.number, node.title)
    if node.measure:
        paper.text(_("How we shall know: %(measure)s") % {"measure": node.measure})
    if node.indicator:
        paper.text(_("Indicator: %(said)s") % {"said": node.indicator.said})
