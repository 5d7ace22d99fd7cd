"""What messages of this room are about, by name: said on the page of messages, never in a message."""

from __future__ import annotations

from collections.abc import Collection

from safeboard.core.access import Access
from safeboard.outbox.queries import names_what

from .queries import visible_to


@names_what("strategy.action")
def actions(access: Access, ids: Collection[int]) -> dict[int, str]:
    """The titles of those of these actions that this person may know of."""
    return dict(visible_to(access).filter(pk__in=ids).values_list("pk", "title"))
