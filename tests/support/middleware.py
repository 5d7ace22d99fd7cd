"""The middleware is loaded once for all clients of a process: each loading walks over every static file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed
from django.test.client import ClientHandler

loaded: dict[str, Any] = {}


def forget(**_signal: Any) -> None:
    """A setting is another one: the next client loads the middleware by it."""
    loaded.clear()


def load_once(handler: ClientHandler, is_async: bool = False) -> None:
    """Give a client's handler the middleware that is loaded, or load it."""
    if not loaded:
        fresh = ClientHandler()  # of nobody: what it is given later is no client's
        BaseHandler.load_middleware(fresh, is_async)
        names = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")
        loaded.update({name: getattr(fresh, name) for name in names})
    vars(handler).update(loaded)


@pytest.fixture(autouse=True, scope="session")
def middleware_is_loaded_once() -> Iterator[None]:
    """Every client of the tests takes the middleware that is loaded already, unless a setting changed since."""
    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load_once)
        yield
    setting_changed.disconnect(forget)
    forget()
