"""Which documents and versions there are, and who may know of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from safeboard.core.access import Access
from safeboard.library import queries as library
from safeboard.library.shapes.strategy import Strategy
from safeboard.partnership import queries as partnership
from safeboard.partnership.models import Agency

from ..choices import DocumentKind, DocumentState, PartKind
from ..models import Document, Part, Receipt, Version
from ..rules_documents import PARTS
from .figures import Figures, Key, figures_of, key_of, named, thawed

# The headings under which parts of a kind stand.
HEADINGS: dict[str, Any] = {
    PartKind.POSITION: _("Position statement"),
    PartKind.PURPOSE: _("Purpose"),
    PartKind.AUDIENCE: _("Who this is for"),
    PartKind.DRIVER: _("What drives it"),
    PartKind.PLAN: _("Links to other plans"),
    PartKind.PRIORITY: _("Priorities and objectives"),
    PartKind.OBJECTIVE: _("Objectives"),
    PartKind.CHAPTER: _("Guidance"),
    PartKind.MONITORING: _("How it is monitored"),
    PartKind.TERM: _("Words and meanings"),
    PartKind.PLAIN: _("In plain English"),
    PartKind.CHILDREN: _("For children"),
}


def documents_of(access: Access) -> QuerySet[Document]:
    """The acting board's documents; none in an agency's place, which meets versions alone."""
    return Document.objects.filter(board_id=access.board_id or 0)


def versions_of(access: Access) -> QuerySet[Version]:
    """The versions that the acting place may read: a board all of its own, an agency what was opened to it."""
    if access.board_id is not None:
        return Version.objects.filter(board_id=access.board_id)
    if access.agency_id is None:
        return Version.objects.none()
    return Version.objects.filter(board_id__in=partnership.boards_of(access.agency_id), opened_at__isnull=False)


def holding(board_id: int, kind: str) -> Version | None:
    """The version of a kind of document that is in force, or None."""
    found = Version.objects.filter(board_id=board_id, kind=kind, published_at__isnull=False, superseded_at=None)
    return found.order_by("-published_at").first()


def public_key(version: Version) -> UUID | None:
    """The key of the pages of a version that anybody may read, or None where there are none."""
    if not (version.holds and version.public):
        return None
    return Version.objects.filter(pk=version.pk).values_list("document__key", flat=True).get()


def parts_of(document: Document) -> list[Part]:
    """The parts that stand in it, in order."""
    found = document.parts.filter(taken_out_at=None).select_related("owner", "agency")
    return list(found.filter(Q(parent=None) | Q(parent__taken_out_at=None)).order_by("order", "pk"))


def taken_out(document: Document) -> list[Part]:
    """What was taken out and can be put back, newest first."""
    return list(document.parts.filter(taken_out_at__isnull=False).order_by("-taken_out_at"))


@dataclass
class Node:
    """A part as it is read, with what stands below it. ``number`` is that of priorities, objectives and actions.

    ``first`` is the action that has to be done before it.
    """

    key: str
    kind: str
    title: str = ""
    text: str = ""
    measure: str = ""
    who: str = ""
    due_on: date | None = None
    number: str = ""
    indicator: Figures | None = None
    below: list[Node] = field(default_factory=list)
    comments: list[Any] = field(default_factory=list)
    first: Node | None = None

    @property
    def paragraphs(self) -> list[str]:
        """Its text, paragraph by paragraph."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]

    @property
    def name(self) -> str:
        """What it is called in a sentence: number and title, or its first words."""
        words = self.title or (self.text if len(self.text) < 80 else f"{self.text[:77]}…")
        return f"{self.number} {words}".strip()

    def walk(self) -> Iterable[Node]:
        """It, and all below it, in order."""
        yield self
        for one in self.below:
            yield from one.walk()


@dataclass(frozen=True)
class Section:
    """The parts of one kind, under the heading of that kind."""

    kind: str
    heading: str
    nodes: Sequence[Node]


@dataclass(frozen=True)
class Whole:
    """A document as it is read, printed and compared."""

    title: str
    kind: str
    sections: Sequence[Section]
    starts_on: date | None = None
    review_on: date | None = None

    def nodes(self) -> list[Node]:
        """All parts, in order."""
        return [node for section in self.sections for top in section.nodes for node in top.walk()]

    def of(self, kind: str) -> list[Node]:
        """The parts of a kind."""
        return [node for node in self.nodes() if node.kind == kind]

    def body(self) -> list[Section]:
        """What is printed before the annexes: without glossary and the pages for others."""
        return [one for one in self.sections if one.kind not in (PartKind.TERM, PartKind.PLAIN, PartKind.CHILDREN)]


def body_of(document: Document, parts: Sequence[Part], figures: Mapping[Key, Figures] | None = None) -> dict[str, Any]:
    """A document and its parts as they are frozen: plain values alone, the figures of its indicators among them."""
    keys = {part.pk: str(part.key) for part in parts}
    found = figures or {}
    return {
        "title": document.title,
        "kind": document.kind,
        "starts_on": document.starts_on.isoformat() if document.starts_on else None,
        "review_on": document.review_on.isoformat() if document.review_on else None,
        "parts": [
            {
                "key": str(part.key),
                "kind": part.kind,
                "parent": keys.get(part.parent_id) if part.parent_id else None,
                "title": part.title,
                "text": part.text,
                "measure": part.measure,
                "indicator": (found.get(key_of(part)) or named(key_of(part))).frozen(key_of(part))
                if part.indicator
                else None,
                "who": who_of(part),
                "due_on": part.due_on.isoformat() if part.due_on else None,
                "after": keys.get(part.after_id) if part.after_id else None,
            }
            for part in parts
        ],
    }


