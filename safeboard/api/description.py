"""The API as one thing: its endpoints, its problems, its description."""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import NinjaAPI

from . import problems
from .door import Endpoints
from .endpoints import ROUTERS

ABOUT = """\
What other programs may read and write, in the name of somebody who made a token for them, and never more than that
person may. Send the token in the header `Authorization: Bearer …`. There is no field for a file anywhere. Problems are
answered as `application/problem+json`, in plain words.
"""
PREFIX = "/api/v1"

v1 = NinjaAPI(
    title="Safeboard",
    version="1",
    description=ABOUT,
    urls_namespace="api-v1",
    docs_url=None,  # the package's own page of documentation loads scripts from elsewhere
    default_router=Endpoints(),
    openapi_url=None,  # served by a page of ours, which says who may open it
)
for _router in ROUTERS:
    v1.add_router("", _router)
problems.handle(v1)


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI description; made once in a process, as it takes a fifth of a second and never changes."""
    return dict(v1.get_openapi_schema(path_prefix=PREFIX))


def endpoints() -> list[Any]:
    """The addresses of the endpoints; the package's own page at their root, which answers nothing, is left out."""
    return [one for one in v1.urls[0] if one.name != "api-root"]
