"""Reads of the outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from safeboard.core.access import Access

from . import posting
from .choices import State
from .clocks import REGISTRY
from .models import ClockState, Message

SILENT = timedelta(minutes=5)
Namer = Callable[[Access, Collection[int]], Mapping[int, str]]
_NAMERS: dict[str, Namer] = {}


def posts_mail() -> bool:
    """Whether messages go out by e-mail; without a mail server they are handed over by whoever caused them."""
    return posting.is_set()


def visible_to(access: Access) -> QuerySet[Message]:
    """The messages for this person, and those that they caused to somebody without an account, newest first.

    Not those that they caused to people with one: who acts on a record may be its subject, and must not learn from
    here whom that told. Nothing for a job.
    """
    if access.person is None:
        return Message.objects.none()
    return Message.objects.filter(Q(to=access.person) | Q(to=None, caused_by=access.person))


def names_what(label: str) -> Callable[[Namer], Namer]:
    """Register, from a room's ``apps.ready``, who says the names of records of a kind ("strategy.action").

    The function takes the access and the ids, and gives the names of those that this person may know of in the place
    acted in. Names are said on the pages of messages alone: no message bears one, so that none is ever posted.
    """

    def register(function: Namer) -> Namer:
        _NAMERS[label] = function
        return function

    return register


def names_of(access: Access, found: Iterable[Message]) -> dict[int, str]:
    """What messages are about, by the messages' ids, as far as this person may know it here: a query for each kind."""
    wanted: dict[str, dict[int, list[int]]] = {}
    for one in found:
        if one.about_type in _NAMERS and one.about_id is not None and one.to_id == _id_of(access):
            wanted.setdefault(one.about_type, {}).setdefault(one.about_id, []).append(one.pk)
    return {
        message: name
        for label, asked in wanted.items()
        for record, name in _NAMERS[label](access, asked).items()
        for message in asked[record]
    }


def _id_of(access: Access) -> int | None:
    return access.person.pk if access.person else None


def watched() -> QuerySet[Message]:
    """Messages that have failed or wait, without subject, text or what they are about."""
    return (
        Message.objects.filter(state__in=[State.FAILED, State.QUEUED])
        .only("pk", "kind", "email", "state", "attempts", "made_at", "not_before", "failed_at", "last_error", "quiet")
        .order_by("state", "-made_at")
    )


def counts() -> dict[str, int]:
    """How many messages are in each state."""
    found = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: found.get(state.value, 0) for state in State}


def tasks() -> dict[str, int]:
    """How many pieces of work wait in the queue, run now, and have failed within the last week."""
    from django_tasks_db.models import DBTaskResult

    found = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    return {word: found.get(word.upper(), 0) for word in ("ready", "running", "failed")}


@dataclass(frozen=True)
class ClockFace:
    """A registered clock with what is known of its runs."""

    name: str
    every: timedelta
    state: ClockState

    @property
    def is_failing(self) -> bool:
        return self.state.failures > 0

    @property
    def is_late(self) -> bool:
        """It should have run some while ago: no worker keeps it."""
        due = self.state.next_at
        return due is None or due < timezone.now() - max(self.every, SILENT)


def clock_faces() -> list[ClockFace]:
    """Every registered clock with its state, failing ones first."""
    states = {state.name: state for state in ClockState.objects.all()}
    faces = [
        ClockFace(one.name, one.every, states.get(one.name, ClockState(name=one.name))) for one in REGISTRY.values()
    ]
    return sorted(faces, key=lambda face: (not face.is_failing, face.name))


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life; None where none ever ran."""
    return ClockState.objects.filter(name="worker").values_list("last_ok", flat=True).first()


def worker_is_silent() -> bool:
    """Whether no worker has given a sign of life for five minutes."""
    seen = worker_seen_at()
    return seen is None or seen < timezone.now() - SILENT
