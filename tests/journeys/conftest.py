"""The journeys: a person from start to finish, in a real browser, against a real server."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import client_for
from tests.journeys.walker import MOUSE, PLAIN, WAYS, Looks, Walker, Walking
from tests.support.browser import with_axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from safeboard.accounts.models import Person

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(autouse=True)
def rows_that_the_server_sees(transactional_db: None) -> None:
    """What a journey writes is committed, and gone when it ends."""


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Each journey is made with a mouse, by keyboard alone, and without JavaScript."""
    return request.param


@pytest.fixture(scope="session")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Looks:
    """Which pages this run has looked over, in whichever of its processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "looks"
    folder.mkdir(exist_ok=True)
    return Looks(folder)


@pytest.fixture
def somebody(new_page: Callable[..., Page], live_server: Any, way: str, looks: Looks) -> Walking:
    """Somebody at a browser of their own: ``somebody(cast.staff, phone=True)``; not signed in where nobody is named."""

    def open_browser(person: Person | None = None, *, place: str = "", phone: bool = False) -> Walker:
        walker = Walker(new_page(phone=phone, scripts=way != PLAIN), way, looks)
        if way == MOUSE:  # the first of the ways: it looks most pages over
            with_axe(walker.page)
        if person is not None:
            cookie = client_for(person, place=place).cookies["sessionid"].value
            walker.page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return walker

    return open_browser
