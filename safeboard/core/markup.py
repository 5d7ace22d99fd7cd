"""Pieces of the rows of long tables, for those who write them at once: in a loop of a template they take much longer.

Every value is escaped here, by the standard library: Django's escaping looks for lazy and safe strings first, which are
not among them, and takes four times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from django.urls import reverse

STANDS_IN = 987_654_321


def address_of(name: str, *before: Any) -> Callable[[int], str]:
    """The address of a page for each of many ids, worked out once; the id is its last part, ``before`` the others."""
    head, tail = reverse(name, args=[*before, STANDS_IN]).rsplit(str(STANDS_IN), 1)
    return lambda pk: f"{head}{int(pk)}{tail}"


def label(words: str) -> str:
    """What a cell is called where the table folds into cards, as an attribute of the cell."""
    return f' data-label="{escape(words)}"'


def link(href: str, words: str) -> str:
    """A link in a row."""
    return f'<a class="govuk-link" href="{escape(href)}">{escape(words)}</a>'


def tag(words: str, colour: str = "grey") -> str:
    """A state in a word, as ``{% tag %}`` writes it."""
    return f'<strong class="govuk-tag govuk-tag--{escape(colour)}">{escape(words)}</strong>'
