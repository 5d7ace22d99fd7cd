"""The words of a text as they are searched for: folded to plain forms, and blinded so that the database tells none.

A word is kept as eight bytes of a keyed digest. The key is the agency's own, derived from a sealing key: the same word
has another digest in another agency, and after the sealing key was changed. Only whole words can be found by it: a
digest of the beginning of a word says nothing of the word.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from . import keys

SHORTEST, LONGEST = 2, 40
MOST_ASKED = 12
# A reference such as 2026-0042 or CRM/889, and a name such as O'Neill, is a word of its own beside its parts.
# Vowel signs and accents of their own belong to the word, as in Hindi and Arabic.
_SIGNS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_RUN = re.compile(rf"[\w{_SIGNS}]+(?:[-/'’][\w{_SIGNS}]+)*")
_PART = re.compile(rf"[^\W_{_SIGNS}][^\W_]*(?:[{_SIGNS}]+[^\W_]*)*")
_POSSESSIVE = re.compile(r"['’][sS]\Z")
_VOWEL = re.compile("[aeiouy]")
# Words so common that they would only fill the index, and find everything.
_COMMON = """
a about after again all also am an and any are as at be because been before being but by can could did do does
doing down for from further had has have having he her here hers him his how if in into is it its just me more most
my no nor not now of off on once only or other our out over own re same she should so some such than that the their
them then there these they this those through to too under until up us very was we were what when where which while
who whom why will with would you your http https www
"""
COMMON = frozenset(_COMMON.split())


def fold(text: str) -> str:
    """The text in plain small letters: full-width and joined forms opened (NFKC), accents and case taken away."""
    if text.isascii():  # has no such forms
        return text.lower()
    opened = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in opened if not unicodedata.combining(sign))


# Ending, what stands in its place, and how many letters must be left.
_ENDINGS = (("sses", "ss", 2), ("ies", "y", 2), ("ied", "y", 2), ("es", "", 3), ("s", "", 3), ("e", "", 3))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """An English word without the endings of number and tense; other words, and those with figures, as they are.

    'bullied', 'bullying' and 'bully' become one, 'names' and 'name' too. It is light on purpose: what is cut too
    little is not found by its other form, what is cut too much finds what nobody asked for.
    """
    if len(word) < 4 or not (word.isascii() and word.isalpha()) or word.endswith("ss"):
        return word
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest) and not word.endswith(("ied", "eed")):
            return _undoubled(rest)
    for ending, instead, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + instead
    return word


def _undoubled(word: str) -> str:
    """'stopp' of 'stopped' is 'stop'; 'tell' and 'pass' stay."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls" else word


@lru_cache(maxsize=5_000)
def _words(run: str) -> tuple[str, ...]:
    """The words by which a run of letters and figures is found; the whole of it last where it is a word of its own."""
    parts = _PART.findall(fold(_POSSESSIVE.sub("", run)))
    found = [stem(part) for part in parts if SHORTEST <= len(part) <= LONGEST and part not in COMMON]
    whole = "".join(parts)
    if len(parts) > 1 and len(whole) <= LONGEST and (_is_reference(run) or "-" not in run):
        found.append(whole)
    return tuple(found)


def _is_reference(run: str) -> bool:
    return any(sign.isdigit() for sign in run)


def spans(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Each run of letters and figures in a text: where it begins and ends, and the words that it is found by."""
    for run in _RUN.finditer(text):
        yield run.start(), run.end(), _words(run.group())


def words_of(texts: Iterable[str]) -> set[str]:
    """The words by which any of these texts can be found."""
    return {word for text in texts for run in _RUN.findall(text) for word in _words(run)}


def asked(text: str) -> list[str]:
    """The words that somebody asks for, at most MOST_ASKED, each once: of a reference its whole, not its parts."""
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        words = _words(run)
        whole = len(words) > 1 and words[-1] == "".join(_PART.findall(fold(run)))
        found.update(dict.fromkeys(words[-1:] if whole and _is_reference(run) else words[:-1] if whole else words))
    return list(found)[:MOST_ASKED]


@lru_cache(maxsize=2048)
def _key(sealing_key: bytes, agency_id: int) -> bytes:
    return hmac.digest(sealing_key, f"words:{agency_id}".encode(), "sha256")


def blinder(agency_id: int, number: int | None = None) -> Callable[[str], int]:
    """What turns a word into a signed number of eight bytes, keyed for this agency.

    ``number`` is that of a sealing key, the newest where none is given.
    """
    key = _key(keys.sealing_key(keys.newest_sealing_number() if number is None else number), agency_id)
    return lambda word: int.from_bytes(hmac.digest(key, word.encode(), "sha256")[:8], "big", signed=True)


def every_blind(word: str, agency_id: int) -> list[int]:
    """The word under each sealing key that there is: while keys are changed, old digests stand beside new ones."""
    return [blinder(agency_id, number)(word) for number in keys.sealing_numbers()]
