"""What is different between two forms of a document: word by word, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .documents import Node, Whole

PIECE = re.compile(r"\s+|[\w'’-]+|[^\w\s]")
MOST_PIECES = 6_000  # beyond this two texts are shown whole, one after the other


@dataclass(frozen=True)
class Piece:
    """A run of words: 'same', 'added' or 'gone'."""

    how: str
    words: str


@dataclass(frozen=True)
class Change:
    """What became of one part: 'added', 'gone', 'changed' or 'moved'; and of each of its fields that differ."""

    how: str
    key: str
    name: str
    fields: Sequence[tuple[str, Sequence[Piece]]] = ()


FIELDS = {
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("Text"),
    "measure": gettext_lazy("How we shall know"),
    "indicator": gettext_lazy("Indicator"),
    "who": gettext_lazy("Who"),
    "due": gettext_lazy("By when"),
    "first": gettext_lazy("Waits for"),
}


def between(before: str, after: str) -> list[Piece]:
    """The words of two texts, run by run: what stayed, what is gone, what was added."""
    old, new = PIECE.findall(before), PIECE.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        return [Piece("gone", before), Piece("added", after)]
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        found += [Piece("gone", "".join(old[a:b]))] if b > a else []
        found += [Piece("added", "".join(new[c:d]))] if d > c else []
    return _joined(found)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Single spaces between changed words belong to the change: so that it is read as one run."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        lone = piece.how == "same" and piece.words.isspace() and 0 < at < len(pieces) - 1
        if not lone:
            found.append(piece)
        else:
            found += [Piece("gone", piece.words), Piece("added", piece.words)]
    return _runs(found)


def _runs(pieces: Sequence[Piece]) -> list[Piece]:
    """Between two runs that stayed: all that is gone, then all that was added."""
    found: list[Piece] = []
    gone = added = ""
    for piece in [*pieces, Piece("same", "")]:
        if piece.how == "gone":
            gone += piece.words
        elif piece.how == "added":
            added += piece.words
        else:
            found += [Piece("gone", gone)] if gone else []
            found += [Piece("added", added)] if added else []
            found += [piece] if piece.words else []
            gone = added = ""
    return found


def changes(before: Whole, after: Whole) -> list[Change]:
    """What is different, in the order of the document as it is now; what is gone stands at the end."""
    old = {node.key: node for node in before.nodes()}
    new = {node.key: node for node in after.nodes()}
    found = list(_about(before, after))
    for key, node in new.items():
        if key not in old:
            found.append(Change("added", key, node.name, list(_fields(None, node))))
            continue
        fields = list(_fields(old[key], node))
        if fields:
            found.append(Change("changed", key, node.name, fields))
    return found + [
        Change("gone", key, node.name, list(_fields(node, None))) for key, node in old.items() if key not in new
    ]


def _about(before: Whole, after: Whole) -> Iterator[Change]:
    named = (
        (_("Title"), before.title, after.title),
        (_("In force from"), _said(before.starts_on), _said(after.starts_on)),
        (_("To be reviewed by"), _said(before.review_on), _said(after.review_on)),
    )
    fields = [(name, between(old, new)) for name, old, new in named if old != new]
    if fields:
        yield Change("changed", "", _("The document itself"), fields)


def _fields(old: Node | None, new: Node | None) -> Iterator[tuple[str, list[Piece]]]:
    for name, label in FIELDS.items():
        was, now = _value(old, name), _value(new, name)
        if was != now:
            yield str(label), between(was, now)


def _value(node: Node | None, name: str) -> str:
    if node is None:
        return ""
    if name == "due":
        return _said(node.due_on)
    value = getattr(node, name)
    return value if isinstance(value, str) else str(getattr(value, "title", ""))  # an indicator, or what comes first


def _said(day: object) -> str:
    return date_format(day, "j F Y") if day else ""  # type: ignore[arg-type]