def digest_of(body: dict[str, Any]) -> str:
    """SHA-256 (hex) over a frozen body with sorted keys."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(version: Version) -> bool:
    """Whether a version is what was kept: its body still has the digest that lies in the history too."""
    return digest_of(version.body) == version.sha256


def who_of(part: Part) -> str:
    """Who sees to an action, in words: the agency asked, the person, or the role."""
    if part.agency is not None:
        return part.agency.name
    if part.owner is not None:
        return part.owner.name
    return str(part.get_owner_role_display()) if part.owner_role else ""


def whole_of(body: dict[str, Any]) -> Whole:
    """A frozen body as it is read."""
    nodes: dict[str, Node] = {}
    top: list[Node] = []
    for row in body["parts"]:
        given = {name: row[name] for name in ("key", "kind", "title", "text", "measure", "who")}
        nodes[row["key"]] = Node(**given, due_on=_day(row["due_on"]), indicator=thawed(row.get("indicator")))
    for row in body["parts"]:
        nodes[row["key"]].first = nodes.get(row.get("after") or "")
        (nodes[row["parent"]].below if row["parent"] in nodes else top).append(nodes[row["key"]])
    kind = body["kind"]
    kinds = [*PARTS[kind]]
    if kind == DocumentKind.STRATEGY:
        kinds.insert(kinds.index(PartKind.PRIORITY) + 1, PartKind.OBJECTIVE)
    sections = [Section(one, HEADINGS[one], [node for node in top if node.kind == one]) for one in kinds]
    _number(top)
    filled = [section for section in sections if section.nodes]
    return Whole(body["title"], kind, filled, _day(body["starts_on"]), _day(body["review_on"]))


def _number(top: Sequence[Node]) -> None:
    """Priorities 1, 2; objectives 1.1, 1.2 (or 1, 2 without a priority); actions 1.1.1, or 1.a below a priority."""
    tops = [node for node in top if node.kind in (PartKind.PRIORITY, PartKind.OBJECTIVE, PartKind.CHAPTER)]
    for at, node in enumerate(tops, start=1):
        node.number = str(at)
        aims = [one for one in node.below if one.kind == PartKind.OBJECTIVE]
        for below, aim in enumerate(aims, start=1):
            aim.number = f"{at}.{below}"
            _number_actions(aim)
        _number_actions(node, letters=node.kind == PartKind.PRIORITY)


def _number_actions(node: Node, *, letters: bool = False) -> None:
    actions = [one for one in node.below if one.kind == PartKind.ACTION]
    for at, action in enumerate(actions):
        action.number = f"{node.number}.{chr(97 + at) if letters and at < 26 else at + 1}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def whole_now(document: Document, access: Access | None = None) -> Whole:
    """The document as it is being written; with an access, its indicators bear the figures that it may know."""
    parts = parts_of(document)
    figures = figures_of(access, document.board_id, map(key_of, parts)) if access else None
    return whole_of(body_of(document, parts, figures))


def templates_for(pack: str, kind: str) -> list[tuple[str, Strategy]]:
    """What a document of a kind can be begun from: the board's own pack first, then the others, each with its pack."""
    names = [pack, *(name for name in library.packs() if name != pack)]
    found = [(name, item) for name in names if name in library.packs() for item in library.items(name, "strategies")]
    return [(name, item) for name, item in found if isinstance(item, Strategy) and item.sort == kind]


def who_lacks(version: Version) -> tuple[list[Agency], list[Receipt]]:
    """The agencies of the board that have not confirmed a version, and the receipts of those that have."""
    receipts = list(Receipt.objects.filter(version=version).select_related("agency", "by"))
    seated = Agency.objects.filter(pk__in=partnership.agencies_in(version.board_id)).order_by("name")
    return list(seated.exclude(pk__in=[one.agency_id for one in receipts])), receipts


def listed(access: Access) -> list[Document]:
    """The board's documents for its list, with the number of comments that wait for an answer."""
    waiting = Count("versions__comments", filter=Q(versions__comments__answered_at=None))
    return list(documents_of(access).annotate(waiting=waiting).order_by("kind", "-made_at"))


def for_agency(access: Access) -> list[Version]:
    """What an agency is shown: what is open for comments, then what holds, then what held. Own receipts are marked."""
    found = list(versions_of(access).select_related("board").order_by("-opened_at"))
    mine = set(Receipt.objects.filter(agency_id=access.agency_id or 0).values_list("version_id", flat=True))
    for one in found:
        one.confirmed = one.pk in mine  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: (not one.holds, one.superseded_at is not None))


STATE_COLOURS = {
    DocumentState.DRAFT: "grey",
    DocumentState.CONSULTATION: "blue",
    DocumentState.REDRAFT: "grey",
    DocumentState.RATIFIED: "blue",
    DocumentState.PUBLISHED: "green",
    DocumentState.REVIEW: "yellow",
    DocumentState.SUPERSEDED: "grey",
}
