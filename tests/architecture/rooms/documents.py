"""The guards' tables of strategies and guidance as documents, which the strategy room keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from safeboard.accounts.models import Person
from safeboard.partnership.models import Board
from safeboard.strategy.models import Comment, Document, Event, Part, Receipt, Version
from tests.architecture.carriers import AGENCY, ANSWERING, BOARD, NOBODY, REPORTERS, RUNNERS, Expect, kinds
from tests.architecture.planting import World, word_of

KEEP = Expect(RUNNERS)
READ = Expect(AGENCY | BOARD, shared=True)

ROUTES: dict[str, Expect] = {
    "strategy:documents": Expect(AGENCY | BOARD),
    **{f"strategy:{page}": Expect(BOARD) for page in ("document", "changes", "comments", "receipts", "draft-file")},
    "strategy:plan-table": Expect(BOARD, post={"": RUNNERS}),
    **{f"strategy:{page}": KEEP for page in ("document-new", "about", "part-add", "part", "part-move", "part-out")},
    **{f"strategy:{page}": KEEP for page in ("part-back", "consult", "redraft", "ratify", "publish", "review", "keep")},
    **{f"strategy:{page}": KEEP for page in ("supersede", "answer", "event-new", "event", "event-delete")},
    "strategy:version": READ,
    "strategy:version-file": READ,
    "strategy:comment": Expect(REPORTERS | kinds("subgroup_member"), shared=True),
    "strategy:confirm": Expect(ANSWERING, shared=True),
    "strategy:chronology": Expect(BOARD),
    "strategy:chronology-file": Expect(BOARD),
}
GAPS = {
    "strategy:document": "document",
    "strategy:public:document": "document_public",
    "strategy:public-children:document": "document_public",
    "strategy:document-new:kind": "=strategy",
    "strategy:part-add:kind": "=position",
    "strategy:part": "part",
    "strategy:comment:part": "part",
    "strategy:version": "version",
    "strategy:answer:comment": "comment",
    "strategy:ending": "=docx",
    "strategy:event": "event",
}
SHOWN_TO_ANYBODY = frozenset({"strategy:public", "strategy:public-children"})
WORDS = {
    "docu": (NOBODY, BOARD),
    "dver": (AGENCY, BOARD),
    "cmnt": (AGENCY, BOARD),
}


def plant_board(world: World, letter: str, board: Board, runner: Person) -> dict[str, Any]:
    """A draft, a version of it open for comments, a comment and a receipt of an agency, a line of chronology."""
    word, now = word_of(letter, "docu"), timezone.now()
    document = world.make(Document, word, board=board, kind="strategy", made_by=runner, template="")
    part = world.make(Part, word, board=board, document=document, kind="position", changed_by=runner, owner_role="")
    opened = word_of(letter, "dver")
    frozen = {"key": str(part.key), "kind": "position", "parent": None, "title": "", "measure": "", "who": ""}
    body = {"title": f"{opened} title", "kind": "strategy", "starts_on": None, "review_on": None}
    body["parts"] = [{**frozen, "text": f"{opened} text", "due_on": None}]
    given = {"board": board, "document": document, "number": 1, "kind": "strategy", "body": body, "by": runner}
    days = {"opened_at": now, "closes_on": timezone.localdate() + timedelta(days=9)}
    version = world.make(Version, opened, **given, **days)
    inside, agency = {"e": ("a", world.cast.agency), "w": ("c", world.cast.far_agency)}[letter]
    said = {"board": board, "version": version, "part": part.key, "agency": agency, "taken": ""}
    comment = world.make(Comment, word_of(inside, "cmnt"), **said)
    Receipt.objects.create(agency=agency, version=version)
    event = world.make(Event, word, board=board, kind="other", on=timezone.localdate(), source_type="", source_url="")
    return {
        "document": document.key,
        "part": part.key,
        "version": version.key,
        "comment": comment.key,
        "event": event.key,
        "document_public": _public(board),
    }


def _public(board: Board) -> Any:
    """A document whose plain pages anybody may read; nobody's word stands in it."""
    document = Document.objects.create(board=board, kind="guidance", title="For all", state="published")
    frozen = {"title": "", "measure": "", "who": "", "parent": None, "due_on": None, "text": "We help you."}
    body = {"title": "For all", "kind": "guidance", "starts_on": None, "review_on": None}
    body["parts"] = [{**frozen, "key": str(uuid4()), "kind": kind} for kind in ("plain", "children")]
    Version.objects.create(
        board=board,
        document=document,
        number=1,
        kind="guidance",
        title="For all",
        body=body,
        opened_at=timezone.now(),
        published_at=timezone.now(),
        public=True,
    )
    return document.key
