"""Tokens of the cast, and a program that asks with one."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.api import operations
from safeboard.api.choices import Scope
from safeboard.api.models import Token
from tests.cast import Cast

AGENCY = (Scope.INCIDENTS_READ, Scope.INCIDENTS_REPORT, Scope.ALERTS_WRITE)
REPORT = {
    "images": "no",
    "kind": "bullying-harassment",
    "narrative": "CANARY unkind words in a group chat",
    "happened_on": "2026-03-02",
    "how_found": "told-by-parent",
    "setting": None,
}
ALERT = {
    "product": "Lanternlight",
    "reference": "a-1",
    "at": "2026-03-02T10:12:00+00:00",
    "category": "self-harm",
    "device": "LIB-PC-07",
    "user": "kalderley",
    "address": "https://forum.example/thread/9",
    "excerpt": "CANARY words that were typed",
}


def token_of(cast: Cast, person: Person, *scopes: Scope, place: str = "") -> tuple[Token, str]:
    """A token made by this person in their place, with these scopes."""
    with cast.wall_of(person, place=place):
        return operations.make_token(
            by=cast.access_for(person, place=place),
            name="Filter",
            scopes=scopes,
            ends_on=timezone.localdate() + timedelta(days=30),
        )


class Program:
    """Another program, with a token."""

    def __init__(self, secret: str) -> None:
        self.client, self.secret = Client(raise_request_exception=False), secret

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The answer to one request; ``path`` from the version on."""
        data = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        headers = {"Authorization": f"Bearer {self.secret}", **headers}
        return self.client.generic(method, f"/api/v1{path}", headers=headers, **data)

    def get(self, path: str) -> HttpResponse:
        return self.ask("GET", path)

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.ask("POST", path, body, **headers)


def program(cast: Cast, person: Person, *scopes: Scope, place: str = "") -> Program:
    """A program with a token of this person; of all scopes of an agency where none is named."""
    return Program(token_of(cast, person, *(scopes or AGENCY), place=place)[1])
