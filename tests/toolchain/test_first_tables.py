"""A first migration leads from each table to the model that it is of."""

import re
from pathlib import Path

import pytest

from toolchain.first_tables import with_places
from toolchain.steps import ROOT

FIRST = sorted((ROOT / "safeboard").glob("*/migrations/0001_initial.py"))
TABLE = re.compile(r"(?: +# (?P<file>\S+\.py)(?:: .*)?\n)? +migrations\.CreateModel\(\s+name=['\"](?P<name>\w+)['\"]")


@pytest.mark.parametrize("path", FIRST, ids=lambda path: path.parent.parent.name)
def test_above_each_table_stands_the_file_of_its_model(path: Path):
    tables = list(TABLE.finditer(path.read_text(encoding="utf-8")))
    assert tables
    for table in tables:
        model = path.parent.parent / (table["file"] or "no file is named")
        assert f"class {table['name']}(" in model.read_text(encoding="utf-8"), table["name"]


def test_the_line_says_what_the_model_says_of_itself():
    made = "    operations = [\n        migrations.CreateModel(\n            name='Duty',\n"
    assert with_places("incidents", made) == made.replace(
        "        migrations",
        "        # models/duties.py: What is owed by a time. Its clock shows on the home page of whoever owes it.\n"
        "        migrations",
    )
