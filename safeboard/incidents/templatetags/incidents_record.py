"""What the record's templates need: ``{% load incidents_record %}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
