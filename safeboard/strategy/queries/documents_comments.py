"""Comments on a version, as the board and as the agency that wrote them read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from safeboard.core.access import Access

from ..models import Comment, Document, Version
from .documents import Node, Whole


@dataclass(frozen=True)
class Said:
    """A comment beside the paragraph that it is about, as that stood when it was opened."""

    comment: Comment
    node: Node | None


def comments_of(access: Access) -> QuerySet[Comment]:
    """The comments that the acting place may read: a board those on its versions, an agency its own."""
    found = Comment.objects.select_related("agency", "by", "answered_by")
    if access.board_id is not None:
        return found.filter(version__board_id=access.board_id)
    return found.filter(agency_id=access.agency_id or 0)


def on_version(access: Access, version: Version) -> dict[str, list[Comment]]:
    """The comments on a version by the paragraph that they are about."""
    found: dict[str, list[Comment]] = {}
    for one in comments_of(access).filter(version=version):
        found.setdefault(str(one.part), []).append(one)
    return found


def said_about(document: Document, access: Access) -> list[Comment]:
    """All comments on a document: those that wait for an answer first, each version in turn."""
    found = comments_of(access).filter(version__document=document).select_related("version")
    return sorted(found, key=lambda one: (one.answered_at is not None, -one.version.number, one.at))


def beside(comments: Sequence[Comment], wholes: dict[int, Whole]) -> list[Said]:
    """Comments with their paragraphs; ``wholes``: versions as they are read, by their id."""
    nodes = {pk: {node.key: node for node in whole.nodes()} for pk, whole in wholes.items()}
    return [Said(one, nodes[one.version_id].get(str(one.part))) for one in comments]
