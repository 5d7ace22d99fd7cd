"""Letters in the place of names, and what may still point to somebody when no name stands any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .nameless import LABELS, MONTHS, Hit, Known, find

TITLES = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|sir|madam)\.?\s+$", re.IGNORECASE)


def replaced(text: str, known: Sequence[Known], words: dict[str, str]) -> str:
    """The text with a label in the place of each hit. ``words``: what stands for a date of birth and for each shape.

    Names that touch, of one person, become one label. Done until nothing known stands in it.
    """
    for _round in range(5):
        hits = find(text, known)
        if not hits:
            break
        text = _once(text, hits, words)
    return text


def _once(text: str, hits: list[Hit], words: dict[str, str]) -> str:
    out, at = "", 0
    for number, hit in enumerate(hits):
        between = text[at : hit.start]
        last = hits[number - 1] if number else None
        same = last is not None and hit.known is not None and last.known == hit.known and last.kind == hit.kind
        if same and not between.strip(" -\t"):
            at = hit.end
            continue
        if hit.kind == "name":
            between = TITLES.sub("", between)
        out += between + _label(hit, words)
        at = hit.end
    return out + text[at:]


def _label(hit: Hit, words: dict[str, str]) -> str:
    if hit.kind == "name" and hit.known:
        return hit.known.label
    return words.get(hit.kind, "[…]")


def letters() -> Iterator[str]:
    """A, B, … Z, AA, AB, …"""
    number = 0
    while True:
        number += 1
        name, rest = "", number
        while rest:
            rest, sign = divmod(rest - 1, 26)
            name = chr(65 + sign) + name
        yield name


HINTS = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:" + "|".join(MONTHS) + r")(?:\s+\d{4})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d"
    r"|(?:aged?\s+|year\s+)\d{1,2}|\d{1,2}[\s-]years?[\s-]olds?|only\s+\w+\s+in\s+the|twins?|adopted|fostered"
    r"|in\s+care|wheelchair|autis\w+|refugee|traveller)\b",
    re.IGNORECASE,
)


def hints(text: str) -> list[str]:
    """Words by which somebody who knows the area might tell who it is: days, ages, and words with a capital."""
    found = [match.group() for match in HINTS.finditer(text)]
    for match in re.finditer(r"(?<![.!?:“\"])(?<=[\w,;]\s)([A-Z][a-z]{2,}(?:\s[A-Z][a-z]+)*)", text):
        word = match.group()
        if word.split()[0].casefold() not in LABELS.union(MONTHS):
            found.append(word)
    return list(dict.fromkeys(found))
