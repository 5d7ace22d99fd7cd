"""The long tables of the dashboards, written at once: ``{% load dashboards %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safeboard.core import times
from safeboard.core.markup import address_of, label, link, tag
from safeboard.strategy.models import Action

from ..queries.indicators import Course
from ..queries.standings import Row
from ..svg import drawn, rows

register = template.Library()


@register.simple_tag
def heat_rows(agencies: Iterable[Row]) -> SafeString:
    """The rows of the heat map: each agency with its letters."""
    address = address_of("partnership:agency")
    return SafeString(
        "".join(
            f'<tr><th scope="row">{link(address(one.agency_id), one.name)}</th>{one.drawn}</tr>\n' for one in agencies
        )
    )


@register.simple_tag
def late_rows(actions: Iterable[Action]) -> SafeString:
    """The rows of the overdue actions: what, who, since when."""
    what, who, due, board = label(_("Action")), label(_("Who")), label(_("Due")), _("The board")
    return SafeString(
        "".join(
            f'<tr><th scope="row"{what}>{link(one.url, one.title)}</th>'
            f"<td{who}>{escape(one.agency.name if one.agency else board)}</td>"
            f"<td{due}>{times.element(one.due_on, 'due')}</td></tr>"
            for one in actions
        )
    )


@register.simple_tag
def trends(courses: Iterable[Course]) -> SafeString:
    """Every indicator as a small drawing with its figures below it."""
    address = address_of("insight:indicator")
    heads = _heads()
    return SafeString("".join(_trend(one, address(one.indicator.pk), heads) for one in courses))


def _trend(course: Course, href: str, heads: dict[bool, tuple[str, str]]) -> str:
    title = course.indicator.title
    return (
        f'<figure class="sb-trends__one"><figcaption><h3 class="govuk-heading-s">{link(href, title)}</h3>\n'
        f'<p class="govuk-body-s">{escape(course.answer)} {tag(course.state_words, course.colour)}</p></figcaption>'
        f"{drawn(course)}\n{_figures(course, escape(title), *heads[course.indicator.is_share])}</figure>\n"
    )


def _heads() -> dict[bool, tuple[str, str]]:
    """What opens the figures, and the heads of their table: of a share, and of a figure."""
    shown, when = escape(_("Show the figures")), escape(_("When"))
    right = "govuk-table__header govuk-table__header--numeric"
    return {
        share: (
            shown,
            f'<th scope="col" class="govuk-table__header">{when}</th>'
            f'<th scope="col" class="{right}">{escape(words)}</th>',
        )
        for share, words in ((True, _("Of a hundred")), (False, _("Figure")))
    }


def _figures(course: Course, title: str, shown: str, heads: str) -> str:
    if not course.points:
        return ""
    return (
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        f'<span class="govuk-details__summary-text">{shown}<span class="govuk-visually-hidden">: {title}</span></span>'
        '</summary><div class="govuk-details__text"><table class="govuk-table">'
        f'<caption class="govuk-visually-hidden">{title}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows(course)}</tbody></table></div></details>"
    )


@register.simple_tag
def indicator_rows(courses: Iterable[Course]) -> SafeString:
    """The rows of the list of indicators: where each stands against its baseline and its target."""
    words = (_("Indicator"), _("Now"), _("Baseline"), _("Target"), _("Owner"), _("State"))
    heads, none, nobody = [label(one) for one in words], escape(_("none")), _("Nobody yet")
    address = address_of("insight:indicator")
    made = []
    for one in courses:
        row = one.indicator
        cells = (
            escape(one.said),
            none if one.baseline is None else f"{one.baseline:,}",
            none if row.target is None else f"{row.target:,}{_by(row.target_on)}",
            escape(row.owner.name if row.owner else nobody),
            tag(one.state_words, one.colour),
        )
        inside = "\n".join(f"<td{head}>{text}</td>" for head, text in zip(heads[1:], cells, strict=True))
        made.append(f'<tr><th scope="row"{heads[0]}>{link(address(row.pk), row.title)}</th>\n{inside}</tr>')
    return SafeString("".join(made))


def _by(day: date | None) -> str:
    return f", {times.element(day, 'exact')}" if day else ""
