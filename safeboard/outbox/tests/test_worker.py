"""The worker from end to end, in processes of its own on a database file."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.test import override_settings

from safeboard.outbox.worker import Worker

CANARY = "Zaunkoenig-7731"
SEND = f"""
from django.db import transaction
from safeboard.core.access import job_access
from safeboard.outbox import operations
with transaction.atomic():
    operations.send(by=job_access("tests"), to=None, email="new@example.org", kind="invitation",
                    subject="Welcome", body="{CANARY}")
"""


def environment_of(home, **more):
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("SAFEBOARD_", "DATABASE_"))}
    return {**keep, "DJANGO_SETTINGS_MODULE": "safeboard.web.settings", "SAFEBOARD_HOME": str(home), **more}


@pytest.fixture(scope="module")
def home(tmp_path_factory, django_db_setup, django_db_blocker):
    """A home with an empty database: a copy of the tests' own, marked as migrated. To migrate takes half a minute."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            pytest.skip("the worker's database is a file")
        connection.ensure_connection()
        with sqlite3.connect(home / "safeboard.sqlite3") as copy:
            connection.connection.backup(copy)
    command = [sys.executable, "-m", "safeboard.web.command", "migrate", "--fake", "--verbosity=0", "--skip-checks"]
    subprocess.run(command, env=environment_of(home), check=True, timeout=120)
    return home


@pytest.fixture
def service(home, tmp_path, settings, smtp_server):
    """A service of its own; calls `safeboard NAME` in it."""
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    smtp = {"SAFEBOARD_SMTP_HOST": "127.0.0.1", "SAFEBOARD_SMTP_PORT": str(settings.EMAIL_PORT)}
    environment = environment_of(tmp_path, **smtp)

    def call(*words, wait=True):
        command = [sys.executable, "-m", "safeboard.web.command", *words]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        process = subprocess.Popen(command, env=environment, **pipes)
        if not wait:
            return process
        said, _nothing = process.communicate(timeout=60)
        assert process.returncode == 0, said
        return said

    call.path = tmp_path / "safeboard.sqlite3"
    return call


def rows(path, query):
    with sqlite3.connect(path, timeout=20) as database:
        return database.execute(query).fetchall()


def test_the_worker_posts_what_is_due_and_ends(service, smtp_server):
    service("shell", "--no-imports", "-c", SEND)
    said = service("worker", "--once")
    assert [text.strip() for text in smtp_server.texts_for("new@example.org")] == [CANARY]
    assert rows(service.path, "SELECT state FROM outbox_message") == [("sent",)]
    assert rows(service.path, "SELECT status FROM django_tasks_database_dbtaskresult") == [("SUCCESSFUL",)]
    failing = rows(service.path, "SELECT name, last_error FROM outbox_clockstate WHERE failures > 0")
    assert failing == []
    assert CANARY not in said
    kept = b"".join(path.read_bytes() for path in service.path.parent.glob("safeboard.sqlite3*"))
    assert CANARY.encode() not in kept


def test_the_worker_keeps_going_stays_small_and_stops_softly(service, smtp_server):
    worker = service("worker", wait=False)
    try:
        until = time.monotonic() + 30
        while not rows(service.path, "SELECT 1 FROM outbox_clockstate WHERE name = 'worker' AND last_ok IS NOT NULL"):
            assert time.monotonic() < until, "the worker gave no sign of life"
            time.sleep(0.2)
        service("shell", "--no-imports", "-c", SEND)
        while not smtp_server.messages:
            assert time.monotonic() < until, "the worker posted nothing"
            time.sleep(0.1)
        with open(f"/proc/{worker.pid}/status") as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        assert peak < 250_000, f"{peak} kB"
        worker.send_signal(signal.SIGTERM)
        said, _nothing = worker.communicate(timeout=10)
        assert worker.returncode == 0, said
    finally:
        worker.kill()


@pytest.mark.django_db
def test_work_that_fails_leaves_no_text_of_its_error(caplog):
    from django_tasks_db.models import DBTaskResult

    from safeboard.outbox.operations import deliver_soon

    with override_settings(EMAIL_HOST="127.0.0.1"):
        deliver_soon.enqueue(CANARY)
        worker = Worker()
        assert worker.take_one() is True
        assert worker.take_one() is False
    work = DBTaskResult.objects.get()
    assert work.status == "FAILED"
    assert "deliver_soon" in work.traceback
    assert CANARY not in work.traceback + work.exception_class_path
    assert CANARY not in caplog.text
