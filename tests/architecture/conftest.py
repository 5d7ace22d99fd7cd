"""The county of the guards: made once for a module, undone at its end."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from pytest_django import DjangoDbBlocker

from safeboard.accounts import middleware
from safeboard.core import page
from safeboard.documents import pdf
from safeboard.web import errors
from tests.architecture.addresses import routes
from tests.architecture.planting import World
from tests.architecture.viewers import Browser, Viewer, make_viewers
from tests.architecture.world import make_world


@dataclass
class Watch:
    """The county, everybody in it, and a browser."""

    world: World
    viewers: dict[str, Viewer]
    browser: Browser


def as_html(html: str, **_named: str) -> bytes:
    """In place of the printer, which takes long: what it would print."""
    return html.encode()


def bare(_request: HttpRequest, template: str, status: int) -> HttpResponse:
    """In place of the pages for errors, which are looked at by themselves (test_canary)."""
    return HttpResponse(template, status=status)


@pytest.fixture(scope="module")
def watch(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Watch]:
    """The county, in a transaction that is undone when the module's tests are over. A PDF stays its HTML."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        routes()  # loads every view
        for module in [module for name, module in sys.modules.items() if name.startswith("safeboard.")]:
            if getattr(module, "render_pdf", None) is pdf.render_pdf and module is not pdf:
                patch.setattr(module, "render_pdf", as_html)
        patch.setattr(pdf, "render_pdf", as_html)
        patch.setattr(pdf, "pages_of", lambda _html: 1)
        patch.setattr(errors, "render", bare)
        patch.setattr(page, "render", bare)
        patch.setattr(middleware, "STEP", 10**6)  # each request is undone: each would write down again who was seen
        logging.disable(logging.CRITICAL)
        world = make_world()
        yield Watch(world, make_viewers(world), Browser())
        transaction.set_rollback(True)
        logging.disable(logging.NOTSET)
