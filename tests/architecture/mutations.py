"""Ways to break a protection on purpose, to see that a guard notices."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from unittest import mock

from django.urls import URLPattern, URLResolver, get_resolver

from safeboard.core import built
from safeboard.core import page as page_module
from tests.architecture.viewers import Handler

# The checks of @page, each by words that its condition holds.
CHECKS = {
    "method": "mark.methods",
    "sign-in": "is_authenticated",
    "second factor": "second_factor",
    "place": "place is None",
    "permission": "access.can(permission)",
}


@contextmanager
def everywhere(original: Callable[..., Any], replacement: Callable[..., Any]) -> Iterator[None]:
    """Put something in the place of a function in every module of the rooms that holds it by its name."""
    name = original.__name__
    modules = [module for key, module in list(sys.modules.items()) if key.startswith("safeboard.")]
    holders = [module for module in modules if getattr(module, name, None) is original]
    assert holders, f"nobody holds {name}"
    for module in holders:
        setattr(module, name, replacement)
    built.forget()  # what was built of the original says nothing of the replacement, nor the other way round
    try:
        yield
    finally:
        for module in holders:
            setattr(module, name, original)
        built.forget()


@contextmanager
def without_check(words: str) -> Iterator[None]:
    """Every marked view behind a page decorator that lacks the check with those words."""
    weaker = _weaker(words)
    with _callbacks(lambda view: _marked_anew(weaker, view)):
        yield


def _weaker(words: str) -> ModuleType:
    """The module of the page decorator, read anew without that check."""
    tree = ast.parse(inspect.getsource(page_module))
    gone = 0
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name in ("guarded", "unguarded"):
            kept = [one for one in function.body if not (isinstance(one, ast.If) and words in ast.unparse(one.test))]
            gone += len(function.body) - len(kept)
            function.body = kept
    assert gone, f"@page has no check with {words!r}: mend CHECKS in tests/architecture/mutations.py"
    name = "safeboard.core.page_without_a_check"
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader=None))
    module.__package__ = "safeboard.core"
    with mock.patch.dict(sys.modules, {name: module}):
        exec(compile(ast.fix_missing_locations(tree), page_module.__file__, "exec"), module.__dict__)
    return module


def _marked_anew(module: ModuleType, view: Callable[..., Any]) -> Callable[..., Any]:
    mark = getattr(view, "page_mark", None)
    if mark is None:
        return view
    methods = [name for name in mark.methods if name != "HEAD"]
    if mark.permission is None:
        return module.open_page(reason=mark.reason, methods=methods)(view.__wrapped__)
    return module.page(mark.permission, methods=methods, uploads=mark.uploads)(view.__wrapped__)


@contextmanager
def _callbacks(change: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    patterns = list(_patterns(get_resolver()))
    before = [pattern.callback for pattern in patterns]
    for pattern in patterns:
        pattern.callback = change(pattern.callback)
    Handler.known.clear()
    try:
        yield
    finally:
        for pattern, callback in zip(patterns, before, strict=True):
            pattern.callback = callback
        Handler.known.clear()


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one
