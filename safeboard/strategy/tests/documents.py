"""Documents made ready, and somebody at a browser: for the tests of this room and of others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from safeboard.core.access import Access
from safeboard.strategy.models import Document, Part, Version
from safeboard.strategy.operations.documents import add_part, begin_document
from safeboard.strategy.operations.documents_states import publish, ratify

PIES = {"pack": "england-2026", "template": "by-pies"}


def soon(days: int = 14) -> date:
    """A day to come."""
    return timezone.localdate() + timedelta(days=days)


def begun(by: Access, *, kind: str = "strategy", title: str = "Safe online in Eastmarch", **more: Any) -> Document:
    """A draft: empty, or from a template."""
    return begin_document(by=by, kind=kind, title=title, **more)


def small(by: Access, **more: Any) -> Document:
    """A draft with a position statement, a priority, an objective and an action."""
    document = begun(by, **more)
    part(by, document, "position", text="Children have a right to be safe online.")
    first = part(by, document, "priority", title="Education")
    aim = part(by, document, "objective", parent=first, title="Every child learns", measure="Children reached")
    part(
        by, document, "action", parent=aim, title="Map who teaches what", owner_role="esafety_officer", due_on=soon(90)
    )
    return document


def part(by: Access, document: Document, kind: str, *, parent: Part | None = None, **given: Any) -> Part:
    """A part at the end."""
    return add_part(by=by, document=document, kind=kind, parent=parent, given=given)


def published(by: Access, document: Document | None = None, *, public: bool = True) -> Version:
    """A document in force."""
    document = document or small(by)
    ratify(
        by=by, document=document, minute="Board, minute 4", ratified_on=timezone.localdate(), unconsulted_why="Pilot"
    )
    document.refresh_from_db()
    return publish(by=by, document=document, public=public)


class Reader:
    """Somebody at a browser, and what they may do behind the wall."""

    def __init__(self, cast: Any, name: str) -> None:
        self.cast, self.person = cast, getattr(cast, name)
        self.client = cast.client_for(self.person)

    def get(self, name: str, *args: Any, status: int = 200, **query: Any) -> str:
        answer = self.client.get(reverse(f"strategy:{name}", args=args), query)
        assert answer.status_code == status, (name, answer.status_code)
        return answer.content.decode()

    def post(self, name: str, *args: Any, status: int = 200, query: str = "", **data: Any) -> str:
        answer = self.client.post(reverse(f"strategy:{name}", args=args) + query, data, follow=True)
        assert answer.status_code == status, (name, answer.status_code)
        return answer.content.decode()

    def do(self, function: Any, *args: Any, **given: Any) -> Any:
        with self.cast.wall_of(self.person):
            return function(self.cast.access_for(self.person), *args, **given)


def day(name: str, value: Any) -> dict[str, Any]:
    """A date as three boxes."""
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def only(cast, model, **found: Any) -> Any:
    """The one row."""
    with cast.wall_of(cast.board_officer):
        return model.objects.get(**found)
