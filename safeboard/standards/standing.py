"""What every meeting looks at of rounds: which are open, how many returns are overdue, to read, accepted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeboard.core.access import Access
from safeboard.core.standing import Line, standing_item

from .choices import RoundState
from .queries.rounds import rounds_of


@standing_item("rounds", gettext_lazy("Reviews and returns"), order=45)
def of_rounds(access: Access, since: date) -> Iterable[Line]:
    """A line for each round that is open, or was closed since the last meeting."""
    if not access.can("standards.see_rounds"):
        return
    rounds: list[Any] = rounds_of(access)  # each with its counts
    for round_ in rounds:
        closed_before = round_.closed_at is not None and round_.closed_at.date() < since
        if closed_before or round_.state == RoundState.DRAFT:
            continue
        counts = {"title": round_.title, "accepted": round_.accepted, "of": round_.count, "read": round_.to_read}
        said = _("%(title)s: %(accepted)s of %(of)s accepted, %(read)s to read") % counts
        if round_.is_late and round_.owed:
            said += _(", %(owed)s overdue") % {"owed": round_.owed}
        yield Line(said, reverse("standards:round", args=[round_.pk]), str(round_.owed))
