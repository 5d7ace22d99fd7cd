"""Every kind of person, each with a session of their own; and a browser that asks quickly and leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.test import RequestFactory
from django.test.client import ClientHandler, FakePayload
from django.urls import ResolverMatch

from tests.architecture.planting import World
from tests.cast import client_for

AGENCY, BOARD = "agency", "board"


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks. ``kind``: the word of expected.py; ``place``: letter of the place acted in, '' for none.

    ``belongs``: letters of further places of theirs, whose names stand in the header.
    """

    name: str
    kind: str
    place: str
    session: str = field(default="", repr=False)
    place_key: str = ""
    belongs: str = ""
    person: Any = field(default=None, repr=False, compare=False)

    @property
    def outside(self) -> bool:
        """No page is theirs: not signed in, without a place, or without the second factor."""
        return not self.place


# Name: the kind that the tables speak of, and the place acted in.
KINDS = {
    "lead": ("lead", "a"),
    "staff": ("staff", "a"),
    "colleague": ("colleague", "a"),
    "designated_officer": ("designated_officer", "a"),
    "responsible_person": ("responsible_person", "a"),
    "allegations_officer": ("allegations_officer", "a"),
    "infrastructure": ("infrastructure", "a"),
    "senior_person": ("senior_person", "a"),
    "inspector": ("inspector", "a"),
    "subject": ("subject", "a"),
    "between": ("colleague", "a"),
    "other_lead": ("lead", "b"),
    "other_staff": ("staff", "b"),
    "other_designated_officer": ("designated_officer", "b"),
    "far_lead": ("reporting_lead", "c"),
    "board_manager": ("board_manager", "e"),
    "board_officer": ("board_officer", "e"),
    "subgroup_member": ("subgroup_member", "e"),
    "board_inspector": ("board_inspector", "e"),
    "other_board_officer": ("board_officer", "w"),
    "administrator": ("administrator", "s"),
    "stranger": ("stranger", ""),
    "leaver": ("leaver", ""),
    "yesterday": ("yesterday", ""),
}


BELONGS = {"between": "b"}


def make_viewers(world: World) -> dict[str, Viewer]:
    """Everybody, by name, signed in where they can be; to be called once for a world."""
    cast = world.cast
    keys = {
        "a": f"agency-{cast.agency.pk}",
        "b": f"agency-{cast.other_agency.pk}",
        "c": f"agency-{cast.far_agency.pk}",
        "e": f"board-{cast.board.pk}",
        "w": f"board-{cast.other_board.pk}",
        "s": "service-0",
        "": "",
    }
    found = {"anonymous": Viewer("anonymous", "anonymous", "")}
    for name, (kind, place) in KINDS.items():
        person = cast.people[name]
        session = _session(person, keys[place])
        found[name] = Viewer(name, kind, place, session, keys[place], BELONGS.get(name, ""), person)
    weak = _session(cast.lead, keys["a"], second_factor=False)
    found["no_factor"] = Viewer("no_factor", "no_factor", "", weak, belongs="a", person=cast.lead)
    return found


def _session(person: Any, place: str, *, second_factor: bool = True) -> str:
    return client_for(person, place=place, second_factor=second_factor).cookies["sessionid"].value


@dataclass
class Answer:
    """What came back, and what went wrong inside, where something did."""

    response: HttpResponseBase
    error: str = ""

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def body(self) -> bytes:
        response = self.response
        return b"".join(response.streaming_content) if response.streaming else response.content

    @property
    def location(self) -> str:
        return self.response.get("Location", "")

    @property
    def headers(self) -> str:
        return f"{dict(self.response.items())} {self.response.cookies.output()}"


class Handler(ClientHandler):
    """Django's for tests, which looks an address up once: which view answers is the same for everybody."""

    known: ClassVar[dict[str, ResolverMatch]] = {}

    def load_middleware(self, is_async: bool = False) -> None:
        """Its own, so that it is this handler that is asked for the view."""
        BaseHandler.load_middleware(self, is_async)

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """The view of the address, and what fills its gaps. Raises Resolver404."""
        found = self.known.get(request.path_info)
        if found is None:
            found = self.known[request.path_info] = super().resolve_request(request)
        request.resolver_match = found
        return found


class Browser:
    """Asks as anybody; whatever a request changed is undone, unless it is asked within ``kept``."""

    def __init__(self) -> None:
        self.handler = Handler(enforce_csrf_checks=False)
        self.handler.load_middleware()
        self.factory = RequestFactory()

    def ask(self, viewer: Viewer, method: str, path: str, data: dict[str, Any] | None = None) -> Answer:
        """One request, undone afterwards; attempts are not counted from one to the next."""
        if path.startswith("/account/"):
            cache.clear()
        with transaction.atomic():
            answer = self.keep(viewer, method, path, data)
            transaction.set_rollback(True)
        return answer

    def keep(self, viewer: Viewer, method: str, path: str, data: dict[str, Any] | None = None) -> Answer:
        """One request whose changes stay."""
        path, _mark, query = path.partition("?")
        body = urlencode(data or {}, doseq=True).encode() if method == "POST" else b""
        cookie = f"sessionid={viewer.session}" if viewer.session else ""
        environ = self.factory._base_environ(
            PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD=method, HTTP_COOKIE=cookie, CONTENT_LENGTH=str(len(body))
        )
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
        environ["wsgi.input"] = FakePayload(body)
        errors: list[str] = []

        def note(**_signal: Any) -> None:
            errors.append(_where())

        got_request_exception.connect(note)
        try:
            response = self.handler(environ)
        finally:
            got_request_exception.disconnect(note)
        return Answer(response, " ".join(errors))


def _where() -> str:
    import sys
    import traceback

    kind, error, trace = sys.exc_info()
    ours = [frame for frame in traceback.extract_tb(trace) if "/safeboard/" in frame.filename] or [None]
    spot = f" in {ours[-1].filename.rpartition('/safeboard/')[2]}:{ours[-1].lineno}" if ours[-1] else ""
    return f"{kind.__name__ if kind else ''}: {error}{spot}"
