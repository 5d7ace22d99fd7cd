"""The catalogues of words as one: Django asks those of all apps one after the other for each word on a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import trans_real


def draw_together(language: str) -> None:
    """Put the catalogues of a language into one that says what they say; left as they are if they count differently.

    For processes that make pages, before the first one. What was asked first comes first.
    """
    found: Any = trans_real.translation(language)
    catalogs, plurals = list(found._catalog._catalogs), list(found._catalog._plurals)
    other = found._fallback
    while other is not None and hasattr(other, "_catalog"):
        catalogs.append(other._catalog)
        plurals.append(other.plural)
        other = other._fallback
    if any(isinstance(one, trans_real.TranslationCatalog) for one in catalogs) or not _alike([*plurals, found.plural]):
        return
    merged: dict[Any, str] = {}
    for one in reversed(catalogs):
        merged |= one
    found._catalog._catalogs, found._catalog._plurals, found._fallback = [merged], plurals[:1], other


def _alike(plurals: list[Any]) -> bool:
    """Whether all of them count in the same way: which form a number takes, up to a thousand."""
    return all(one(number) == plurals[0](number) for one in plurals for number in range(1000))
