"""What a process that never looks at logs does not carry: the engines of tables take as much memory as the rest."""

import os
import subprocess
import sys

START = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted({"polars", "duckdb", "pyarrow"} & set(sys.modules)))
"""


def test_no_engine_of_tables_is_loaded_at_the_start():
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "safeboard.web.settings_test"}
    done = subprocess.run([sys.executable, "-c", START], env=given, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
