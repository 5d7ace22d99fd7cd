"""What the record's templates need: ``{% load incidents_record %}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..queries.listing import Row

SELECTED = SafeString(" selected")
register = template.Library()


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key, or None."""
    return mapping.get(key)


ROW = (
    '<tr><th scope="row"><a class="govuk-link" href="{}/">{}</a>{}</th><td data-label="{}">{}<br>'
    '<span class="sb-quiet">{}</span></td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
    '<td data-label="{}"><strong class="govuk-tag govuk-tag--{}">{}</strong> {}</td></tr>\n'
)


@register.simple_tag
def incident_rows(rows: Iterable[Row]) -> SafeString:
    """The rows of the list, written at once: in a loop of the template, fifty take longer than all the rest."""
    kind, happened, reported, state = _("Kind"), _("Happened"), _("Reported"), _("Where it stands")
    mark = format_html(' <strong class="govuk-tag govuk-tag--purple">{}</strong>', _("Allegation"))
    return format_html_join(
        "",
        ROW,
        (
            (
                row.pk,
                row.reference,
                mark if row.allegation else "",
                kind,
                row.kind,
                f"{row.classification} · {row.setting}" if row.setting else row.classification,
                happened,
                row.happened,
                reported,
                row.reported,
                state,
                row.state.colour,
                row.state.word,
                row.state.sentence,
            )
            for row in rows
        ),
    )


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any, bool]]) -> SafeString:
    """The options of a select: value, words, whether it is chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if chosen else "", text) for value, text, chosen in choices),
    )
