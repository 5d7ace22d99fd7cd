"""Databases of the tests: SQLite in memory, in a file where a browser is at work, or PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.models.signals import post_migrate
from pytest_django import DjangoDbBlocker

ON_POSTGRES = ("test_models.py", "test_operations.py", "test_queries.py", "test_import.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What talks to the database most also runs on PostgreSQL, beside what is marked so."""
    for item in items:
        if item.path.name in ON_POSTGRES:
            item.add_marker(pytest.mark.postgres)


@pytest.fixture(autouse=True)
def worker_leaves_the_connection_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue's worker drops old connections between tasks; in a test that would drop the test's transaction."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


@pytest.fixture(scope="session")
def django_db_use_migrations(request: pytest.FixtureRequest) -> bool:
    """On SQLite the tables are made from the models, and of migrations only what no model can say is run.

    Each process of a run would otherwise repeat every migration. That they run, and give what the models say, is a
    check of its own (toolchain/checks.py); on PostgreSQL the tests themselves begin with them.
    """
    from django.conf import settings

    return not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: DjangoDbBlocker) -> None:
    """The database, with the triggers that migrations add.

    Django's rows of permissions, which nothing reads, are not made anew after each test that commits: it took longer
    than all the rest of what such a test leaves to be cleared away.
    """
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    if not django_db_use_migrations:
        with django_db_blocker.unblock():
            run_written_migrations()


def run_written_migrations() -> None:
    """What our migrations do by hand, in Python or SQL, in order, on tables that are there already."""
    from django.apps import apps

    now: Any = SimpleNamespace(apps=apps, clear_delayed_apps_cache=lambda: None)  # the models as they are
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/0*.py")) if config.name.startswith("safeboard.") else ():
            migration = import_module(f"{config.name}.migrations.{path.stem}").Migration
            for step in migration.operations:
                if isinstance(step, RunPython | RunSQL):
                    with connection.schema_editor() as editor:
                        step.database_forwards(config.label, editor, now, now)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> Iterator[None]:
    """Where a browser is among the tests, SQLite keeps to a file, so that server and test see the same rows."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    with_browser = any(item.get_closest_marker("journey") for item in request.session.items)
    if not with_browser or not database["ENGINE"].endswith("sqlite3"):
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="safeboard-tests-", dir=_quick_folder()))
    database.setdefault("TEST", {})["NAME"] = str(folder / "tests.sqlite3")
    yield
    shutil.rmtree(folder, ignore_errors=True)


def _quick_folder() -> str | None:
    """Memory where the system offers it as a folder."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and os.access(shared, os.W_OK) else None
