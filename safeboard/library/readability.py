"""How hard a text is to read, for the pages that children read."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")
YEARS = 5  # a grade is of schooling, which begins at about five
VOWELS = re.compile(r"[aeiouy]+")


def age(found: float) -> int:
    """The age in years at which a text of this grade is read with ease."""
    return max(round(found) + YEARS, YEARS)


def syllables(word: str) -> int:
    """A fair guess at the syllables of an English word, one at least."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    count = len(VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee"))
    silent = silent or (plain.endswith("ed") and not plain.endswith(("ted", "ded")))
    if silent and count > 1:
        count -= 1
    return max(count, 1)


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of some English texts, in years of schooling (American); 0.0 for no words.

    Every text ends a sentence, whether or not it bears a full stop: labels and headings are read so.
    """
    sentences = words = spoken = 0
    for text in texts:
        found = WORD.findall(text)
        if not found:
            continue
        sentences += max(len([part for part in re.split(r"[.!?:;]+\s|\n", text) if WORD.search(part)]), 1)
        words += len(found)
        spoken += sum(map(syllables, found))
    if not words:
        return 0.0
    return round(0.39 * words / sentences + 11.8 * spoken / words - 15.59, 1)
