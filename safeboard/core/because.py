"""Why something is done: a signed word that names a record of another room, carried from page to page.

Rooms that may not import each other send people to one another with it (``?because=...``): an incident to the filter
logs, a finding to the report. The word gives nobody anything: what it names is looked up by the room that the record
belongs to, for the person at hand, each time that it is shown or used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core import signing
from django.db import models

from . import links
from .access import Access
from .models import Link

SALT = "safeboard.core.because"
FIELD = "because"  # in addresses and forms


@dataclass(frozen=True)
class Named:
    """A record in words, and its page."""

    text: str
    url: str


@dataclass(frozen=True)
class Reason:
    """A record that is the reason for something: what it is, and how it is called."""

    label: str
    pk: int
    text: str
    url: str


@dataclass(frozen=True)
class End:
    """The other end of a link, as this person may know it: where the record came from, or what it led to."""

    text: str
    url: str
    led_to: bool
    kind: str


# What a record is called for who may know of it, by the model's label: filled in each room's apps.ready.
Namer = Callable[[Access, int], Named | None]
_NAMERS: dict[str, Namer] = {}


def named_by(label: str, namer: Namer) -> None:
    """Say how records of a model are called. The namer gives None where the person may not know of the record."""
    _NAMERS[label] = namer


def token(obj: models.Model) -> str:
    """The signed word for a record: always the same, so that a page does not change with the clock."""
    return signing.Signer(salt=SALT).sign_object([obj._meta.label_lower, obj.pk])


def reason(access: Access, word: str) -> Reason | None:
    """What a word names; None where it is no word of ours, or the record is not this person's to know of."""
    try:
        label, pk = signing.Signer(salt=SALT).unsign_object(word) if word else ("", 0)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return named(access, str(label), int(pk))


def named(access: Access, label: str, pk: int) -> Reason | None:
    """The same for a record that is known by its model's label and its id."""
    namer = _NAMERS.get(label)
    found = namer(access, pk) if namer else None
    return Reason(label, pk, found.text, found.url) if found else None


def tie(*, by: Access, reason: Reason | None, target: models.Model, kind: str) -> bool:
    """Link the target to its reason (the golden thread); False where there is none. Needs a transaction."""
    if reason is None:
        return False
    source = apps.get_model(reason.label)(pk=reason.pk)  # its id alone is needed: the record is another room's
    links.connect(by=by, source=source, target=target, kind=kind)
    return True


def ends_of(access: Access, obj: models.Model, tied: Iterable[Link] | None = None) -> Iterator[End]:
    """The other ends of a record's links (``tied``, where they were read) that a namer knows and this person may."""
    own = (obj._meta.label_lower, obj.pk)
    for link in links.links_of(obj) if tied is None else tied:
        led_to = (link.from_type, link.from_id) == own
        other = (link.to_type, link.to_id) if led_to else (link.from_type, link.from_id)
        found = named(access, *other)
        if found:
            yield End(found.text, found.url, led_to, link.kind)


def is_named(label: str) -> bool:
    """Whether a room says how records of that model are called: then nothing else says it."""
    return label in _NAMERS
