"""What a process does not carry before somebody wants it: together these take more memory than all the rest."""

import os
import subprocess
import sys

ENGINES = {"polars", "duckdb", "pyarrow", "numpy", "sqlglot"}
OF_FILES = {"openpyxl", "xlsxwriter", "docx", "lxml", "pikepdf", "weasyprint", "fontTools", "PIL", "vl_convert"}
START = f"""
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from safeboard.documents.pdf import render_pdf
assert render_pdf("<p>A paper.</p>", title="Paper").startswith(b"%PDF")  # printed beside it
print(sorted({ENGINES | OF_FILES} & set(sys.modules)))
"""


def test_nothing_that_reads_or_makes_files_or_tables_is_loaded_at_the_start_and_printing_does_not_load_it():
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "safeboard.web.settings_test"}
    done = subprocess.run([sys.executable, "-c", START], env=given, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
