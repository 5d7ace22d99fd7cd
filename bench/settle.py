"""What a database does by itself after some days of use: statistics for its planner, and a tidy log."""

import django

django.setup()

from django.db import connection  # noqa: E402

STATEMENTS = {"sqlite": ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"), "postgresql": ("VACUUM ANALYZE", "CHECKPOINT")}

with connection.cursor() as cursor:
    for statement in STATEMENTS[connection.vendor]:
        cursor.execute(statement)
