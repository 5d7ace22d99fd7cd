"""A board's picture: released figures, as they were suppressed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import Field

from safeboard.insight import operations, queries
from safeboard.insight.choices import TABLES
from safeboard.insight.models import Release
from safeboard.partnership import queries as partnership

from ..choices import Scope
from ..door import Endpoints, access_of, endpoint

PICTURE = Endpoints(tags=["Picture"])


class Figure(Schema):
    """A line of a table."""

    line: str = Field(description="Id of the line; several that share it are joined by '+'", examples=["contact"])
    count: int | str = Field(description="A number; or c: not shown, z: not applicable, ':': not available")


class Quarter(Schema):
    """A quarter that was released. It does not change any more."""

    year: int = Field(examples=[2026])
    quarter: int = Field(examples=[1])
    released_at: datetime
    withheld: bool = Field(description="Not shown at all: it could name a child or an agency")
    total: int | str = Field(examples=[48])
    kinds: list[Figure]
    classifications: list[Figure]
    agencies: list[Figure] = Field(description="By kind of agency")


class Picture(Schema):
    """What a board was given."""

    board: str = Field(examples=["Eastmarch Safeguarding Partnership"])
    quarters: list[Quarter]


@PICTURE.get("/picture", response={200: Picture}, summary="Read the board's released figures")
@endpoint("insight.picture", scope=Scope.PICTURE_READ)
def picture(request: HttpRequest) -> dict[str, Any]:
    """The quarters that were released, the oldest first. Small figures were taken out before they were released."""
    access = access_of(request)
    board = partnership.board_of(access)
    if board is None:
        raise Http404
    operations.downloaded(by=access, kind="api")
    return {"board": board.name, "quarters": [_quarter(one) for one in queries.released(board.pk).quarters]}


def _quarter(release: Release) -> dict[str, Any]:
    tables = {
        name: [{"line": line, "count": _shown(figure)} for line, figure in queries.lines(release, name).items()]
        for name in TABLES
    }
    return {
        "year": release.year,
        "quarter": release.quarter,
        "released_at": release.made_at,
        "withheld": bool(release.tables.get("withheld")),
        "total": _shown(queries.total(release)),
        **tables,
    }


def _shown(count: Any) -> int | str:
    """A figure as the page and its download show it."""
    return count.shown if count.value is None else count.value
