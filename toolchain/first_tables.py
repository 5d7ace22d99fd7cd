"""Make the first migration of rooms anew from their models, until the first release; after it, migrations are added.

    .venv/bin/python -m toolchain.first_tables incidents partnership

Django writes each index and constraint as a step of its own. Here they stand in the model that they are of, which is
easier to read, and the tables are made all at once (safeboard/core/migrating.py). Above each table stands where its
model is to be read, and what it is.
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = '"""The first tables of the room. Made by toolchain/first_tables.py of the models: read those instead."""\n\n'


def main(rooms: list[str]) -> int:
    """Make the first migrations of these rooms anew; gives an exit code."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.web.settings_test")
    before = {room: _path(room).read_text(encoding="utf-8") for room in rooms if _path(room).exists()}
    for room in before:
        _path(room).unlink()
    django.setup()
    try:
        call_command("makemigrations", *rooms, verbosity=0)
    except Exception:  # a room points to one that was not named: they are as they were, and the reason is shown
        for room, text in before.items():
            _path(room).write_text(text, encoding="utf-8")
        raise
    importlib.invalidate_caches()
    for room in rooms:
        _path(room).write_text(HEAD + with_places(room, _together(room)), encoding="utf-8")
    return 0


def _path(room: str) -> Path:
    return ROOT / "safeboard" / room / "migrations" / "0001_initial.py"


def _together(room: str) -> str:
    """The text of a room's migration, with each index and constraint in the model that it is of, where that can be."""
    from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
    from django.db.migrations.writer import MigrationWriter

    made = importlib.import_module(f"safeboard.{room}.migrations.0001_initial").Migration("0001_initial", room)
    models = {one.name_lower: one for one in made.operations if isinstance(one, CreateModel)}
    later = {one.model_name_lower for one in made.operations if isinstance(one, AddField)}
    left = []
    for one in made.operations:
        model = models.get(getattr(one, "model_name_lower", ""))
        if model is None or model.name_lower in later or not isinstance(one, AddIndex | AddConstraint):
            left.append(one)
        elif isinstance(one, AddIndex):
            model.options.setdefault("indexes", []).append(one.index)
        else:
            model.options.setdefault("constraints", []).append(one.constraint)
    made.operations, made.initial = left, True
    return _at_once(str(MigrationWriter(made, include_header=False).as_string()))


def _at_once(text: str) -> str:
    """The migration as one that makes its tables all at once."""
    imports, base = "from django.db import migrations, models\n", "(migrations.Migration):"
    if imports not in text or base not in text:
        raise SystemExit("Django writes migrations in another way now: look at toolchain/first_tables.py")
    text = text.replace(imports, f"{imports}\nfrom safeboard.core.migrating import FirstTables\n", 1)
    return text.replace(base, "(FirstTables):", 1)


def with_places(room: str, text: str) -> str:
    """The text of a room's migration with a line above each table: the file of its model, and what that says it is."""
    from django.apps import apps

    def placed(made: re.Match[str]) -> str:
        model = apps.get_model(room, made["name"])
        file = model.__module__.removeprefix(f"safeboard.{room}.").replace(".", "/") + ".py"
        says = (inspect.getdoc(model) or "").partition("\n")[0]
        what = "" if says.startswith(f"{model.__name__}(") else f": {says}"  # Django's own list of its fields
        return f"{made['indent']}# {file}{what}\n{made['step']}"

    return re.sub(r"(?P<step>(?P<indent> +)migrations\.CreateModel\(\s+name=['\"](?P<name>\w+)['\"])", placed, text)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
