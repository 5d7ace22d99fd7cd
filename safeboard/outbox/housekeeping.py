"""The clocks of the outbox, and of the rooms below it."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection
from django.utils import timezone

from safeboard.core import history

from . import operations
from .clocks import clock

KEEP_TASKS = timedelta(days=7)
LONGEST_TASK = timedelta(hours=1)


@clock(every=timedelta(seconds=30), name="worker")
def worker() -> None:
    """Nothing but a sign of life: its time is when a worker was last seen."""


@clock(every=timedelta(minutes=1), name="outbox.post")
def post() -> None:
    """Post what is due: second attempts, messages for later, and what a killed worker left."""
    operations.deliver_due()


@clock(every=timedelta(minutes=15), name="outbox.digest")
def digest() -> None:
    """Gather quiet messages, and post the digests at once."""
    if operations.digest():
        operations.deliver_due()


@clock(every=timedelta(days=1), name="outbox.clear")
def clear() -> None:
    """Remove messages that are over a year old."""
    operations.clear_old()


@clock(every=timedelta(hours=1), name="core.checkpoint")
def checkpoint() -> None:
    """Sign the end of the history and export it."""
    history.checkpoint()


@clock(every=timedelta(days=1), name="core.sessions")
def sessions() -> None:
    """Remove sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@clock(every=timedelta(days=1), name="core.statistics")
def statistics() -> None:
    """Let SQLite count what its indexes hold, else its planner guesses. PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


@clock(every=timedelta(hours=1), name="outbox.queue")
def queue() -> None:
    """Mark work that a killed worker left half done as failed, and remove what was finished a week ago."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST_TASK).update(
        status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="the worker ended", return_value=None
    )
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_TASKS).delete()
