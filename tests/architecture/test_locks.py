"""Rows that are locked: PostgreSQL locks nothing that may not be there; SQLite locks no rows, so it never says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2] / "safeboard"


def chains(text: str) -> Iterator[dict[str, ast.Call]]:
    """The calls of each chain that begins with ``Model.objects``, by name; the model's name under ''."""
    for node in ast.walk(ast.parse(text)):
        calls: dict[str, ast.Call] = {}
        while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            calls[node.func.attr] = node
            node = node.func.value
        if calls and isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            yield {**calls, node.value.id: next(iter(calls.values()))}


def may_be_missing(model: type, path: str) -> bool:
    """Whether something on the way of ``select_related`` may be empty."""
    for name in path.split("__"):
        field = model._meta.get_field(name)  # type: ignore[attr-defined]
        if field.null:
            return True
        model = field.related_model
    return False


def findings(text: str) -> list[str]:
    """Chains that lock rows together with what may not be there."""
    if "select_for_update" not in text:
        return []
    models = {model.__name__: model for model in apps.get_models()}
    found = []
    for calls in chains(text):
        lock, joined = calls.get("select_for_update"), calls.get("select_related")
        model = next((models[name] for name in calls if name in models), None)
        if not lock or not joined or model is None or any(word.arg == "of" for word in lock.keywords):
            continue
        paths = [one.value for one in joined.args if isinstance(one, ast.Constant)]
        found += [f"{model.__name__}.{path}" for path in paths if may_be_missing(model, str(path))]
    return list(dict.fromkeys(found))  # a chain is met once for each of its calls


def test_what_may_not_be_there_is_not_locked():
    wrong = {str(path.relative_to(ROOT)): findings(path.read_text("utf-8")) for path in ROOT.rglob("*.py")}
    assert {path: found for path, found in wrong.items() if found} == {}, 'name what is locked: of=("self",)'


def test_the_guard_notices():
    said = 'Worry.objects.select_for_update({}).select_related("incident").get(pk=1)'
    assert findings(said.format("")) == ["Worry.incident"]
    assert findings(said.format('of=("self",)')) == []
    assert findings('Walk.objects.select_for_update().select_related("incident").get(pk=1)') == []
