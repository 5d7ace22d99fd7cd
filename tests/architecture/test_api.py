"""The API: every endpoint is marked, and gives a token no more than its maker may know, and never to a cookie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.utils import timezone

from safeboard.api import operations
from safeboard.api.choices import PERMISSIONS, SCOPES_OF, Scope
from safeboard.api.description import v1
from safeboard.api.door import MARK, Endpoints, TokenAuth, Unmarked
from safeboard.api.limits import METER
from safeboard.api.rules import scopes_to_give
from safeboard.core.roles import PlaceKind
from safeboard.partnership import queries as partnership
from tests.architecture import carriers
from tests.architecture.conftest import Watch
from tests.architecture.matrix import word_findings
from tests.architecture.rooms.sitelogs import ASKERS
from tests.architecture.viewers import Answer, Viewer

pytestmark = pytest.mark.django_db

HOLDERS = ["lead", "designated_officer", "subject", "other_lead", "far_lead", "board_officer", "other_board_officer"]
BODIES: dict[str, Any] = {
    "report": {},
    "note": {"text": "x"},
    "alerts": {"alerts": []},
    "product_alerts": {},
    "log_ask": {},
}


@pytest.fixture(autouse=True)
def fresh_minute():
    """No token is shut out for what an earlier test asked."""
    METER.clear()


def ninja_operations() -> Iterator[Any]:
    """Every operation that the API mounts."""
    for _prefix, router in v1._routers:
        assert isinstance(router, Endpoints), "mount routers of the kind Endpoints alone"
        for view in router.path_operations.values():
            yield from view.operations


def test_every_operation_is_marked_and_asks_for_a_token():
    found = list(ninja_operations())
    assert found
    for one in found:
        mark = getattr(one.view_func, MARK)
        assert mark.permission in PERMISSIONS[mark.scope], f"{one.view_func.__name__}: its scope lacks its permission"
        assert [type(auth) for auth in one.auth_callbacks] == [TokenAuth]


def test_an_endpoint_without_a_mark_is_refused_at_once():
    with pytest.raises(Unmarked):
        Endpoints().get("/x", response={200: None})(lambda request: None)


def test_every_scope_is_of_some_place():
    assert {scope for scopes in SCOPES_OF.values() for scope in scopes} == set(Scope) == set(PERMISSIONS)


def secret_of(viewer: Viewer, *scopes: Scope) -> str:
    """A token made by this person, where they act; of all scopes that they can give where none is named."""
    access = partnership.access_of(viewer.person, chosen=viewer.place_key)
    scopes = scopes or tuple(scopes_to_give(access))
    day = timezone.localdate() + timedelta(days=2)
    return operations.make_token(by=access, name="x", scopes=scopes, ends_on=day)[1]


def ask(handler: ClientHandler, secret: str, method: str, path: str, body: Any = None) -> Answer:
    """One request of a program; what it changed is undone."""
    data = json.dumps(body) if method == "POST" else ""
    request = RequestFactory().generic(
        method, f"/api/v1{path}", data, "application/json", headers={"Authorization": f"Bearer {secret}"}
    )
    with transaction.atomic():
        response = handler(request.environ)
        transaction.set_rollback(True)
    return Answer(response)


@pytest.mark.parametrize("name", HOLDERS)
def test_a_token_meets_what_its_maker_may_know_and_nothing_else(watch: Watch, name: str):
    viewer = watch.viewers[name]
    with transaction.atomic():
        wrong = list(findings(watch, viewer, secret_of(viewer)))
        transaction.set_rollback(True)
    assert wrong == []


def findings(watch: Watch, viewer: Viewer, secret: str) -> Iterator[str]:
    """What is wrong with the answers to a token of this person."""
    handler = watch.browser.handler
    for path in ("/incidents", "/duties", "/picture"):
        answer = ask(handler, secret, "GET", path)
        wanted = 200 if (path == "/picture") == (viewer.place in "ew") else 403
        if answer.status != wanted:
            yield f"{path}: {answer.status}, expected {wanted}"
        yield from word_findings(viewer, path, answer)
    yield from of_logs(watch, viewer, secret)
    for place, stock in watch.world.stocks.items():
        for case, things in stock.cases.items():
            yield from of_incident(handler, viewer, secret, place, case, things["incident"])


def of_logs(watch: Watch, viewer: Viewer, secret: str) -> Iterator[str]:
    """The same for the filter logs: lists of one's own; no question of anybody else, of whatever agency."""
    asks = viewer.kind in ASKERS and viewer.place not in "ew"
    for path in ("/logs/settings", "/logs/authorities"):
        answer = ask(watch.browser.handler, secret, "GET", path)
        if answer.status != (200 if asks else 403):
            yield f"{path}: {answer.status}"
        yield from word_findings(viewer, path, answer)
    for stock in watch.world.stocks.values():
        for part in ("", "/lines", "/counts") if "log_question" in stock.things else ():
            path = f"/logs/questions/{stock.things['log_question']}{part}"
            answer = ask(watch.browser.handler, secret, "GET", path)
            if answer.status != (404 if asks else 403):
                yield f"{path}: {answer.status}"
            yield from word_findings(viewer, path, answer)


def of_incident(handler: ClientHandler, viewer: Viewer, secret: str, place: str, case: str, pk: int) -> Iterator[str]:
    """The same for one incident, read and added to."""
    known = place == viewer.place and viewer.kind in carriers.SEES[case]
    for method, path in (("GET", f"/incidents/{pk}"), ("POST", f"/incidents/{pk}/notes")):
        answer = ask(handler, secret, method, path, {"text": "x"})
        if viewer.place in "ew":
            wanted = {403}
        elif not known:
            wanted = {404}
        else:
            wanted = {200, 201} if method == "GET" or case != "concluded" else {403}
        if answer.status not in wanted:
            yield f"{method} {path} ({place} {case}): {answer.status}, expected {wanted}"
        yield from word_findings(viewer, path, answer)


@pytest.mark.parametrize("scope", SCOPES_OF[PlaceKind.AGENCY])
def test_a_scope_opens_its_own_endpoints_alone(watch: Watch, scope: Scope):
    viewer, stock = watch.viewers["designated_officer"], watch.world.stocks["a"]
    with transaction.atomic():
        secret = secret_of(viewer, scope)
        for one in ninja_operations():
            mark, name = getattr(one.view_func, MARK), one.view_func.__name__
            path = one.path.replace("{pk}", str(stock.cases["plain"]["incident"])).replace("{shape}", "generic")
            answer = ask(watch.browser.handler, secret, one.methods[0], path, BODIES.get(name))
            assert (answer.status == 403) == (mark.scope != scope), f"{name}: {answer.status}"
            assert ask(watch.browser.handler, "", one.methods[0], path, BODIES.get(name)).status == 401
        transaction.set_rollback(True)
