"""The long tables of rounds, written at once: ``{% load rounds %}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeboard.core import times
from safeboard.core.markup import address_of, label, link, tag

from ..choices import RoundState, Stand
from ..models import Round
from ..queries.rounds import Line

register = template.Library()
NUMBER = ' class="sb-table__number"'


@register.simple_tag
def round_rows(rounds: Iterable[Round]) -> SafeString:
    """The rows of the list of rounds: by when, how far, and how many agencies stand where."""
    heads = [label(one) for one in (_("To be answered by"), _("State"))]
    counts = [
        (name, f"{NUMBER}{label(words)}")
        for name, words in (
            ("count", _("Agencies")),
            ("owed", _("Still owed")),
            ("to_read", _("To read")),
            ("accepted", _("Accepted")),
        )
    ]
    address = address_of("standards:round")
    return SafeString("".join(_round(one, address(one.pk), heads, counts) for one in rounds))


def _round(one: Any, href: str, heads: list[str], counts: list[tuple[str, str]]) -> str:
    due = times.element(one.due_on, "due" if one.is_open and one.owed else "exact")
    numbers = "".join(f"<td{attributes}>{getattr(one, name)}</td>" for name, attributes in counts)
    first = f'<tr><th scope="row">{link(href, one.title)}</th>'
    return f"{first}<td{heads[0]}>{due}</td><td{heads[1]}>{_state(one)}</td>{numbers}</tr>\n"


def _state(one: Any) -> str:
    words = str(RoundState(one.state).label)
    if one.state == RoundState.DRAFT:
        return tag(words)
    if one.owed and one.is_late:
        return tag(_("Overdue"), "red")
    return tag(words, "blue") if one.is_open else escape(words)


@register.simple_tag
def agency_rows(lines: Iterable[Line], round_: Round) -> SafeString:
    """The rows of one round: where each agency stands, how much it answered, what it sent."""
    names = (_("Where it stands"), _("Answered"), _("Sent to the board"), _("Fall short"), _("Of a hundred"))
    heads = [label(one) for one in names]
    address, tags = address_of("standards:place", round_.pk), _stands()
    return SafeString("".join(_agency(one, address(one.pk), heads, tags) for one in lines))


def _stands() -> dict[Stand, str]:
    colours = {Stand.ACCEPTED: "green", Stand.SUBMITTED: "blue"}
    words = {one: str(one.label) for one in Stand}
    return {one: tag(text, colours[one]) if one in colours else escape(text) for one, text in words.items()}


def _agency(line: Line, href: str, heads: list[str], stands: Mapping[Stand, str]) -> str:
    sent = line.submitted_on
    score = "" if line.score is None else line.score
    return (
        f'<tr><th scope="row">{link(href, line.agency)}</th>'
        f"<td{heads[0]}>{_late(line)}{stands[line.stand]}{_reached(line)}</td><td{heads[1]}>{escape(line.far)}</td>"
        f"<td{heads[2]}>{escape(times.exact(sent)) if sent else ''}</td>"
        f"<td{NUMBER}{heads[3]}>{line.gaps if sent else ''}</td><td{NUMBER}{heads[4]}>{score}</td></tr>\n"
    )


def _late(line: Line) -> str:
    if not line.late:
        return ""
    words = ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", line.late_days) % {"n": line.late_days}
    return f"{tag(words, 'red')} "


def _reached(line: Line) -> str:
    if not line.delivered:
        return f" {tag(_('Not delivered'), 'red')}"
    return f" {escape(_('Not written to yet'))}" if line.late and not line.told else ""


@register.simple_tag
def question_rows(questions: Iterable[Mapping[str, Any]]) -> SafeString:
    """The rows of a section: each question, how often each answer was given, and how many of them fall short."""
    answers, short, none = label(_("Answers")), label(_("Fall short")), escape(_("None yet"))
    return SafeString(
        "".join(
            f'<tr><th scope="row">{escape(str(row["question"].question))}</th>'
            f"<td{answers}>{_parts(row['parts']) if row['total'] else none}</td>"
            f"<td{NUMBER}{short}>{row['short']}</td></tr>\n"
            for row in questions
        )
    )


def _parts(parts: Iterable[tuple[str, str, int]]) -> str:
    return " ".join(
        f'<span class="sb-round__part">{escape(words)}: {number}</span>' for _code, words, number in parts if number
    )
