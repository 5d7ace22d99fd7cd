"""The text of a message on a page: ``{% load outbox %}``."""

from __future__ import annotations

import re

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def message_text(text: str, with_links: bool = True) -> SafeString:
    """Paragraphs of the text, escaped. Only addresses of this service become links, and those for the addressee alone:
    who hands a message over would use up a link that works once."""
    own = re.compile(rf"({re.escape(settings.SAFEBOARD_ADDRESS)}/[^\s<>\"']*)")
    parts = own.split(text)
    html = format_html_join(
        "",
        "{}",
        (
            (format_html('<a class="govuk-link" href="{0}">{0}</a>', part) if with_links and number % 2 else part,)
            for number, part in enumerate(parts)
        ),
    )
    paragraphs = linebreaks(html).replace("<p>", '<p class="govuk-body">')
    return mark_safe(paragraphs)  # noqa: S308  (every part was escaped above)
