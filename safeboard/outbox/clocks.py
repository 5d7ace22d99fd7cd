"""Clocks: what the service does by itself at intervals.

A room registers a function from a module that its ``apps.ready`` imports:

    from safeboard.outbox.operations import clock

    @clock(every=timedelta(minutes=5), name="incidents.late-duties")
    def late_duties() -> None: ...

It is called without arguments and outside any transaction, in the worker's process, and opens the wall for what it
reads. It must bear being called once too often, and soon after a failure.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from .models import ClockState

logger = logging.getLogger("safeboard.clocks")

Job = Callable[[], object]
AGAIN = timedelta(minutes=5)  # at most, after a failure


@dataclass(frozen=True)
class Clock:
    """A job with its interval, and the longest time that it may take before another worker may start it."""

    name: str
    every: timedelta
    longest: timedelta
    job: Job


REGISTRY: dict[str, Clock] = {}


def clock(*, every: timedelta, name: str, longest: timedelta = timedelta(minutes=15)) -> Callable[[Job], Job]:
    """Register a function to be run about every so often. ValueError for a name that another function has."""

    def register(job: Job) -> Job:
        known = REGISTRY.get(name)
        if known and (known.job.__module__, known.job.__qualname__) != (job.__module__, job.__qualname__):
            raise ValueError(f"two clocks are named {name}")
        REGISTRY[name] = Clock(name, every, longest, job)
        return job

    return register


def tick(*, going: Callable[[], bool] = lambda: True) -> list[str]:
    """Run every clock that is due, one after the other; gives the names of those that ran.

    A clock that fails is noted and tried again; the others run. ``going`` is asked before each one.
    """
    _know_all()
    now = timezone.now()
    due = ClockState.objects.filter(_is_due(now), name__in=REGISTRY).values_list("name", flat=True)
    ran = []
    for name in sorted(due, key=list(REGISTRY).index):
        if going() and _claim(REGISTRY[name]):
            _run(REGISTRY[name])
            ran.append(name)
    return ran


def _is_due(now: object) -> Q:
    return (Q(next_at=None) | Q(next_at__lte=now)) & (Q(held_until=None) | Q(held_until__lte=now))


def _know_all() -> None:
    missing = set(REGISTRY) - set(ClockState.objects.values_list("name", flat=True))
    if missing:
        ClockState.objects.bulk_create([ClockState(name=name) for name in sorted(missing)], ignore_conflicts=True)


def _claim(one: Clock) -> bool:
    """Take the clock for this worker: one statement, so that of two workers only one gets it."""
    now = timezone.now()
    free = ClockState.objects.filter(_is_due(now), name=one.name)
    return bool(free.update(held_until=now + one.longest, last_ran=now, next_at=now + one.every))


def _run(one: Clock) -> None:
    state = ClockState.objects.filter(name=one.name)
    try:
        one.job()
    except Exception as error:  # noqa: BLE001  (whatever it is, it is noted, and the other clocks go on)
        where = in_short(error)
        logger.error("The clock %s failed: %s", one.name, where)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        state.update(
            held_until=None,
            next_at=timezone.now() + min(one.every, AGAIN),
            last_error=where,
            failures=F("failures") + 1,
        )
    else:
        state.update(held_until=None, last_ok=timezone.now(), last_error="", failures=0)


def in_short(error: BaseException) -> str:
    """The kind of an error and the line it came from, without its text: that could repeat what a record says."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno} {frames[-1].name})" if frames else ""
    return f"{type(error).__name__}{where}"[:200]
