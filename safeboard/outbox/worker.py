"""The worker: takes work from the queue and keeps the clocks, in one process."""

from __future__ import annotations

import logging
import signal
import time
import traceback
from types import FrameType

from django.db import InterfaceError, OperationalError, ProgrammingError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from . import clocks

logger = logging.getLogger("safeboard.worker")

PAUSE = 1.0  # seconds between two looks at an empty queue
TICK = 5.0  # seconds between two looks at the clocks
ROUNDS = 20  # of --once: what work makes further work, before it is left to the next run


class Worker(QueueWorker):
    """django-tasks-db's worker, which also ticks the clocks, is stopped softly, and keeps no texts of errors."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).addFilter(_without_error_text)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Finish the piece of work in hand, then end; the second time, end at once."""
        if not self.running:
            self.reset_signals()
            raise SystemExit(1)
        self.running = False

    def configure_signals(self) -> None:
        """SIGTERM and SIGINT end it softly."""
        signal.signal(signal.SIGINT, self.shutdown)
        signal.signal(signal.SIGTERM, self.shutdown)

    def serve(self) -> None:
        """Work until told to stop. A database that is away is waited for."""
        next_tick, told = 0.0, False
        while self.running:
            close_old_connections()
            try:
                busy = self.take_one()
                if self.running and time.monotonic() >= next_tick:
                    clocks.tick(going=lambda: self.running)
                    next_tick = time.monotonic() + TICK
                told = False
            except (OperationalError, ProgrammingError, InterfaceError) as error:
                if not told:
                    logger.warning("The database is away, busy or not migrated; waiting: %s", clocks.in_short(error))
                told, busy = True, False
                connection.close()
            if self.running and not busy:
                time.sleep(PAUSE)

    def once(self) -> None:
        """Do all that is due now, and what comes of it, and come back."""
        for _round in range(ROUNDS):
            worked = False
            while self.running and self.take_one():
                worked = True
            worked = bool(clocks.tick(going=lambda: self.running)) or worked
            if not worked:
                return

    def take_one(self) -> bool:
        """Run the next piece of work; False where none is ready. An empty queue is only read, never locked."""
        if not DBTaskResult.objects.ready().filter(backend_name=self.backend_name).exists():
            return False
        before = self._run_tasks
        self.max_tasks = before + 1
        self.run()
        return self._run_tasks > before

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run it; where it fails, the kind of error and its place are kept, never its text."""
        db_task_result.set_failed = lambda error: _note_failure(db_task_result, error)  # type: ignore[method-assign]
        super().run_task(db_task_result)


def _without_error_text(record: logging.LogRecord) -> bool:
    """Take the error from a line of the log: its text could repeat what a record says."""
    record.exc_info = record.exc_text = None
    return True


def _note_failure(work: DBTaskResult, error: BaseException) -> None:
    work.status = TaskResultStatus.FAILED
    work.finished_at = timezone.now()
    work.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    work.traceback = "".join(traceback.format_tb(error.__traceback__))
    work.return_value = None
    work.save(update_fields=["status", "finished_at", "exception_class_path", "traceback", "return_value"])
    logger.error("Work from the queue failed: %s: %s", work.task_path, clocks.in_short(error))
