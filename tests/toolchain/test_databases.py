"""PostgreSQL where it is asked for, SQLite elsewhere."""

import os

import pytest
from django.db import connection


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for():
    asked = os.environ.get("SAFEBOARD_TEST_POSTGRES", "")
    assert connection.vendor == ("postgresql" if asked else "sqlite")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
