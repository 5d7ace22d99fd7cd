"""The door of the API: what ``core.page.page`` is for pages. No endpoint stands outside of it.

Every function of an ``Endpoints`` router bears ``@endpoint``; without the mark it is refused when the module is read.
A token in the Authorization header is the only way in: the cookie of a session opens nothing here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer

from safeboard.core import wall
from safeboard.core.access import Access
from safeboard.partnership import queries as partnership

from . import operations, queries
from .choices import A_MINUTE, Scope
from .limits import METER
from .problems import Problem, Refusal

MARK = "endpoint_mark"
REFUSALS = (401, 403, 404, 413, 415, 422, 429)
SIGN_IN = (
    "Send a token in the header ‘Authorization: Bearer …’. Tokens are made on the pages of the agency or the board; "
    "one that was revoked, is past its last day, or whose maker’s role has ended, is not in use any more."
)


class Unmarked(TypeError):
    """An endpoint that does not say who may reach it."""


@dataclass(frozen=True)
class EndpointMark:
    """What an endpoint declares: the scope that a token must have, and the permission that its maker must carry."""

    permission: str
    scope: Scope


def endpoint(
    permission: str, *, scope: Scope, query: type[Schema] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say which permission and which scope an endpoint needs; it is then run behind the wall of the token's place.

    ``query`` names what may stand after the '?': anything else is refused, so that no filter is lost by a slip.
    Records are its own look-up through the rooms' queries, with ``access_of(request)``: another agency's is 404.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            access: Access = request.auth  # type: ignore[attr-defined]
            _refuse_unknown(request, tuple(query.model_fields) if query else ())
            with wall.open_as(access, partnership.scopes):
                return view(request, *args, **kwargs)

        # with types in place of their names: what they are called in the endpoint's module is not known here
        behind.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        setattr(behind, MARK, EndpointMark(permission, scope))
        return behind

    return decorate


def _refuse_unknown(request: HttpRequest, known: tuple[str, ...]) -> None:
    """Raise Refusal (422) where something stands after the '?' that is not known here."""
    if set(request.GET) - set(known):
        taken = f"Known here: {', '.join(known)}." if known else "Nothing may stand there here."
        raise Refusal(422, f"Something after the ‘?’ of the address is not known here. Leave it out. {taken}")


class TokenAuth(HttpBearer):
    """A token in the Authorization header, with the scope that the endpoint asks for."""

    def __init__(self, mark: EndpointMark) -> None:
        super().__init__()
        self.mark = mark

    def __call__(self, request: HttpRequest) -> Access:
        """What the request acts as. Raises Refusal (401, 415, 429) and PermissionDenied, before anything is read."""
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, secret.strip() if kind.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Access:
        """The access of the token; its use is noted."""
        found = queries.find_token(token) if token else None
        access = queries.access_through(found) if found else None
        if found is None or access is None:
            raise Refusal(401, SIGN_IN, headers={"WWW-Authenticate": 'Bearer realm="Safeboard"'})
        wait = METER.wait(found.pk, self.mark.scope, A_MINUTE[self.mark.scope])
        if wait:
            detail = f"At most {A_MINUTE[self.mark.scope]:,} a minute. Nothing was kept; send the same again later."
            raise Refusal(429, detail, headers={"Retry-After": str(wait)})
        if self.mark.scope not in found.scopes or not access.can(self.mark.permission):
            raise PermissionDenied(self.mark.permission)
        if request.method == "POST" and request.content_type != "application/json":
            raise Refusal(415, "Send JSON, with the header ‘Content-Type: application/json’. Files are never taken.")
        operations.note_use(token=found)
        request.access = access  # type: ignore[attr-defined]
        return access


class Endpoints(Router):
    """A router whose functions all bear ``@endpoint``."""

    def add_api_operation(self, path: str, methods: list[str], view_func: Callable[..., Any], **options: Any) -> None:
        """Add an endpoint, with its token and its refusals. Raises Unmarked."""
        mark = getattr(view_func, MARK, None)
        if mark is None:
            raise Unmarked(f"{view_func.__name__}: mark it with @endpoint('room.permission', scope=Scope...)")
        options["auth"] = TokenAuth(mark)
        options["response"] = {**options["response"], frozenset(REFUSALS): Problem}
        super().add_api_operation(path, methods, view_func, **options)


def access_of(request: HttpRequest) -> Access:
    """What a request of the API acts as."""
    access: Access = request.auth  # type: ignore[attr-defined]
    return access
