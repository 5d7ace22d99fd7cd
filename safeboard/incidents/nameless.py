"""Finding names in a text, so that what leaves an agency names nobody.

Nothing here knows the database: it is given what is known (``Known``) and a text. A name is found in any case, with or
without accents, as a possessive, alone or in full, run together or pulled apart. A word of everyday English that is
also somebody's name ("will", "may") counts where it has a capital letter. Dates of birth are found however they are
written; telephone numbers, e-mail and web addresses, postcodes and long numbers are found by their shape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SQUEEZED = 7  # letters from which a whole name is also looked for without its spaces and signs
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i", "ħ": "h"}
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What stands before a letter in place of a name.
LABELS = _words("child staff adult school setting agency reference")
# Names of people that are also everyday words: in small letters they are taken for the word.
EVERYDAY = LABELS | _words(
    "a ah al all am an and any are as at be been bill bob but by can chance child day de del di do dr du el else faith"
    " for from go grace guy had has he her him his hope how i if in is it jack john joy just la le long man"
    " mark may me mum my no nor not now of oh old on one or our out pat rich rob rose sue see she so some son sunny"
    " the than that their then they this to too up us van von was we were what when who will with yes you young"
)
# What many places share in their names: alone it names nothing.
GENERIC = _words(
    "academy and area association branch centre center children childrens church club college community council first"
    " foundation for girls boys group high home house infant infants in junior juniors library nursery of on park place"
    " playgroup pre primary project road s saint saints school schools secondary service services sixth form st street"
    " team the trust unit upper lower middle youth lane avenue close drive hall"
)
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTH_OF = {name: n for n, name in enumerate(MONTHS, 1)} | {name[:3]: n for n, name in enumerate(MONTHS, 1)}
MONTH_OF["sept"] = 9
WORD = re.compile(r"[^\W_]+")
LABEL = re.compile(r"\b(?:" + "|".join(name.capitalize() for name in sorted(LABELS)) + r") [A-Z]{1,2}\b")
SHAPES = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "web": re.compile(
        r"(?:https?|hxxps?|www)[:.\[]\S+|\b[\w-]+(?:\.[\w-]+)*(?:\.|\[\.\])"
        r"(?:com|org|net|uk|io|app|tv|me|info|edu|gov|eu|co|example)\b\S*",
        re.IGNORECASE,
    ),
    "handle": re.compile(r"(?<![\w.@])@[\w.]{2,}"),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE),
    "number": re.compile(r"\+?\(?\d(?:[\s().-]{0,2}\d){8,}"),
}


class Role(StrEnum):
    """What stands in the place of a name, before its letter."""

    CHILD = "child"
    STAFF = "staff"
    ADULT = "adult"
    SCHOOL = "school"
    SETTING = "setting"
    AGENCY = "agency"
    REFERENCE = "reference"


PEOPLE = (Role.CHILD, Role.STAFF, Role.ADULT)


@dataclass(frozen=True)
class Known:
    """Something that must not stand in the text: names of one person or place, and a person's date of birth.

    ``label`` is what takes its place, such as "Child A".
    """

    role: Role
    names: tuple[str, ...]
    born: date | None = None
    label: str = ""


@dataclass(frozen=True)
class Hit:
    """Where something known stands: from, to (in letters of the text), what it is, and whose, where that is known."""

    start: int
    end: int
    kind: str  # name, born, or the name of a shape
    known: Known | None = None


@dataclass(frozen=True)
class Token:
    """A word of a text as it is compared: folded, with where it stands and whether it begins with a capital."""

    word: str
    start: int
    end: int
    capital: bool


def fold(text: str) -> tuple[str, list[int]]:
    """The text without case, accents and hidden signs, and for each of its letters the place it came from."""
    out, places = [], []
    for place, sign in enumerate(text):
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold()).translate(PLAIN)
        for one in plain:
            if not unicodedata.combining(one) and unicodedata.category(one) != "Cf":
                out.append(one)
                places.append(place)
    return "".join(out), places


def tokens(text: str) -> list[Token]:
    """The words of a text. "Mia's" is two: the name, and the s behind it."""
    folded, places = fold(text)
    found = []
    for match in WORD.finditer(folded):
        start, end = places[match.start()], places[match.end() - 1] + 1
        found.append(Token(match.group(), start, end, text[start : start + 1].isupper()))
    return found


def words_of(name: str) -> list[str]:
    """The words of a name, folded; "O'Brien" gives o, brien."""
    return [match.group() for match in WORD.finditer(fold(name)[0])]


# Finding --------------------------------------------------------------------------------------------------------


def find(text: str, known: Sequence[Known]) -> list[Hit]:
    """Everything in the text that names or describes somebody known, or has the shape of an address or number.

    In order, none overlapping another; the longest where several begin together.
    """
    words = tokens(text)
    hits = [hit for one in known for hit in (*_named(text, words, one), *_born(words, one))]
    hits += [Hit(m.start(), m.end(), kind) for kind, shape in SHAPES.items() for m in shape.finditer(text)]
    ours = {match.start() for match in LABEL.finditer(text)}
    return _apart(hit for hit in hits if hit.start not in ours)


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end, one.known is None)):
        if found and hit.start < found[-1].end:
            last = found[-1]
            if hit.end > last.end:  # one reaches beyond the other: both go, as one
                found[-1] = Hit(last.start, hit.end, last.kind, last.known or hit.known)
        else:
            found.append(hit)
    return found


def _named(text: str, words: list[Token], known: Known) -> Iterator[Hit]:
    for name in known.names:
        parts = words_of(name)
        if not parts:
            continue
        yield from _in_a_row(words, parts, known)
        yield from _squeezed(text, "".join(parts), known)
        if known.role in PEOPLE:
            yield from _alone(words, parts, name, known)
        elif known.role is Role.REFERENCE:
            yield from (Hit(w.start, w.end, "name", known) for w in words if parts == [w.word])
        else:
            yield from _place(text, words, name, parts, known)


def _in_a_row(words: list[Token], parts: list[str], known: Known) -> Iterator[Hit]:
    """The whole name; the s of a possessive may stand between its words."""
    if len(parts) < 2:
        return
    for first in range(len(words)):
        place = first
        for part in parts:
            if place < len(words) and words[place].word == "s" and part != "s" and place > first:
                place += 1
            if place >= len(words) or not _is(words[place], part):
                break
            place += 1
        else:
            yield Hit(words[first].start, words[place - 1].end, "name", known)


def _alone(words: list[Token], parts: list[str], name: str, known: Known) -> Iterator[Hit]:
    """A single name of a person: the first name, the family name, a double name run together."""
    joined = {"".join(words_of(piece)) for piece in name.split()}
    wanted = {part for part in (*parts, *joined) if len(part) > 1}
    for word in words:
        for part in wanted:
            if _is(word, part) and (part not in EVERYDAY or word.capital):
                yield Hit(word.start, word.end, "name", known)


def _is(word: Token, part: str) -> bool:
    """The same, also as a possessive or plural without its sign, or with figures behind as in names of accounts."""
    rest = word.word.removeprefix(part) if word.word.startswith(part) else None
    return rest is not None and (rest in ("", "s") or rest.isdigit())


def _squeezed(text: str, name: str, known: Known) -> Iterator[Hit]:
    """The whole name with its letters run together or pulled apart: "miaknott", "M.i.a K n o t t"."""
    if len(name) < SQUEEZED:
        return
    folded, places = fold(text)
    plain = [(sign, places[n]) for n, sign in enumerate(folded) if sign.isalnum()]
    run, start = "".join(sign for sign, _place in plain), 0
    while (start := run.find(name, start)) >= 0:
        yield Hit(plain[start][1], plain[start + len(name) - 1][1] + 1, "name", known)
        start += 1


def _place(text: str, words: list[Token], name: str, parts: list[str], known: Known) -> Iterator[Hit]:
    """A place by what sets it apart ("Alder Bank" of Alder Bank School), or by its initials in capitals."""
    apart = [part for part in parts if part not in GENERIC and not part.isdigit()]
    if len(apart) > 1:
        yield from _in_a_row(words, apart, known)
    elif apart and len(apart[0]) > 2:
        yield from (Hit(w.start, w.end, "name", known) for w in words if _is(w, apart[0]) and w.capital)
    elif len(parts) == 1:
        yield from (Hit(w.start, w.end, "name", known) for w in words if _is(w, parts[0]) and w.capital)
    initials = "".join(piece[0] for piece in name.split() if piece[:1].isupper())
    if len(initials) > 2:
        for match in re.finditer(rf"\b{re.escape(initials)}\b", text):
            yield Hit(match.start(), match.end(), "name", known)


# Dates of birth ----------------------------------------------------------------------------------------------------


def _born(words: list[Token], known: Known) -> Iterator[Hit]:
    """A date of birth in whatever order and writing, also the day and month alone where the month is a word."""
    born = known.born
    if born is None:
        return
    year = {f"{born:%Y}", f"{born:%y}"}
    runs = {f"{born:%d%m%Y}", f"{born:%d%m%y}", f"{born:%Y%m%d}", f"{born:%m%d%Y}"}
    dated = [word for word in words if word.word not in ("of", "the")]
    for n, word in enumerate(dated):
        if word.word in runs:
            yield Hit(word.start, word.end, "born", known)
        two, three = dated[n : n + 2], dated[n : n + 3]
        if len(three) == 3 and _same_day(three, born, year):
            yield Hit(three[0].start, three[-1].end, "born", known)
        if len(two) == 2 and any(w.word in MONTH_OF for w in two) and _day_and_month(two, born):
            yield Hit(two[0].start, two[-1].end, "born", known)


def _same_day(three: list[Token], born: date, year: set[str]) -> bool:
    first, middle, last = three
    at_end = last.word in year and _day_and_month([first, middle], born)
    return at_end or (first.word in year and _day_and_month([middle, last], born))


def _day_and_month(two: list[Token], born: date) -> bool:
    one, other = (_number(word.word) for word in two)
    first, second = two[0].word in MONTH_OF, two[1].word in MONTH_OF
    if first or second:
        month, day = (one, other) if first else (other, one)
        return (month, day) == (born.month, born.day)
    return {(one, other)} <= {(born.day, born.month), (born.month, born.day)}


def _number(word: str) -> int:
    """The number that a word says: '6', '06', '6th', 'may'; 0 where it says none."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word)
    return int(plain) if plain.isascii() and plain.isdigit() else MONTH_OF.get(word, 0)
