"""What has to hold after the server was killed: nothing acknowledged is lost, nothing is half, nothing is twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import models

from bench.crash_writers import IMPORTED, INCIDENTS, Kept, content_of
from safeboard.core import history, wall
from safeboard.core.models import Entry
from safeboard.incidents.models import Alert, Duty, EvidenceFile, Incident, Note, Referral
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Board, ImportRun, Setting

# What every row of a kind must be named as in some entry of the history: the fact that holds its number, or "" where
# the entry is about the row itself.
NAMED: dict[type[models.Model], str] = {
    Incident: "",
    Alert: "",
    ImportRun: "",
    Note: "note",
    Duty: "duty",
    Referral: "referral",
    EvidenceFile: "file",
}
FIRST_LOOK = "first-look"


def faults(kept: Iterable[Kept]) -> list[str]:
    """All that is wrong; nothing where the database is whole."""
    boards = list(Board.objects.values_list("pk", flat=True))
    every = partnership.every_agency()
    with wall.open_for(agencies=every, casework=every, boards=boards, shared=boards):
        found = Found()
        return [*lost(found, kept), *twice(found), *half(found), *chain()]


class Found:
    """What is there, by the word that it bears."""

    def __init__(self) -> None:
        self.words: dict[str, Counter[str]] = {
            "report": Counter(Incident.objects.values_list("narrative", flat=True)),
            "note": Counter(Note.objects.values_list("text", flat=True)),
            "alert": Counter(Alert.objects.values_list("device", flat=True)),
            "referral": Counter(Referral.objects.values_list("what", flat=True)),
            "file": Counter(name.removesuffix(".txt") for name in EvidenceFile.objects.values_list("name", flat=True)),
            "import": Counter(name.rpartition(" ")[0] for name in Setting.objects.values_list("name", flat=True)),
        }


def lost(found: Found, kept: Iterable[Kept]) -> Iterator[str]:
    """Acknowledged writes that are not there, or not whole."""
    for one in kept:
        there = found.words[one.kind][one.word]
        if there < (IMPORTED if one.kind == "import" else 1):
            yield f"lost: {one.kind} {one.word} ({there})"


def twice(found: Found) -> Iterator[str]:
    """What was sent again under its own key and is there more than once."""
    for kind in ("report", "note", "alert", "referral", "file"):
        for word, count in found.words[kind].items():
            if count > 1 and word.startswith(f"{kind}-"):
                yield f"twice: {word} ({count})"
    for times in Alert.objects.filter(times__gt=1).values_list("times", flat=True):
        yield f"an alert counted {times} times"


def half(found: Found) -> Iterator[str]:
    """Rows without their entry in the history, entries without their row, and rows without what belongs to them."""
    entries = list(Entry.objects.values_list("object_type", "object_id", "facts", "verb"))
    told = {(kind, pk) for kind, pk, _facts, _verb in entries}
    told |= {(name, value) for *_about, facts, _verb in entries for name, value in facts.items() if type(value) is int}
    for model, name in NAMED.items():
        rows = set(model._default_manager.values_list("pk", flat=True))
        key = name or model._meta.label_lower
        yield from (f"half: {model.__name__} {pk} has no entry" for pk in rows if (key, pk) not in told)
        if not name:
            gone = {pk for kind, pk in told if kind == key} - rows
            yield from (f"half: an entry speaks of {model.__name__} {pk}, which is not there" for pk in gone)
    yield from _without("first look", Incident.objects.exclude(duties__key=FIRST_LOOK))
    yield from _without("person", Incident.objects.filter(people=None, pk__gt=INCIDENTS))
    yield from _without("number", Alert.objects.filter(numbers=None))
    for file in EvidenceFile.objects.iterator(chunk_size=20):
        content = content_of(file.name.removesuffix(".txt"))
        if file.content != content or file.sha256 != hashlib.sha256(content).hexdigest():
            yield f"half: file {file.pk} is not what was sent"
    for done, word in ImportRun.objects.values_list("done_at", "filename"):
        count = found.words["import"][word.removesuffix(".csv")]
        if count != (IMPORTED if done else 0):
            yield f"half: import {word} has {count} of {IMPORTED} settings"


def _without(what: str, rows: models.QuerySet) -> Iterator[str]:
    return (f"half: {row.__class__.__name__} {row.pk} has no {what}" for row in rows)


def chain() -> Iterator[str]:
    """Where the history does not hold."""
    return (f"chain: entry {one.number}: {one.why}" for one in history.verify())
