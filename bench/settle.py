"""What a database does by itself with time: both keep statistics for the planner and tidy their logs."""

import django

django.setup()

from django.db import connection  # noqa: E402

STATEMENTS = {
    "sqlite": ("PRAGMA analysis_limit=1000", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"),
    "postgresql": ("VACUUM ANALYZE", "CHECKPOINT"),
}

with connection.cursor() as cursor:
    for statement in STATEMENTS[connection.vendor]:
        cursor.execute(statement)
