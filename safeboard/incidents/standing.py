"""What every meeting of the board's subgroup looks at: serious incidents that reached the board (Toolkit s8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.core.standing import Line, standing_item

from .queries.looking_back import board_reviews

MOST = 15


@standing_item("serious-incidents", gettext_lazy("Serious incidents"), 10)
def serious_incidents(access: Access, since: date) -> Iterator[Line]:
    """By their number alone: those that came since the last meeting, and those that wait to be considered."""
    if not access.can("incidents.board_reviews"):
        return
    rows = board_reviews(access)
    new = rows.filter(received_at__date__gte=since).count()
    waiting = rows.filter(considered_on__isnull=True)
    if new:
        yield Line(_("New since the last meeting"), figure=str(new))
    for one in waiting.order_by("received_at")[:MOST]:
        words = _("%(number)s waits to be considered") % {"number": one.number}
        yield Line(words, reverse("incidents:board-review", args=[one.pk]))
