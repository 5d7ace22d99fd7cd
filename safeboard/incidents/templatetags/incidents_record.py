"""What the record's templates need: ``{% load incidents_record %}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from safeboard.core.times import element

from ..queries.line import Line
from ..queries.listing import Row
from ..queries.searching import Place

SELECTED = SafeString(" selected")
register = template.Library()


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key, or None."""
    return mapping.get(key)


def _shape() -> str:
    """A row with its labels filled in, for ``str.format``; what is filled in later is escaped there."""
    labels = {"kind": _("Kind"), "happened": _("Happened"), "reported": _("Reported"), "state": _("Where it stands")}
    shape = (
        '<tr><th scope="row"><a class="govuk-link sb-number" href="{{}}/">{{}}</a>{{}}</th>'
        '<td data-label="{kind}">{{}}<br><span class="sb-quiet">{{}}</span>{{}}</td>'
        '<td data-label="{happened}">{{}}</td>'
        '<td data-label="{reported}">{{}}</td><td data-label="{state}">'
        '<strong class="govuk-tag govuk-tag--{{}}">{{}}</strong> {{}}</td></tr>\n'
    )
    return shape.format(**{name: escape(text).replace("{", "{{").replace("}", "}}") for name, text in labels.items()})


@register.simple_tag
def incident_rows(rows: Iterable[Row]) -> SafeString:
    """The rows of the list, written at once: in a loop of the template, fifty take longer than all the rest.

    Every value is escaped here, by the standard library: Django's escaping looks for lazy and safe strings first,
    which are not among them, and takes four times as long.
    """
    shape = _shape()
    mark = f' <strong class="govuk-tag govuk-tag--purple">{escape(_("Allegation"))}</strong>'
    return SafeString(
        "".join(
            shape.format(
                int(row.pk),
                escape(row.reference),
                mark if row.allegation else "",
                escape(str(row.kind)),
                escape(f"{row.classification} · {row.setting}" if row.setting else str(row.classification)),
                _places(row.places) if row.places else "",
                escape(str(row.happened)),
                escape(str(row.reported)),
                escape(str(row.state.colour)),
                escape(str(row.state.word)),
                escape(str(row.state.sentence)),
            )
            for row in rows
        )
    )


@register.simple_tag
def story_lines(lines: Iterable[Line]) -> SafeString:
    """The lines of a story, written at once, as ``incident_rows`` are: a long record has more than a hundred."""
    words = {
        "by": escape(_("by %(by)s")),
        "answered": escape(_("What was answered")),
        "back": escape(_("(taken back)")),
    }
    return SafeString("".join(_line(line, words) for line in lines))


def _line(line: Line, words: dict[str, str]) -> str:
    title = escape(str(line.title))
    if line.href:
        title = f'<a class="govuk-link" href="{escape(line.href)}">{title}</a>'
    by = words["by"] % {"by": escape(str(line.by))} if line.by else ""
    by = f' <p class="moj-timeline__byline">{by}</p>' if by else ""
    word, colour = line.tag or ("", "")
    tag = f' <strong class="govuk-tag govuk-tag--{escape(colour)}">{escape(str(word))}</strong>' if word else ""
    steps = _steps(line, words) if line.steps else ""
    text = escape(str(normalize_newlines(line.text))).replace("\n", "<br>")
    told = f'<div class="moj-timeline__description">{steps}{text}</div>' if steps or text else ""
    return (
        '<div class="moj-timeline__item"><div class="moj-timeline__header">'
        f'<h3 class="moj-timeline__title">{title}</h3>{by}{tag}</div>'
        f'<p class="moj-timeline__date">{element(line.at, "exact")}</p>{told}</div>\n'
    )


def _steps(line: Line, words: dict[str, str]) -> str:
    """The questions that a chart asked, with the answers; what was taken back is struck out."""
    rows = (
        f"<li><s>{escape(question)} <strong>{escape(answer)}</strong></s> {words['back']}</li>"
        if back
        else f"<li>{escape(question)} <strong>{escape(answer)}</strong></li>"
        for question, answer, back in line.steps
    )
    return (
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        f'<span class="govuk-details__summary-text">{words["answered"]}</span></summary>'
        f'<div class="govuk-details__text"><ol class="govuk-list govuk-list--number">{"".join(rows)}</ol></div>'
        "</details>"
    )


def _places(places: Iterable[Place]) -> str:
    """Where the words of a search stand in an incident, each word marked."""
    lines = (
        f'<li><span class="sb-quiet">{escape(place.label)}:</span> '
        + "".join(f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in place.pieces)
        + "</li>"
        for place in places
    )
    return f'<ul class="sb-places">{"".join(lines)}</ul>'


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any, bool]]) -> SafeString:
    """The options of a select: value, words, whether it is chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if chosen else "", text) for value, text, chosen in choices),
    )
