"""What anybody may read: nothing but the plain pages of a version that its board published for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safeboard.core import wall
from safeboard.partnership.models import Board

from ..choices import PartKind
from ..models import Version
from .documents import Whole, whole_of


@dataclass(frozen=True)
class Public:
    """A published document as the world sees it."""

    title: str
    board: Board
    whole: Whole
    on: date | None
    contents: tuple[str, ...]


def public_version(document: UUID) -> Public | None:
    """The version of a document that is in force and public, with its plain parts alone; None where there is none."""
    with wall.open_for(shared=Board.objects.values("pk")):
        found = (
            Version.objects.filter(document__key=document, public=True, published_at__isnull=False, superseded_at=None)
            .select_related("board")
            .first()
        )
    if found is None:
        return None
    body = {**found.body, "parts": [one for one in found.body["parts"] if one["kind"] in OPEN]}
    titles = tuple(one["title"] for one in found.body["parts"] if one["kind"] == PartKind.PRIORITY)
    return Public(found.title, found.board, whole_of(body), found.ratified_on, titles)


OPEN = (PartKind.PLAIN, PartKind.CHILDREN)
