"""Words of the pack on the pages for somebody who writes without an account."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from safeboard.library.schemas import Text

register = template.Library()


@register.filter
def says(words: Mapping[str, Text], name: str) -> str:
    """The words of that name, in the language in use. KeyError for a name that no pack has."""
    return str(words[name])
