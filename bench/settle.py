"""What a database does by itself with time: PostgreSQL keeps statistics for its planner; both tidy their logs."""

import django

django.setup()

from django.db import connection  # noqa: E402

STATEMENTS = {"sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)",), "postgresql": ("VACUUM ANALYZE", "CHECKPOINT")}

with connection.cursor() as cursor:
    for statement in STATEMENTS[connection.vendor]:
        cursor.execute(statement)
